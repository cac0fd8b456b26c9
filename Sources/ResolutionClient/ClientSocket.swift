package import EventLoop
internal import Glibc

/// A connected socket that waits with a deadline; closed when dropped.
///
/// A datagram socket is connected too: the kernel then drops what others send, and tells when nobody listens.
package struct ClientSocket: ~Copyable {
    /// What a wait ended with.
    package enum Readiness {
        /// Something came, or may be written.
        case ready(readable: Bool, writable: Bool)
        /// The deadline is past.
        case timedOut
    }

    /// Stays the socket's.
    package let descriptor: Int32
    /// What it is.
    package let carrier: AskError.Carrier

    /// A UDP socket whose peer is `address`, or a TCP connection that is being made to it; from `source`, where given.
    package static func connecting(
        _ kind: SocketKind,
        to address: SocketAddress,
        from source: SocketAddress? = nil
    ) throws(AskFailure) -> ClientSocket {
        let type = kind == .udp ? SOCK_DGRAM : SOCK_STREAM
        let socket = try ClientSocket(
            family: address.isIPv6 ? AF_INET6 : AF_INET,
            type: type,
            carrier: kind == .udp ? .udp : .tcp
        )
        if kind == .tcp { socket.setOption(Int32(IPPROTO_TCP), TCP_NODELAY, 1) }
        if let source { try socket.bind(to: source) }
        let descriptor = socket.descriptor
        let result = address.withSystemBytes { connect(descriptor, $0, $1) }
        try check(result)
        return socket
    }

    private borrowing func bind(to source: SocketAddress) throws(AskFailure) {
        // The port is chosen with the peer in view: one that leads to other peers is free for this one.
        setOption(Int32(IPPROTO_IP), IP_BIND_ADDRESS_NO_PORT, 1)
        let descriptor = descriptor
        let result = source.withSystemBytes { Glibc.bind(descriptor, $0, $1) }
        if result < 0 { throw AskFailure(errno: errno) }
    }

    /// A connection to the Unix socket at `path`.
    package static func connecting(path: String) throws(AskFailure) -> ClientSocket {
        let socket = try ClientSocket(family: AF_UNIX, type: SOCK_STREAM, carrier: .unix)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        // One byte of the room is the closing NUL's.
        guard path.utf8.count < MemoryLayout.size(ofValue: address.sun_path), !path.utf8.contains(0) else {
            throw .system(errno: ENAMETOOLONG)
        }
        withUnsafeMutableBytes(of: &address.sun_path) { room in
            for (index, byte) in path.utf8.enumerated() { room[index] = byte }
        }
        let descriptor = socket.descriptor
        let result = withUnsafePointer(to: &address) { address in
            connect(
                descriptor,
                UnsafeRawPointer(address).assumingMemoryBound(to: sockaddr.self),
                socklen_t(MemoryLayout<sockaddr_un>.size)
            )
        }
        try check(result)
        return socket
    }

    private init(family: Int32, type: __socket_type, carrier: AskError.Carrier) throws(AskFailure) {
        let flags = SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue
        descriptor = socket(family, Int32(type.rawValue | flags), 0)
        self.carrier = carrier
        if descriptor < 0 { throw AskFailure(errno: errno) }
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    /// What became of a connection that was being made: 0 or an errno. Once the socket is writable.
    package var connectionError: Int32 {
        var code: Int32 = 0
        var byteCount = socklen_t(MemoryLayout<Int32>.size)
        return getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &code, &byteCount) == 0 ? code : errno
    }

    /// Waits until the socket is readable (or writable, where wanted), or `deadline` of the monotonic clock is past.
    package func wait(forWriting: Bool = false, forReading: Bool = true, until deadline: UInt64) throws(AskFailure)
        -> Readiness
    {
        var entry = pollfd()
        entry.fd = descriptor
        entry.events = Int16((forReading ? POLLIN : 0) | (forWriting ? POLLOUT : 0))
        while true {
            let now = SystemClock.monotonicNanoseconds()
            let left = deadline > now ? (deadline - now + 999_999) / 1_000_000 : 0
            let result = poll(&entry, 1, Int32(clamping: left))
            if result > 0 {
                let ended = Int32(entry.revents) & (POLLERR | POLLHUP) != 0
                let isReadable = ended || Int32(entry.revents) & POLLIN != 0
                return .ready(readable: isReadable, writable: Int32(entry.revents) & POLLOUT != 0)
            }
            if result == 0 { return .timedOut }
            if errno != EINTR { throw AskFailure(errno: errno) }
        }
    }

    /// Receives what is there into `buffer` and returns how many bytes; nil: nothing is there; 0: the stream's end.
    package func receive(into buffer: inout [UInt8]) throws(AskFailure) -> Int? {
        while true {
            let count = recv(descriptor, &buffer, buffer.count, 0)
            if count >= 0 { return count }
            let code = errno
            if code == EAGAIN { return nil }
            if code != EINTR { throw AskFailure(errno: code) }
        }
    }

    /// Sends what the socket takes of `bytes` and returns how many that were.
    package func send(_ bytes: ArraySlice<UInt8>) throws(AskFailure) -> Int {
        while true {
            let count = bytes.withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            if count >= 0 { return count }
            let code = errno
            if code == EAGAIN || code == ENOBUFS { return 0 }
            if code != EINTR { throw AskFailure(errno: code) }
        }
    }

    /// Sets an option that is a number; a system that refuses it leaves it as it is.
    package func setOption(_ level: Int32, _ option: Int32, _ value: Int32) {
        var value = value
        setsockopt(descriptor, level, option, &value, socklen_t(MemoryLayout<Int32>.size))
    }

    /// Has closing the socket break the connection off, whatever is under way (TCP RST).
    package func resetWhenClosed() {
        var abrupt = linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &abrupt, socklen_t(MemoryLayout<linger>.size))
    }

    private static func check(_ result: Int32) throws(AskFailure) {
        guard result < 0 else { return }
        let code = errno
        // EAGAIN: a Unix listener's queue is full.
        if code != EINPROGRESS { throw AskFailure(errno: code) }
    }
}
