internal import ResolutionProtocol

/// The octets that a signature or a session's code covers (security.md §§5-6).
enum CredentialContent {
    /// What precedes header and body from 2.7 on: version, from 2.8 on the suggested version too, then the numbers of
    /// session, request and counter.
    static func numbered(_ message: CoveredMessage, counter: UInt32) -> [UInt8] {
        let envelope = message.envelope
        var writer = WireWriter(capacity: message.headerAndBody.count + 16)
        writer.uint8(envelope.version.major)
        writer.uint8(envelope.version.minor)
        if envelope.version >= ProtocolVersion(2, 8) {
            writer.uint8(envelope.suggestedVersion.major)
            writer.uint8(envelope.suggestedVersion.minor)
        }
        writer.uint32(envelope.sessionID)
        writer.uint32(envelope.requestID)
        writer.uint32(counter)
        writer.bytes(message.headerAndBody)
        return [UInt8](writer.bytes)
    }
}

extension Credential {
    /// Whether the fields that nothing covers hold what everybody writes there, so that no bit can be changed unseen.
    var hasPlainForm: Bool { version == 0 && reserved == 0 && options == 0 && signer.isEmpty }
}
