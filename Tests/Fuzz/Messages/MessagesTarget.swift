import Authentication
import ResolutionProtocol

/// Envelope, header, and the body of every request and response, alone and in whole messages.
@_cdecl("hanjiang_fuzz")
public func fuzz(_ address: UnsafePointer<UInt8>?, _ count: Int) {
    var input = FuzzInput(address, count)
    let choice = input.uint8()
    let bytes = input.remainder()
    switch choice % 24 {
    case 0: claimMessageStable(bytes)
    case 1: claimMessageStable(bytes.asMessage)
    case 2: claimStable(Envelope.self, bytes)
    case 3: claimStable(Header.self, bytes)
    case 4: claimStable(ResolutionRequest.self, bytes)
    case 5: claimLayoutAgrees(bytes)
    case 6: claimStable(NameRequest.self, bytes)
    case 7: claimStable(ValuesRequest.self, bytes)
    case 8: claimStable(IndexesRequest.self, bytes)
    case 9: claimStable(ChallengeAnswer.self, bytes)
    case 10: claimStable(ChallengeVerification.self, bytes)
    case 11: claimStable(SessionSetupRequest.self, bytes)
    case 12: claimStable(KeyExchangeRequest.self, bytes)
    case 13: claimStable(LoginRequest.self, bytes)
    case 14: claimStable(ApplyRequest.self, bytes)
    case 15: claimStable(ApplyOutcome.self, bytes)
    case 16: claimStable(ResolutionAnswer.self, bytes)
    case 17: claimStable(SessionSetupAnswer.self, bytes)
    case 18: claimStable(ErrorBody.self, bytes)
    case 19: claimStable(Referral.self, bytes)
    case 20: claimStable(RequestDigest.self, bytes)
    case 21: claimChallengeStable(bytes)
    case 22: claimStable(Credential.self, bytes)
    default: claimCoveredMessage(bytes)
    }
}

private func claimMessageStable(_ bytes: [UInt8]) {
    guard let message = try? Message(wire: bytes) else { return }
    let wire = message.wire
    guard let again = try? Message(wire: wire) else { return claim(false, "a message cannot be read again") }
    claim(again.body == message.body, "a body is another when written")
    claim(again.credential == message.credential, "a credential is another when written")
    claim(again.requestDigest == message.requestDigest, "a digest is another when written")
    claim(again.wire == wire, "a message is written in two ways")
    claim((try? Message(wire: bytes + [0])) == nil, "a message leaves a byte")
    claim((try? CoveredMessage(wire: bytes)) != nil, "a message can be read, but not as its credential sees it")
}

/// What the query path reads in place is what the decoder reads.
private func claimLayoutAgrees(_ bytes: [UInt8]) {
    let layout = try? ResolutionRequestLayout(of: bytes.span.bytes)
    guard let request = try? ResolutionRequest(wire: bytes) else { return }
    guard let layout else { return claim(false, "a request can be decoded, but not laid out") }
    let identifier = bytes[layout.identifierOffset..<(layout.identifierOffset + layout.identifierByteCount)]
    claim(identifier.elementsEqual(request.identifier), "another identifier is laid out")
    claim(layout.indexCount == request.indexes.count, "another number of indexes is laid out")
    claim(layout.typeCount == request.types.count, "another number of types is laid out")
    let types = request.types.flatMap(\.wire)
    claim(bytes[layout.typesOffset...].prefix(layout.typesByteCount).elementsEqual(types), "other types are laid out")
}

private func claimChallengeStable(_ bytes: [UInt8]) {
    for version in [ProtocolVersion(2, 0), .newest] {
        var reader = WireReader(bytes.span.bytes)
        guard let challenge = try? Challenge(from: &reader, version: version) else { continue }
        var writer = WireWriter(capacity: 64)
        challenge.write(to: &writer, version: version)
        let wire = [UInt8](writer.bytes)
        var second = WireReader(wire.span.bytes)
        let again = try? Challenge(from: &second, version: version)
        let offset = second.offset
        claim(again == challenge, "a challenge is another when written")
        claim(offset == wire.count, "a challenge leaves bytes")
    }
}

/// Header, body and credential are cut where they end: put together they are the message.
private func claimCoveredMessage(_ bytes: [UInt8]) {
    guard let message = try? CoveredMessage(wire: bytes), let credential = message.credential else { return }
    let wire = message.envelope.wire + message.headerAndBody + UInt32(credential.wire.count).wire + credential.wire
    claim((try? CoveredMessage(wire: wire)) == message, "a covered message is another when written")
}
