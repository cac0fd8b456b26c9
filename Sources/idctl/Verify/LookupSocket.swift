internal import Console
internal import EventLoop
internal import Glibc

/// A connected, blocking socket.
struct LookupSocket: ~Copyable {
    private let descriptor: Int32

    /// Connects to `address`: `SOCK_STREAM` or `SOCK_DGRAM`. A call that moves nothing for `seconds` fails.
    static func connected(
        _ type: __socket_type,
        to address: SocketAddress,
        timeoutSeconds seconds: Int
    ) throws(LookupFailure) -> LookupSocket {
        let socket = LookupSocket(descriptor: socket(family(of: address), Int32(type.rawValue | flags), 0))
        guard socket.descriptor >= 0 else { throw .system(errno: errno) }
        var time = timeval(tv_sec: seconds, tv_usec: 0)
        socket.setOption(SO_RCVTIMEO, &time)
        socket.setOption(SO_SNDTIMEO, &time)
        // Room for a batch of answers; the system gives what it allows.
        var room: Int32 = 4 << 20
        socket.setOption(SO_RCVBUF, &room)
        guard connect(socket.descriptor, to: address) == 0 else {
            let code = errno
            throw .system(errno: code == EINPROGRESS ? ETIMEDOUT : code)
        }
        return socket
    }

    private init(descriptor: Int32) { self.descriptor = descriptor }

    private static let flags = SOCK_CLOEXEC.rawValue

    private static func family(of address: SocketAddress) -> Int32 { address.isIPv6 ? AF_INET6 : AF_INET }

    private func setOption<Value: BitwiseCopyable>(_ option: Int32, _ value: inout Value) {
        setsockopt(descriptor, SOL_SOCKET, option, &value, socklen_t(MemoryLayout<Value>.size))
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    /// Waits for something to read; false: nothing came in so many milliseconds.
    func waitForInput(milliseconds: Int) throws(LookupFailure) -> Bool {
        var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        let count = poll(&entry, 1, Int32(clamping: milliseconds))
        if count < 0, errno != EINTR { throw .system(errno: errno) }
        if Interruption.isRequested { throw .interrupted }
        return count > 0
    }

    /// Receives at least one byte and says how many; 0: the other side has ended the connection.
    func receive(into buffer: UnsafeMutableRawBufferPointer) throws(LookupFailure) -> Int {
        while true {
            let count = recv(descriptor, buffer.baseAddress, buffer.count, 0)
            if count >= 0 { return count }
            if Interruption.isRequested { throw .interrupted }
            if errno == EAGAIN { throw .system(errno: ETIMEDOUT) }
            if errno != EINTR { throw .system(errno: errno) }
        }
    }

    /// Sends all bytes.
    func send(_ bytes: UnsafeRawBufferPointer) throws(LookupFailure) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let part = UnsafeRawBufferPointer(rebasing: rest)
            let count = Glibc.send(descriptor, part.baseAddress, part.count, Int32(MSG_NOSIGNAL))
            if count >= 0 {
                rest = rest.dropFirst(count)
                continue
            }
            if Interruption.isRequested { throw .interrupted }
            if errno == EAGAIN { throw .system(errno: ETIMEDOUT) }
            // A full queue of datagrams: they count as lost, and are sent again.
            if errno == ENOBUFS { return }
            if errno != EINTR { throw .system(errno: errno) }
        }
    }

    private static func connect(_ descriptor: Int32, to address: SocketAddress) -> Int32 {
        if address.isIPv6 {
            var system = sockaddr_in6()
            system.sin6_family = sa_family_t(AF_INET6)
            system.sin6_port = address.port.bigEndian
            system.sin6_scope_id = address.scope
            withUnsafeMutableBytes(of: &system.sin6_addr) { $0.copyBytes(from: address.bytes) }
            return withUnsafeBytes(of: &system) { connect(descriptor, $0) }
        }
        var system = sockaddr_in()
        system.sin_family = sa_family_t(AF_INET)
        system.sin_port = address.port.bigEndian
        system.sin_addr.s_addr = UInt32(truncatingIfNeeded: address.low).bigEndian
        return withUnsafeBytes(of: &system) { connect(descriptor, $0) }
    }

    private static func connect(_ descriptor: Int32, _ system: UnsafeRawBufferPointer) -> Int32 {
        guard let base = system.baseAddress else { return -1 }
        return Glibc.connect(descriptor, base.assumingMemoryBound(to: sockaddr.self), socklen_t(system.count))
    }
}
