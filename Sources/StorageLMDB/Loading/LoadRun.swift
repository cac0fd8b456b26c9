internal import Glibc
internal import ResolutionProtocol

/// Sorted rows in a file that has no name: it is gone with the process, however that ends.
final class LoadRun: @unchecked Sendable {
    // Sendable: written by one thread, then read by one thread.
    private static let writeByteCount = 1 << 20

    private let descriptor: Int32
    private let directory: String
    private var buffer = WireWriter(capacity: writeByteCount + 65_536)

    /// An empty run on the disk of `directory`.
    init(in directory: String) throws(StoreError) {
        let path = directory + "/load-\(getpid())-\(UInt32.random(in: .min ... .max)).run"
        descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .system(path: path, operation: "open", errno: errno) }
        self.directory = directory
        unlink(path)
    }

    deinit { close(descriptor) }

    /// Adds a row behind the last one.
    func append(_ row: LoadRow) throws(StoreError) {
        buffer.span(UnsafeRawBufferPointer(start: row.address, count: row.byteCount).bytes)
        if buffer.count >= Self.writeByteCount { try flush() }
    }

    /// Writes what is left; called once, before reading.
    func finish() throws(StoreError) {
        try flush()
        buffer.shrink(toCapacity: 16)
    }

    private func flush() throws(StoreError) {
        var written = 0
        while written < buffer.count {
            let count = write(descriptor, buffer.address(of: written), buffer.count - written)
            guard count > 0 else {
                if count < 0, errno == EINTR { continue }
                let number = errno
                if number == ENOSPC { throw .storageFull(path: directory) }
                throw .system(path: directory, operation: "write", errno: number)
            }
            written += count
        }
        buffer.removeAll()
    }

    fileprivate func read(at offset: Int, into target: UnsafeMutableRawBufferPointer) throws(StoreError) -> Int {
        let count = pread(descriptor, target.baseAddress, target.count, offset)
        guard count >= 0 else { throw .system(path: directory, operation: "read", errno: errno) }
        return count
    }
}

/// Reads the rows of a run in their order.
final class LoadRunReader {
    private let run: LoadRun
    private var buffer: UnsafeMutableRawBufferPointer
    private var (start, end, fileOffset) = (0, 0, 0)
    /// The row at hand; nil at the end.
    private(set) var current: LoadRow?

    init(_ run: LoadRun, bufferByteCount: Int) throws(StoreError) {
        self.run = run
        buffer = .allocate(byteCount: bufferByteCount, alignment: 16)
        try settle()
    }

    deinit { buffer.deallocate() }

    /// Goes on to the next row.
    func advance() throws(StoreError) {
        guard let current else { return }
        start += current.byteCount
        try settle()
    }

    /// Makes sure that the row at `start` lies in the buffer whole.
    private func settle() throws(StoreError) {
        current = nil
        guard try fill(LoadRow.headByteCount) else { return }
        guard let base = buffer.baseAddress else { return }
        let byteCount = LoadRow(address: base + start).byteCount
        guard try fill(byteCount), let base = buffer.baseAddress else { return }
        current = LoadRow(address: base + start)
    }

    /// Makes `wanted` bytes from `start` on available; false: the file ends before.
    private func fill(_ wanted: Int) throws(StoreError) -> Bool {
        guard end - start < wanted else { return true }
        guard let base = buffer.baseAddress else { return false }
        if wanted > buffer.count {
            let larger = UnsafeMutableRawBufferPointer.allocate(byteCount: wanted * 2, alignment: 16)
            larger.copyMemory(from: UnsafeRawBufferPointer(start: base + start, count: end - start))
            buffer.deallocate()
            buffer = larger
        } else {
            memmove(base, base + start, end - start)
        }
        (start, end) = (0, end - start)
        while end < wanted {
            let count = try run.read(at: fileOffset, into: UnsafeMutableRawBufferPointer(rebasing: buffer[end...]))
            guard count > 0 else { return false }
            (end, fileOffset) = (end + count, fileOffset + count)
        }
        return true
    }
}
