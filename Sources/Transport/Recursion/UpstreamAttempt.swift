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
    /// The address as `SiteServer` has it.
    var serverAddress: [UInt8] {
        isIPv6 ? bytes : [UInt8](repeating: 0, count: 12) + bytes.suffix(4)
    }
}
