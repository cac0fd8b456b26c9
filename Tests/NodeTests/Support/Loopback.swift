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

    /// A port of 127.0.0.1 that is free for both carriers, and stays so while a node that listened there starts anew:
    /// the system gives none below 32,768 to who asks for any.
    static func steadyPort() throws -> UInt16 {
        for _ in 0..<1_000 {
            let wanted = SocketAddress(ipv4: 0x7F00_0001, port: .random(in: 10_000..<32_768))
            let sockets = [ClientSocket(isTCP: true), ClientSocket(isTCP: false)]
            for socket in sockets { socket.bind(to: wanted) }
            if sockets.allSatisfy({ $0.localPort == wanted.port }) { return wanted.port }
        }
        throw NodeFailure("no port is free")
    }

    static var hosts: [String] { hasIPv6 ? ["127.0.0.1", "::1"] : ["127.0.0.1"] }
}
