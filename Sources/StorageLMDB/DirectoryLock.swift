internal import Glibc

/// The lock that keeps a second process out of a data directory; it ends with the process, however that ends.
struct DirectoryLock: ~Copyable {
    private let descriptor: Int32

    /// Takes the lock: alone, or shared with others that only read.
    init(path: String, isShared: Bool) throws(StoreError) {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .system(path: path, operation: "open", errno: errno) }
        guard flock(descriptor, (isShared ? LOCK_SH : LOCK_EX) | LOCK_NB) == 0 else {
            let owner = Self.owner(descriptor)
            close(descriptor)
            throw .inUse(path: path, pid: owner)
        }
        self.descriptor = descriptor
        let text = Array("\(getpid())\n".utf8)
        // Only a help for the message: a failure to write it is none of the lock.
        if ftruncate(descriptor, 0) == 0 {
            _ = text.withUnsafeBytes { pwrite(descriptor, $0.baseAddress, $0.count, 0) }
        }
    }

    deinit {
        // A process that is being started may hold a copy of the descriptor for a moment: closing ours would not do.
        flock(descriptor, LOCK_UN)
        close(descriptor)
    }

    /// Whether another process holds the lock at `path` for itself alone, or keeps this one from looking.
    static func isHeld(path: String) -> Bool {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return errno != ENOENT }
        defer { close(descriptor) }
        guard flock(descriptor, LOCK_SH | LOCK_NB) == 0 else { return true }
        flock(descriptor, LOCK_UN)
        return false
    }

    private static func owner(_ descriptor: Int32) -> Int32 {
        var digits = [UInt8](repeating: 0, count: 16)
        let count = digits.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, $0.count, 0) }
        guard count > 0 else { return 0 }
        let number = digits.prefix(count).prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        return Int32(String(decoding: number, as: UTF8.self)) ?? 0
    }
}
