import ResolutionProtocol

/// Packets as they come, and messages that we cut ourselves and that come in any order.
@_cdecl("hanjiang_fuzz")
public func fuzz(_ address: UnsafePointer<UInt8>?, _ count: Int) {
    var input = FuzzInput(address, count)
    if input.uint8() % 2 == 0 { joinAnything(&input) } else { joinShuffled(&input) }
}

private func smallLimits() -> PacketJoiner.Limits {
    var limits = PacketJoiner.Limits()
    limits.messagesPerSource = 3
    limits.messages = 5
    limits.byteCount = 20_000
    limits.lifetimeNanoseconds = 1_000
    return limits
}

/// Whatever packets come, the bounds hold, and what is whole is as long as was announced.
private func joinAnything(_ input: inout FuzzInput) {
    let limits = smallLimits()
    var joiner = PacketJoiner(limits: limits)
    var now: UInt64 = 0
    while !input.isAtEnd {
        now += UInt64(input.uint8())
        let source = [UInt8(input.below(4))]
        let envelope = Envelope(
            requestID: UInt32(input.below(4)),
            sequenceNumber: UInt32(truncatingIfNeeded: Int8(bitPattern: input.uint8())),
            messageLength: input.uint8() == 0xFF ? input.uint32() : UInt32(input.uint16())
        )
        let byteCount = Packets.payloadRange(
            of: Int(min(envelope.sequenceNumber, 1_000)),
            messageByteCount: Int(envelope.messageLength)
        ).count
        // Mostly the length that such a packet has, or every packet would be dropped.
        let difference = input.uint8()
        let payload = [UInt8](repeating: input.uint8(), count: difference < 8 ? Int(input.uint16()) : byteCount)
        let outcome = joiner.take(envelope: envelope, payload: payload.span.bytes, from: source, nowNanoseconds: now)
        if case .complete(let whole) = outcome {
            claim(whole.count == Envelope.byteCount + Int(envelope.messageLength), "a whole message has another length")
            claim((try? Envelope(wire: Array(whole.prefix(Envelope.byteCount)))) != nil, "it has no envelope")
        }
        claim(joiner.messageCount <= limits.messages, "too many messages wait")
        claim(joiner.byteCount <= limits.byteCount, "too many bytes wait")
        claim(joiner.messageCount > 0 || joiner.byteCount == 0, "bytes wait that are of no message")
    }
    joiner.expire(nowNanoseconds: now + limits.lifetimeNanoseconds)
    claim(joiner.messageCount == 0 && joiner.byteCount == 0, "a message outlives its time")
}

/// A message that was cut is joined to the same, in any order and with any packet repeated.
private func joinShuffled(_ input: inout FuzzInput) {
    var order = input.piece()
    let message = input.remainder()
    let envelope = Envelope(requestID: 7, messageLength: UInt32(message.count))
    let datagrams = Packets.datagrams(of: message, envelope: envelope)
    claim(datagrams.allSatisfy { $0.count <= Packets.datagramByteCountMax }, "a datagram is too long")
    order = order.map { UInt8(Int($0) % datagrams.count) }
    var joiner = PacketJoiner()
    var missing = Set(datagrams.indices)
    for number in order.map(Int.init) + Array(datagrams.indices) where !missing.isEmpty {
        missing.remove(number)
        let datagram = datagrams[number]
        var reader = WireReader(datagram.span.bytes)
        guard let packet = try? Envelope(from: &reader), let payload = try? reader.bytes(byteCount: reader.remaining)
        else { return claim(false, "a packet cannot be read") }
        let outcome = joiner.take(envelope: packet, payload: payload.span.bytes, from: [1], nowNanoseconds: 0)
        if missing.isEmpty {
            claim(outcome == .complete(envelope.wire + message), "a message is another when joined")
        } else {
            claim(outcome == .waiting, "a packet of a message was dropped")
        }
    }
    claim(joiner.messageCount == 0, "a whole message still waits")
}
