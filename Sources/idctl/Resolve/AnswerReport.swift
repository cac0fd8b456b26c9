internal import Console
internal import ResolutionClient
internal import ResolutionProtocol

/// An answer as it is shown: what was asked, what came, and how.
struct AnswerReport {
    /// As asked.
    let identifier: [UInt8]
    /// The server asked.
    let server: String
    /// What carried the answer.
    let carrier: AskError.Carrier
    /// The answer.
    let answer: Message

    /// The response code.
    var code: ResponseCode { answer.header.responseCode.decoded(from: answer.envelope.version) }

    /// Whether a node gave it on behalf of others after its time, as they are silent (docs/protocol-extensions.md).
    var isStale: Bool { answer.header.flags.contains(.stale) }

    /// The values, or those of a referral.
    var values: [HandleValue] {
        switch answer.body {
        case .resolved(let answer): answer.values
        case .referral(let referral): referral.values ?? []
        default: []
        }
    }

    /// The text of an error answer.
    var errorText: [UInt8] {
        if case .error(let error) = answer.body { error.message } else { [] }
    }

    /// Bytes of the answer over a connection.
    var byteCount: Int { Envelope.byteCount + Int(answer.envelope.messageLength) }

    /// Packets of the answer over UDP; nil over a connection.
    var packetCount: Int? {
        carrier == .udp ? Packets.count(messageByteCount: Int(answer.envelope.messageLength)) : nil
    }
}
