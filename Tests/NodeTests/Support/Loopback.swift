import EventLoop
import Glibc
import TransportSuite

/// The machine's own addresses.
enum Loopback {
    static let ipv4 = SocketAddress(ipv4: 0x7F00_0001, port: 0)
    static let ipv6 = SocketAddress(ipv6High: 0, low: 1, port: 0)

    /// Whether `::1` can be bound here.
    static let hasIPv6: Bool = {
        let socket = ClientSocket(isTCP: true, isIPv6: true)
        socket.bind(to: ipv6)
        return socket.localPort != 0
    }()

    static var hosts: [String] { hasIPv6 ? ["127.0.0.1", "::1"] : ["127.0.0.1"] }
}
