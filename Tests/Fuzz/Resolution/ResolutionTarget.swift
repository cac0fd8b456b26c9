import Resolution
import ResolutionProtocol

/// Requests that walk through the responder, alone or in a batch, as datagrams or from connections.
@_cdecl("hanjiang_fuzz")
public func fuzz(_ address: UnsafePointer<UInt8>?, _ count: Int) {
    var input = FuzzInput(address, count)
    let node = FuzzResponder(manner: input.uint8())
    var requests: [FuzzResponder.Request] = []
    while !input.isAtEnd, requests.count < 8 {
        let manner = input.uint8()
        let isLast = manner & 0x40 == 0
        var bytes = isLast ? input.remainder() : input.piece()
        if manner & 2 != 0 { bytes = bytes.asMessage }
        requests.append(FuzzResponder.Request(bytes: bytes, isDatagram: manner & 1 != 0))
    }
    guard !requests.isEmpty else { return }
    for (request, slot, answer) in node.answers(to: requests) { claimAnswered(request, slot, answer) }
}

private func claimAnswered(_ request: FuzzResponder.Request, _ slot: RequestSlot, _ answer: [UInt8]) {
    guard !answer.isEmpty else {
        claim(slot.silence != .none || slot.recipient == .administration, "silence without a reason")
        claim(
            request.isDatagram || slot.recipient == .administration || slot.silence != .errorLargerThanRequest,
            "silence on a connection"
        )
        return
    }
    claim(slot.recipient != .administration, "an answer to what is another's to answer")
    guard let message = try? Message(wire: answer) else { return claim(false, "an answer is no message") }
    claim(Array(answer[8..<12]) == Array(request.bytes[8..<12]), "an answer to another request")
    claim(message.header.responseCode != .request, "an answer is a request")
    let isSecretKnown = request.bytes.contains(part: SampleRegistry.secret)
    claim(isSecretKnown || !answer.contains(part: SampleRegistry.secret), "a secret left")
    let packetCount = Packets.count(messageByteCount: answer.count - Envelope.byteCount)
    claim(!request.isDatagram || packetCount <= 32, "too many packets for a datagram")
}
