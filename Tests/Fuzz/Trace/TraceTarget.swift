import Resolution
import ResolutionProtocol

/// References from identifier to identifier: what is said of them, a trace by itself, one that goes on with what
/// another has come to, and operation 9002 of a node that has others asked.
@_cdecl("hanjiang_fuzz")
public func fuzz(_ address: UnsafePointer<UInt8>?, _ count: Int) {
    var input = FuzzInput(address, count)
    switch input.uint8() % 4 {
    case 0: readForms(input.remainder())
    case 1: walk(&input)
    case 2: goOn(&input)
    default: askNode(&input)
    }
}

private func readForms(_ bytes: [UInt8]) {
    claimStable(TraceRequest.self, bytes)
    claimStable(TraceAnswer.self, bytes)
    claimStable(TraceItem.self, bytes)
    claimStable(TraceLink.self, bytes)
}

/// A trace from its beginning, with what the input says is found.
private func walk(_ input: inout FuzzInput) {
    let limits = TraceLimits(
        depthMax: input.below(12),
        identifierCountMax: input.below(40),
        byteCountMax: Int(input.uint16())
    )
    let rule = ReferenceRule(types: [ForeignRecords.ownType])
    var check = TraceCheck(limits: limits)
    check.claimSound(finish(Trace(ForeignRecords.name(&input), limits: limits, rule: rule), &input), resumedCount: 0)
}

/// Somebody else's trace, of any content, and what is asked for once more of it.
private func goOn(_ input: inout FuzzInput) {
    let limits = TraceLimits(depthMax: 6, identifierCountMax: 20, byteCountMax: 1 << 14)
    let manner = input.uint8()
    guard let answer = try? TraceAnswer(wire: input.piece()), !answer.items.isEmpty else { return }
    let places = answer.items.indices.filter { manner == 0 || ($0 + Int(manner)) % 3 == 0 }
    let trace = Trace(resuming: answer.items, at: places, limits: limits, rule: ReferenceRule())
    let items = finish(trace, &input)
    claim(items.count >= places.count, "what is asked for once more is left out")
    TraceCheck(limits: limits).claimBounded(items, beside: answer.items.count)
}

/// Takes `trace` to its end.
private func finish(_ trace: Trace, _ input: inout FuzzInput) -> [TraceItem] {
    var trace = trace
    var items: [TraceItem] = []
    var levelCount = 0
    while !trace.isOver {
        levelCount += 1
        claim(levelCount <= 258, "a trace does not end")
        claim(trace.byteCount <= trace.limits.byteCountMax, "more bytes are read than may be")
        for place in trace.names.indices where input.uint8() & 15 != 0 {
            trace.take(ForeignRecords.finding(&input), at: place)
        }
        items += trace.finishLevel()
    }
    claim(trace.names.isEmpty && trace.finishLevel().isEmpty, "a trace goes on behind its end")
    return items
}

/// Operation 9002, over a connection.
private func askNode(_ input: inout FuzzInput) {
    let manner = input.uint8()
    var request = TraceRequest(
        identifier: ForeignRecords.name(&input),
        direction: manner & 1 == 0 ? .forward : .reverse,
        depth: UInt8(input.below(20)),
        types: manner & 2 == 0 ? [] : [ForeignRecords.ownType, input.piece()],
        flags: manner & 4 == 0 ? [] : .withoutValues
    )
    request.identifierCountMax = manner & 8 == 0 ? 0 : UInt32(input.uint8())
    request.byteCountMax = manner & 16 == 0 ? 0 : input.uint32()
    let bytes = manner & 32 == 0 ? request.wire : input.piece()
    let elsewhere = ForeignRecords(input.remainder())
    let node = FuzzNode(manner: manner, elsewhere: elsewhere, references: elsewhere)
    let header = Header(
        opCode: .trace,
        expiration: UInt32(node.time.unixSeconds) + Header.lifetimeSeconds,
        bodyLength: UInt32(bytes.count)
    )
    var envelope = Envelope(version: .newest, requestID: 7)
    envelope.messageLength = UInt32(Header.byteCount + bytes.count + 4)
    let asked = node.take(envelope.wire + header.wire + bytes + [0, 0, 0, 0], connection: 1)
    while elsewhere.answerHeld() { node.settle() }
    node.claimAllAnswered()
    let told = asked.answers.flatMap { items(in: $0.bytes) }
    guard let read = try? TraceRequest(wire: bytes), !told.isEmpty else { return }
    var check = TraceCheck(limits: TraceLimits(depthMax: Int(read.depth)))
    check.claimSound(told, resumedCount: 0)
}

private func items(in bytes: [UInt8]) -> [TraceItem] {
    guard let message = try? Message(wire: bytes), case .bytes(let body) = message.body else { return [] }
    guard let answer = try? TraceAnswer(wire: body) else {
        claim(false, "an answer to a trace cannot be read")
        return []
    }
    return answer.items
}
