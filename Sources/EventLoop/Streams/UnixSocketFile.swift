import Glibc

/// The file of a listening Unix socket: made so that only its owner may use it, and removed with the listener.
struct UnixSocketFile {
    /// What fits into a sockaddr_un beside its closing NUL.
    static let pathByteCountMax = 107

    let path: String
    /// Which file it is, so that another's at the same path is not removed.
    private let device: UInt64
    private let inode: UInt64

    /// Binds a Unix socket at `path`, mode 0600.
    ///
    /// A socket file left behind by a process that ended is removed; one that somebody answers on is an error, and so
    /// is any other kind of file.
    static func bind(_ socket: borrowing SocketDescriptor, at path: String) throws(EventLoopError) -> UnixSocketFile {
        guard path.utf8.count <= pathByteCountMax else {
            throw .pathTooLong(path: path, byteCountMax: pathByteCountMax)
        }
        try removeStale(path)
        let number = socket.number
        try EventLoopError.checkErrno(withAddress(path) { Glibc.bind(number, $0, $1) }, .bind, path)
        // Nobody can connect before listen(), so there is no moment at which others could.
        try EventLoopError.checkErrno(chmod(path, 0o600), .setOption, path)
        let status = status(of: path)
        return UnixSocketFile(path: path, device: UInt64(status.st_dev), inode: UInt64(status.st_ino))
    }

    /// Removes the file if it is still the one that was made.
    func remove() {
        let status = Self.status(of: path)
        if UInt64(status.st_dev) == device && UInt64(status.st_ino) == inode { unlink(path) }
    }

    private static func removeStale(_ path: String) throws(EventLoopError) {
        var status = stat()
        guard lstat(path, &status) == 0 else { return }
        guard status.st_mode & S_IFMT == S_IFSOCK else { throw .notASocket(path: path) }
        let socket = try SocketDescriptor(unixSocketFor: path)
        let number = socket.number
        let result = withAddress(path) { Glibc.connect(number, $0, $1) }
        // Only a refusal proves that nobody listens: a full queue, for one, means somebody does.
        guard result < 0, errno == ECONNREFUSED else { throw .pipeInUse(path: path) }
        try EventLoopError.checkErrno(unlink(path), .removeStaleSocket, path)
    }

    private static func status(of path: String) -> stat {
        var status = stat()
        lstat(path, &status)
        return status
    }

    private static func withAddress(_ path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32) -> Int32 {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { room in
            for (index, byte) in path.utf8.prefix(pathByteCountMax).enumerated() { room[index] = byte }
        }
        return withUnsafePointer(to: &address) { address in
            body(
                UnsafeRawPointer(address).assumingMemoryBound(to: sockaddr.self),
                socklen_t(MemoryLayout<sockaddr_un>.size)
            )
        }
    }
}
