import Glibc

/// The bytes of an input, seen through one window that slides over it.
///
/// The window grows only when a reader asks for more of an unfinished record, and readers stop asking at
/// `RecordLimits.recordByteCountMax`, so memory stays bounded whatever the input is.
package final class RowSource {
    private enum Input {
        case descriptor(Int32, isOwned: Bool)
        case bytes([UInt8], position: Int)
        case producer(any RowProducer)
    }

    /// The encoding is guessed from at least this much, or the whole input.
    private static let examinedByteCountMin = 4_096

    private var input: Input
    private let blockByteCount: Int
    private var memory: UnsafeMutableRawPointer
    private var capacity: Int
    private var start = 0
    private var end = 0
    /// Whether the input's end lies in the window.
    private(set) var isAtEnd = false
    /// Where the window begins in the input, in bytes; what came before is done with.
    package private(set) var byteOffset = 0
    /// Size of the input where it is a regular file, for progress.
    package let byteCount: Int?

    /// Opens a file, or standard input for `-`.
    package convenience init(path: String) throws(RecordFileError) {
        if path == "-" {
            try self.init(descriptor: 0)
            return
        }
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .cannotOpen(path: path, errno: errno) }
        try self.init(input: .descriptor(descriptor, isOwned: true), blockByteCount: 1 << 18)
    }

    /// Reads text in `encoding` from an open descriptor, which stays the caller's.
    package convenience init(descriptor: Int32, encoding: TextEncoding) throws(RecordFileError) {
        switch encoding {
        case .utf8: try self.init(descriptor: descriptor)
        case .gb18030: try self.init(producer: GB18030Text(descriptor: descriptor, isOwned: false))
        }
    }

    /// Reads text in `encoding` from a file, or standard input for `-`.
    package convenience init(path: String, encoding: TextEncoding) throws(RecordFileError) {
        if encoding == .utf8 {
            try self.init(path: path)
        } else {
            let isStream = path == "-"
            let descriptor = isStream ? 0 : open(path, O_RDONLY | O_CLOEXEC)
            guard descriptor >= 0 else { throw .cannotOpen(path: path, errno: errno) }
            try self.init(producer: GB18030Text(descriptor: descriptor, isOwned: !isStream))
        }
    }

    /// Reads an open descriptor, which stays the caller's.
    package convenience init(descriptor: Int32) throws(RecordFileError) {
        try self.init(input: .descriptor(descriptor, isOwned: false), blockByteCount: 1 << 18)
    }

    /// Reads bytes in memory, at most `blockByteCount` at a time.
    package convenience init(bytes: [UInt8], blockByteCount: Int = 1 << 18) throws(RecordFileError) {
        try self.init(input: .bytes(bytes, position: 0), blockByteCount: max(blockByteCount, 1))
    }

    /// Reads what `producer` makes as it is asked.
    convenience init(producer: any RowProducer) throws(RecordFileError) {
        try self.init(input: .producer(producer), blockByteCount: 1 << 18)
    }

    private init(input: Input, blockByteCount: Int) throws(RecordFileError) {
        self.input = input
        self.blockByteCount = blockByteCount
        capacity = max(blockByteCount, 4_096)
        memory = .allocate(byteCount: capacity, alignment: 16)
        byteCount = Self.regularFileByteCount(input)
        try examineBeginning()
    }

    deinit {
        memory.deallocate()
        if case .descriptor(let descriptor, isOwned: true) = input { close(descriptor) }
    }

    /// What has been read and not been consumed; valid until the next `fill` or `consume`.
    @inline(__always)
    var window: UnsafeBufferPointer<UInt8> {
        let count = end - start
        return UnsafeBufferPointer(start: (memory + start).bindMemory(to: UInt8.self, capacity: count), count: count)
    }

    /// Gives up the first `count` bytes of the window.
    @inline(__always)
    func consume(_ count: Int) {
        // A reader consumes what it has scanned in the window; more would be our own bug.
        precondition(count >= 0 && count <= end - start)
        start += count
        byteOffset += count
    }

    /// Reads until the window holds twice as much as before, or the input ends; false if nothing came.
    ///
    /// Doubling keeps the rescanning of an unfinished record linear, however small the pieces in which it comes.
    func fill() throws(RecordFileError) -> Bool {
        let before = end - start
        makeRoom(for: max(before * 2, blockByteCount))
        while !isAtEnd, end - start < max(before * 2, 1) {
            let count = try read()
            if count == 0 { isAtEnd = true }
            end += count
        }
        return end - start > before
    }

    private func makeRoom(for byteCount: Int) {
        let count = end - start
        if byteCount > capacity {
            let larger = UnsafeMutableRawPointer.allocate(byteCount: byteCount, alignment: 16)
            larger.copyMemory(from: memory + start, byteCount: count)
            memory.deallocate()
            memory = larger
            capacity = byteCount
        } else if start > 0 {
            memmove(memory, memory + start, count)
        }
        start = 0
        end = count
    }

    private func read() throws(RecordFileError) -> Int {
        let room = min(capacity - end, blockByteCount)
        switch input {
        case .descriptor(let descriptor, _):
            while true {
                let count = Glibc.read(descriptor, memory + end, room)
                if count >= 0 { return count }
                guard errno == EINTR else { throw .readFailed(byteOffset: byteOffset + end - start, errno: errno) }
            }
        case .producer(let producer):
            return try producer.produce(into: UnsafeMutableRawBufferPointer(start: memory + end, count: room))
        case .bytes(let bytes, let position):
            let count = min(room, bytes.count - position)
            bytes.withUnsafeBytes { all in
                (memory + end).copyMemory(from: UnsafeRawBufferPointer(rebasing: all[position..<position + count]))
            }
            input = .bytes(bytes, position: position + count)
            return count
        }
    }

    /// Skips a byte order mark and refuses what is plainly another encoding.
    private func examineBeginning() throws(RecordFileError) {
        while window.count < Self.examinedByteCountMin, try fill() {}
        switch EncodingGuess.of(window) {
        case .gb18030: throw .suspectedGB18030
        case .utf16: throw .utf16
        case .utf8: break
        }
        if window.count >= 3, window[0] == 0xEF, window[1] == 0xBB, window[2] == 0xBF { consume(3) }
    }

    private static func regularFileByteCount(_ input: Input) -> Int? {
        switch input {
        case .bytes(let bytes, _): return bytes.count
        case .producer: return nil
        case .descriptor(let descriptor, _):
            var status = stat()
            guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
            return Int(status.st_size)
        }
    }
}

extension UnsafeMutableRawPointer {
    fileprivate func copyMemory(from bytes: UnsafeRawBufferPointer) {
        guard let base = bytes.baseAddress else { return }
        copyMemory(from: base, byteCount: bytes.count)
    }
}
