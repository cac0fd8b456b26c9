package import EventLoop
internal import Glibc
package import Synchronization

/// A server on loopback that does what a test tells it: UDP and TCP on one free port, one thread each.
package final class FakeServer: Sendable {
    /// Where it is asked.
    package let address: SocketAddress
    /// Datagrams and messages that came, in order.
    package let received = Mutex<[[UInt8]]>([])
    private let udp: Int32
    private let tcp: Int32
    private let isRunning = Mutex(true)
    private let threads = Mutex<[NamedThread]>([])

    /// `datagram` gets each datagram and its number from 0, and says what to send back. `connection` gets each
    /// connection, which is closed when it returns. Where one of them is nil nobody listens.
    package init(
        datagram: (@Sendable ([UInt8], Int) -> [[UInt8]])? = nil,
        connection: (@Sendable (FakeConnection) -> Void)? = nil
    ) throws {
        var pair: (udp: Int32, tcp: Int32, port: UInt16)?
        // A port that is free for one may be taken for the other.
        for _ in 0..<50 where pair == nil { pair = Self.bindPair() }
        guard let pair else { throw EventLoopError.invalidAddress(text: "no free port") }
        (udp, tcp) = (pair.udp, pair.tcp)
        address = SocketAddress(ipv4: 0x7F00_0001, port: pair.port)
        if let datagram {
            let thread = try NamedThread(name: "fake-udp") { [self] in serveDatagrams(datagram) }
            threads.withLock { $0.append(thread) }
        } else {
            close(udp)
        }
        if let connection {
            listen(tcp, 16)
            let thread = try NamedThread(name: "fake-tcp") { [self] in serveConnections(connection) }
            threads.withLock { $0.append(thread) }
        } else {
            close(tcp)
        }
    }

    /// Ends both threads.
    package func stop() {
        isRunning.withLock { $0 = false }
        for thread in threads.withLock({ $0 }) { thread.join() }
    }

    private func serveDatagrams(_ handle: @Sendable ([UInt8], Int) -> [[UInt8]]) {
        var count = 0
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while isRunning.withLock({ $0 }) {
            var peer = sockaddr_storage()
            var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
            withUnsafeMutablePointer(to: &peer) { peer in
                let peer = UnsafeMutableRawPointer(peer).assumingMemoryBound(to: sockaddr.self)
                let byteCount = recvfrom(udp, &buffer, buffer.count, 0, peer, &length)
                guard byteCount >= 0 else { return }
                let datagram = Array(buffer[..<byteCount])
                received.withLock { $0.append(datagram) }
                for answer in handle(datagram, count) { sendto(udp, answer, answer.count, 0, peer, length) }
                count += 1
            }
        }
        close(udp)
    }

    private func serveConnections(_ handle: @Sendable (FakeConnection) -> Void) {
        while isRunning.withLock({ $0 }) {
            let number = accept(tcp, nil, nil)
            guard number >= 0 else { continue }
            _ = fcntl(number, F_SETFD, FD_CLOEXEC)
            // The listener's own limit is inherited.
            var limit = timeval(tv_sec: 10, tv_usec: 0)
            setsockopt(number, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
            // Nagle's rule and delayed acknowledgements would hold each answer back for 40 ms.
            var isOn: Int32 = 1
            setsockopt(number, Int32(IPPROTO_TCP), TCP_NODELAY, &isOn, socklen_t(MemoryLayout<Int32>.size))
            handle(FakeConnection(descriptor: number, server: self))
            close(number)
        }
        close(tcp)
    }

    private static func bindPair() -> (udp: Int32, tcp: Int32, port: UInt16)? {
        // Processes that other tests start must not have them: the end of a connection would not be one.
        let udp = socket(AF_INET, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        let tcp = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        for number in [udp, tcp] {
            // So that the threads look now and then whether they are to end.
            var limit = timeval(tv_sec: 0, tv_usec: 50_000)
            setsockopt(number, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        }
        guard let port = bind(tcp, port: 0), bind(udp, port: port) != nil else {
            close(udp)
            close(tcp)
            return nil
        }
        return (udp, tcp, port)
    }

    private static func bind(_ number: Int32, port: UInt16) -> UInt16? {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return withUnsafeMutablePointer(to: &address) { address in
            var length = socklen_t(MemoryLayout<sockaddr_in>.size)
            let general = UnsafeMutableRawPointer(address).assumingMemoryBound(to: sockaddr.self)
            guard Glibc.bind(number, general, length) == 0, getsockname(number, general, &length) == 0 else {
                return nil
            }
            return UInt16(bigEndian: address.pointee.sin_port)
        }
    }
}
