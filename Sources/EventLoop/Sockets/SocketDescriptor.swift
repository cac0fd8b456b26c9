import Glibc

/// An open descriptor that is closed when it is dropped, unless `take()` handed it on.
struct SocketDescriptor: ~Copyable {
    let number: Int32

    /// A new socket: non-blocking, and closed in programs that we start.
    init(family: Int32, type: Int32, place: @autoclosure () -> String) throws(EventLoopError) {
        let flags = Int32(SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
        let number = socket(family, type | flags, 0)
        try EventLoopError.checkErrno(number, .openSocket, place())
        self.number = number
    }

    /// A new Unix socket, not bound or connected yet; `path` is for the error alone.
    init(unixSocketFor path: String) throws(EventLoopError) {
        try self.init(family: AF_UNIX, type: Int32(SOCK_STREAM.rawValue), place: path)
    }

    /// A descriptor that somebody else opened and hands over.
    init(adopting number: Int32) {
        self.number = number
    }

    deinit {
        close(number)
    }

    /// Hands the descriptor to the caller, who closes it.
    consuming func take() -> Int32 {
        let number = self.number
        discard self
        return number
    }

    /// Sets an option that is a number.
    borrowing func set(_ level: Int32, _ option: Int32, to value: Int32, place: String) throws(EventLoopError) {
        var value = value
        let result = setsockopt(number, level, option, &value, socklen_t(MemoryLayout<Int32>.size))
        try EventLoopError.checkErrno(result, .setOption, place)
    }

    /// Reads an option that is a number; 0 where it cannot be read.
    borrowing func option(_ level: Int32, _ option: Int32) -> Int32 {
        var value: Int32 = 0
        var byteCount = socklen_t(MemoryLayout<Int32>.size)
        return getsockopt(number, level, option, &value, &byteCount) == 0 ? value : 0
    }

    /// Binds to an address; an address in use is told apart, with who holds it.
    borrowing func bind(to address: SocketAddress, kind: SocketKind) throws(EventLoopError) {
        let number = self.number
        let result = address.withSystemAddress { Glibc.bind(number, $0, $1) }
        guard result < 0 else { return }
        let code = errno
        if code == EADDRINUSE {
            throw .addressInUse(address: address, kind: kind, holder: PortHolder.find(address, kind: kind))
        }
        throw .system(errno: code, attempted: .bind, place: "\(kind) address \(address)")
    }
}
