internal import EventLoop
internal import Resolution
internal import ResolutionClient
internal import ResolutionProtocol

/// One way to ask a server: where, and over what.
struct UpstreamAttempt: Hashable {
    let server: SocketAddress
    let transport: AskTransport

    /// The ways that lead to the server of `ask`, in order of preference: UDP and TCP on one port are one way.
    static func all(for ask: RecursionAsk) -> [UpstreamAttempt] {
        var attempts: [UpstreamAttempt] = []
        for interface in ask.interfaces {
            guard let port = UInt16(exactly: interface.port), port > 0,
                let server = SocketAddress(serverAddress: ask.server.address, port: port)
            else { continue }
            switch interface.transport {
            case .udp: attempts.append(UpstreamAttempt(server: server, transport: .udp))
            case .tcp:
                if let place = attempts.firstIndex(of: UpstreamAttempt(server: server, transport: .udp)) {
                    attempts[place] = UpstreamAttempt(server: server, transport: .automatic)
                } else {
                    attempts.append(UpstreamAttempt(server: server, transport: .tcp))
                }
            default: continue
            }
        }
        return attempts
    }
}

extension SocketAddress {
    /// The address of a site's server, 16 bytes with IPv4 behind twelve zeros (data-model.md §5); nil: another size.
    init?(serverAddress bytes: [UInt8], port: UInt16) {
        guard bytes.count == 16 else { return nil }
        func word(_ range: Range<Int>) -> UInt64 { bytes[range].reduce(0) { $0 << 8 | UInt64($1) } }
        // ::1 begins with as many zeros, and 0.0.0.1 is nobody's address.
        if bytes.prefix(12).allSatisfy({ $0 == 0 }), word(12..<16) != 1 {
            self.init(ipv4: UInt32(truncatingIfNeeded: word(12..<16)), port: port)
        } else {
            self.init(ipv6High: word(0..<8), low: word(8..<16), port: port)
        }
    }

    /// The address as `SiteServer` has it.
    var serverAddress: [UInt8] {
        isIPv6 ? bytes : [UInt8](repeating: 0, count: 12) + bytes.suffix(4)
    }
}
