import Glibc

/// Standard output or standard error, written through a buffer with write(2): short writes, signals and pipes are dealt
/// with.
///
/// Call `flush()` before the end: only it can tell that the last bytes did not arrive.
package struct StandardOutput: ~Copyable {
    /// Which of the two.
    package enum Stream: Int32, Sendable {
        /// Results.
        case output = 1
        /// Progress, warnings, errors.
        case error = 2
    }

    /// Writes a part of the bytes and says how many, or minus errno.
    typealias Write = (UnsafeRawBufferPointer) -> Int

    private let write: Write
    private let wait: () -> Void
    private let byteCountMax: Int
    private var buffer: [UInt8] = []
    private var failure: OutputError?

    /// A stream of this process; `capacity` bytes are gathered before they are written.
    package init(_ stream: Stream, capacity: Int = 65_536) {
        self.init(descriptor: stream.rawValue, capacity: capacity)
    }

    init(descriptor: Int32, capacity: Int) {
        self.init(
            capacity: capacity,
            write: { Self.writeOnce($0, to: descriptor) },
            wait: {
                // Somebody made our descriptor non-blocking (it may be shared with another program): wait until it
                // takes more.
                var ready = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                poll(&ready, 1, -1)
            }
        )
    }

    init(capacity: Int, write: @escaping Write, wait: @escaping () -> Void) {
        self.write = write
        self.wait = wait
        byteCountMax = max(capacity, 1)
    }

    static func writeOnce(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Int {
        let count = Glibc.write(descriptor, bytes.baseAddress, bytes.count)
        return count >= 0 ? count : -Int(errno)
    }

    /// Makes a closed pipe an error of the write in place of the end of the process. For a program's first lines.
    package static func ignoreClosedPipes() {
        signal(SIGPIPE, SIG_IGN)
    }

    /// Takes bytes; they leave when the buffer is full.
    package mutating func write(_ bytes: [UInt8]) throws(OutputError) {
        if let failure { throw failure }
        buffer += bytes
        if buffer.count >= byteCountMax { try flush() }
    }

    /// Takes text as UTF-8. Text from a record must have been made safe if the stream is a terminal.
    package mutating func write(_ text: String) throws(OutputError) {
        try write(Array(text.utf8))
    }

    /// Takes a line and ends it.
    package mutating func writeLine(_ text: String) throws(OutputError) {
        try write(text + "\n")
    }

    /// Writes all that was taken. After an error the rest is dropped, and every later call throws the same.
    package mutating func flush() throws(OutputError) {
        if let failure { throw failure }
        let failure = Self.writeAll(buffer, write: write, wait: wait)
        buffer.removeAll(keepingCapacity: true)
        guard let failure else { return }
        self.failure = failure
        throw failure
    }

    static func writeAll(_ bytes: [UInt8], write: Write, wait: () -> Void) -> OutputError? {
        bytes.withUnsafeBytes { bytes in
            var rest = bytes[...]
            while !rest.isEmpty {
                let count = write(UnsafeRawBufferPointer(rebasing: rest))
                switch count {
                case 1...: rest = rest.dropFirst(count)
                case 0, -Int(EAGAIN): wait()
                case -Int(EINTR): continue
                case -Int(EPIPE): return .readerGone
                default: return .failed(errorNumber: Int32(truncatingIfNeeded: -count))
                }
            }
            return nil
        }
    }
}
