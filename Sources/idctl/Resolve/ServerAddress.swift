internal import EventLoop
internal import ResolutionProtocol

/// A site's server address between its 16 bytes and text (data-model.md §5, §9).
enum ServerAddress {
    /// Dotted IPv4 where 12 zero bytes stand in front, else compressed IPv6.
    static func text(_ bytes: [UInt8]) -> String {
        guard bytes.count == 16 else { return "" }
        func word(_ range: Range<Int>) -> UInt64 { bytes[range].reduce(0) { $0 << 8 | UInt64($1) } }
        guard bytes[..<12].allSatisfy({ $0 == 0 }) else {
            return SocketAddress(ipv6High: word(0..<8), low: word(8..<16), port: 0).host
        }
        return SocketAddress(ipv4: UInt32(truncatingIfNeeded: word(12..<16)), port: 0).host
    }

    /// The 16 bytes of `address`; IPv4 with 12 zero bytes in front.
    static func bytes(of address: SocketAddress) -> [UInt8] {
        guard address.isMapped else { return address.bytes }
        return Array(repeating: 0, count: 12) + address.bytes[12...]
    }

    /// `UDP`, `TCP`, `HTTP`, `HTTPS`, or the number of another one.
    static func name(of transport: ServerInterface.TransportProtocol) -> String {
        switch transport {
        case .udp: "UDP"
        case .tcp: "TCP"
        case .http: "HTTP"
        case .https: "HTTPS"
        default: "\(transport.rawValue)"
        }
    }
}
