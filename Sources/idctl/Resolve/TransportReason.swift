internal import Console
internal import ResolutionClient

/// Over what a question went, and why not over something else.
struct TransportReason {
    private let explanation: Explanation

    init(_ explanation: Explanation) {
        self.explanation = explanation
    }

    /// In words: what carried it, how often it was sent, what else was tried.
    var text: LocalizedText {
        let sendings = explanation.trace.sendingCount
        switch explanation.transport {
        case .tcp: return LocalizedText(english: "TCP, as --tcp asks", chinese: "TCP，由 --tcp 指定")
        case .udp:
            return LocalizedText(
                english: "UDP, as --udp asks, sent \(Self.times(sendings))",
                chinese: "UDP，由 --udp 指定，发送 \(sendings) 次"
            )
        case .automatic: break
        }
        guard hasLeftUDP else {
            return LocalizedText(english: "UDP, sent \(Self.times(sendings))", chinese: "UDP，发送 \(sendings) 次")
        }
        return LocalizedText(
            english: "UDP first, sent \(Self.times(sendings)); then TCP, for want of a usable answer",
            chinese: "先用 UDP，发送 \(sendings) 次；因无可用应答改用 TCP"
        )
    }

    /// Whether TCP was tried after UDP.
    private var hasLeftUDP: Bool { explanation.trace.steps.contains { $0.action == .connect } }

    private static func times(_ count: Int) -> String {
        count == 1 ? "once" : "\(count) times"
    }
}
