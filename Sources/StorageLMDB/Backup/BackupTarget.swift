internal import Glibc

/// A backup on its way to its name: it has another until it is whole and on the disk. `-` is standard output.
public final class BackupTarget {
    /// Bytes after which what was written goes to the disk: a heap of unwritten pages would hold up the node's commits.
    private static let syncByteCount = 8 << 20

    /// The name it is to have.
    public let path: String
    private let unfinished: String
    private var descriptor: Int32
    private var unsyncedByteCount = 0
    private var isStandardOutput: Bool { path == "-" }

    /// Opens the unfinished file. Refuses where there is a file at `path`.
    public init(path: String) throws(BackupError) {
        self.path = path
        unfinished = path + ".unfinished"
        descriptor = path == "-" ? 1 : -1
        guard path != "-" else { return }
        guard access(path, F_OK) != 0 else { throw .alreadyExists(path: path) }
        descriptor = open(unfinished, O_WRONLY | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Self.failure(path, "open", errno) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            descriptor = -1
            throw .alreadyExists(path: unfinished)
        }
        // Emptied only now: another backup may be writing it. Secret keys are in it: nobody else may read it.
        guard fchmod(descriptor, 0o600) == 0, ftruncate(descriptor, 0) == 0 else {
            throw Self.failure(path, "ftruncate", errno)
        }
    }

    deinit { abandon() }

    func write(_ bytes: UnsafeRawBufferPointer) throws(BackupError) {
        var offset = 0
        while offset < bytes.count {
            let count = Glibc.write(descriptor, bytes.baseAddress.map { $0 + offset }, bytes.count - offset)
            if count > 0 {
                offset += count
            } else if count == 0 || errno != EINTR {
                throw Self.failure(path, "write", errno)
            }
        }
        unsyncedByteCount += bytes.count
        guard !isStandardOutput, unsyncedByteCount >= Self.syncByteCount else { return }
        unsyncedByteCount = 0
        guard fdatasync(descriptor) == 0 else { throw Self.failure(path, "fdatasync", errno) }
        // Nobody reads it soon; the node's pages are worth more.
        _ = posix_fadvise(descriptor, 0, 0, POSIX_FADV_DONTNEED)
    }

    /// Makes it durable and gives it its name.
    func finish() throws(BackupError) {
        guard !isStandardOutput, descriptor >= 0 else { return }
        guard fsync(descriptor) == 0 else { throw Self.failure(path, "fsync", errno) }
        guard access(path, F_OK) != 0 else { throw .alreadyExists(path: path) }
        guard rename(unfinished, path) == 0 else { throw Self.failure(path, "rename", errno) }
        close(descriptor)
        descriptor = -1
        try DirectorySync.run(DirectorySync.parent(of: path))
    }

    /// Removes what there is, unless it is finished.
    func abandon() {
        guard !isStandardOutput, descriptor >= 0 else { return }
        unlink(unfinished)
        close(descriptor)
        descriptor = -1
    }

    static func failure(_ path: String, _ operation: String, _ errno: Int32) -> BackupError {
        errno == ENOSPC || errno == EDQUOT
            ? .noRoom(path: path) : .system(path: path, operation: operation, errno: errno)
    }
}

/// Makes names in a directory durable.
enum DirectorySync {
    static func run(_ directory: String) throws(BackupError) {
        let descriptor = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .system(path: directory, operation: "open", errno: errno) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw .system(path: directory, operation: "fsync", errno: errno) }
    }

    static func parent(of path: String) -> String {
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }
}
