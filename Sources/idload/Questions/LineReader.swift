internal import Console
internal import Glibc

/// The lines of a text file (`-`: standard input), one after the other.
final class LineReader {
    /// No line is longer; one that is, is an error.
    private static let lineByteCountMax = ReplayFile.lineByteCountMax

    private let path: String
    private let descriptor: Int32
    private var buffer: [UInt8] = []
    private var start = 0
    private var chunk = [UInt8](repeating: 0, count: 1 << 18)
    private var isAtEnd = false
    /// Of the line that was given last, from 1.
    private(set) var lineNumber = 0

    init(path: String) throws(LoadError) {
        self.path = path
        descriptor = path == "-" ? dup(0) : open(path, O_RDONLY | O_CLOEXEC)
        if descriptor < 0 { throw LoadError(.cannotRead(file: path, errorNumber: errno)) }
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    /// The next line without its end; nil: there is none.
    func next() throws(LoadError) -> ArraySlice<UInt8>? {
        while true {
            if let end = buffer[start...].firstIndex(of: UInt8(ascii: "\n")) {
                guard end - start <= Self.lineByteCountMax else { throw LoadError(.lineTooLong(path, lineNumber + 1)) }
                defer { start = end + 1 }
                lineNumber += 1
                return buffer[start..<end]
            }
            if isAtEnd {
                defer { start = buffer.count }
                lineNumber += 1
                return start < buffer.count ? buffer[start...] : nil
            }
            guard buffer.count - start <= Self.lineByteCountMax else {
                throw LoadError(.lineTooLong(path, lineNumber + 1))
            }
            try fill()
        }
    }

    private func fill() throws(LoadError) {
        buffer.removeFirst(start)
        start = 0
        let count = read(descriptor, &chunk, chunk.count)
        if count < 0 {
            let code = errno
            guard code == EINTR else { throw LoadError(.cannotRead(file: path, errorNumber: code)) }
        }
        if count == 0 { isAtEnd = true }
        if count > 0 { buffer.append(contentsOf: chunk[..<count]) }
    }
}
