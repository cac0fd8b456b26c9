import Glibc

/// The two transports a port can be bound for.
package enum SocketKind: Sendable, Hashable, CustomStringConvertible {
    case udp
    case tcp

    package var description: String {
        switch self {
        case .udp: "UDP"
        case .tcp: "TCP"
        }
    }

    var systemType: Int32 {
        switch self {
        case .udp: Int32(SOCK_DGRAM.rawValue)
        case .tcp: Int32(SOCK_STREAM.rawValue)
        }
    }
}
