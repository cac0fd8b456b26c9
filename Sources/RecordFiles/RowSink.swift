import Glibc

/// Where a writer's bytes go: a file, a descriptor, or memory.
package final class RowSink {
    private static let blockByteCount = 1 << 18

    private let descriptor: Int32?
    private let isOwned: Bool
    /// What has not been handed to the system yet; for a sink in memory, everything.
    package internal(set) var bytes: [UInt8] = []

    /// Creates or replaces the file at `path`, readable by its owner only (records may hold secrets); `-` is standard
    /// output.
    package init(path: String) throws(RecordFileError) {
        guard path != "-" else {
            descriptor = 1
            isOwned = false
            return
        }
        let opened = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard opened >= 0 else { throw .cannotOpen(path: path, errno: errno) }
        descriptor = opened
        isOwned = true
    }

    /// Writes to an open descriptor, which stays the caller's.
    package init(descriptor: Int32) {
        self.descriptor = descriptor
        isOwned = false
    }

    /// Keeps everything in `bytes`.
    package init() {
        descriptor = nil
        isOwned = false
    }

    deinit {
        if isOwned, let descriptor { close(descriptor) }
    }

    /// Adds `more`, and hands on what has gathered once there is a block of it.
    package func append(_ more: [UInt8]) throws(RecordFileError) {
        bytes += more
        try flushIfFull()
    }

    /// Hands on what has gathered, once there is a block of it.
    @inline(__always)
    func flushIfFull() throws(RecordFileError) {
        if bytes.count >= Self.blockByteCount { try flush() }
    }

    /// Hands on all that has gathered.
    package func flush() throws(RecordFileError) {
        guard let descriptor else { return }
        let code = bytes.withUnsafeBytes { Self.write($0, to: descriptor) }
        bytes.removeAll(keepingCapacity: true)
        guard code == 0 else { throw .writeFailed(errno: code) }
    }

    /// Hands on all that has gathered, and has the system put it on the disk; nothing more where there is no file.
    package func sync() throws(RecordFileError) {
        try flush()
        guard isOwned, let descriptor, fdatasync(descriptor) != 0 else { return }
        // What is no file on a disk, a pipe for example, has nothing to be put there.
        guard errno == EINVAL || errno == EROFS else { throw .writeFailed(errno: errno) }
    }

    /// 0, or the reason of the failure.
    private static func write(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Int32 {
        var position = 0
        while let base = bytes.baseAddress, position < bytes.count {
            let count = Glibc.write(descriptor, base + position, bytes.count - position)
            if count >= 0 {
                position += count
            } else if errno != EINTR {
                return errno
            }
        }
        return 0
    }
}
