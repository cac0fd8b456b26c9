package import ResolutionProtocol

/// What is others' to answer, on behalf of those for whom this node recurses: from the cache, or left to recursion and
/// answered later. Own prefixes never come here.
extension Responder {
    /// Whether others may be asked on behalf of this asker: it wants it, and may have it.
    @inline(never)
    func mayRecurse(_ slot: RequestSlot) -> Bool {
        slot.flags.contains(.recursive) && !sources.isEmpty && sources.contain(slot.source)
    }

    /// Whether `identifier` stands for the node that is asked, whichever that is: `0.SITE/…`, its state, and `0`, by
    /// which the national SDK learns whether a connection is alive.
    func isAboutThisNode(_ identifier: RawSpan) -> Bool {
        let name: UInt64 = 0x302E_5349_5445_2F  // "0.SITE/"
        let byteCount = identifier.byteCount
        guard byteCount >= 7 else { return byteCount == 1 && identifier.unsafeLoad(as: UInt8.self) == 0x30 }
        for position in 0..<7 {
            let byte = identifier.unsafeLoad(fromByteOffset: position, as: UInt8.self)
            let expected = UInt8(truncatingIfNeeded: name >> UInt64(8 * (6 &- position)))
            guard ASCIIFolding.uppercased(byte) == expected else { return false }
        }
        return true
    }

    /// Answers from the cache, or leaves the request to recursion.
    @inline(never)
    func recurse(
        _ slot: inout RequestSlot,
        identifier: RawSpan,
        keys: inout KeyBatch,
        _ request: RawSpan,
        at time: BatchTime,
        into writer: inout WireWriter
    ) {
        slot.step = .done
        if RecursionQuestion.isCached(slot.flags) {
            _ = keys.append(identifier, folding: RecursionQuestion.folding)
            let known = answers.find(keys.key(at: keys.count &- 1), nanoseconds: time.nanoseconds)
            keys.removeLast()
            if let known { return write(known, &slot, request, at: time, into: &writer) }
        }
        guard slot.recursionCount < RecursionQuestion.recursionCountMax else {
            refuse(&slot, .recursionLimitExceeded, Self.tooDeepText, request, at: time, into: &writer)
            return markRecursed(slot, isStale: false, in: &writer)
        }
        slot.leave(to: .recursion)
    }

    private static let tooDeepText: StaticString = "the request has been passed on too often"

    /// Writes what the cache has.
    private func write(
        _ known: CachedAnswer,
        _ slot: inout RequestSlot,
        _ request: RawSpan,
        at time: BatchTime,
        into writer: inout WireWriter
    ) {
        switch known.kind {
        case .found: writeRecord(&slot, from: answers.record(of: known), request, at: time, into: &writer)
        case .notResponsible:
            refuse(&slot, .notResponsible, Self.nobodyText, request, at: time, into: &writer)
        case .notFound, .none:
            refuse(&slot, .identifierNotFound, "not found", request, at: time, into: &writer)
        }
        if known.isDue { slot.recipient = .refresh }
        markRecursed(slot, isStale: known.isStale, in: &writer)
    }

    private static let nobodyText: StaticString = "no node is known that is responsible for this prefix"

    /// Takes the flag AT out of the answer just written, as it is not this node's own, and marks it where it is stale
    /// (docs/protocol-extensions.md).
    private func markRecursed(_ slot: RequestSlot, isStale: Bool, in writer: inout WireWriter) {
        guard slot.answerByteCount > 0 else { return }
        let offset = slot.answerOffset &+ Envelope.byteCount &+ Header.flagsOffset
        var flags = OpFlags(rawValue: writer.address(of: offset).loadUnaligned(as: UInt32.self).bigEndian)
        flags.remove(.authoritative)
        if isStale { flags.insert(.stale) }
        writer.overwriteUInt32(flags.rawValue, at: offset)
    }

    /// Takes in what recursion has found, for those who ask next. To be called once for each outcome, before its
    /// waiters are answered.
    package func keep(_ outcome: RecursionOutcome, at time: BatchTime) {
        if outcome.mayBeReplacedByStale {
            _ = answers.revive(outcome.question.key.span.bytes, nanoseconds: time.nanoseconds)
        } else {
            answers.keep(outcome, nanoseconds: time.nanoseconds)
        }
    }

    /// Whether `question` could be answered with what is no longer fresh.
    package func hasStale(_ question: RecursionQuestion, at time: BatchTime) -> Bool {
        question.isCached && answers.hasStale(question.key.span.bytes, nanoseconds: time.nanoseconds)
    }

    /// Answers a request that was left to recursion, whose message lies in `block` as its slot says; the answer is
    /// appended to `writer`. Call `countLate` before it is sent.
    package func answer(
        _ slot: inout RequestSlot,
        with outcome: RecursionOutcome,
        in block: RawSpan,
        at time: BatchTime,
        into writer: inout WireWriter
    ) {
        let request = block.extracting(slot.offset..<(slot.offset &+ slot.byteCount))
        slot.recipient = .nobody
        slot.isQuery = true
        slot.step = .done
        if outcome.mayBeReplacedByStale, outcome.question.isCached,
            let known = answers.find(outcome.question.key.span.bytes, nanoseconds: time.nanoseconds)
        {
            write(known, &slot, request, at: time, into: &writer)
            slot.recipient = .nobody
            return
        }
        write(outcome, &slot, request, at: time, into: &writer)
        markRecursed(slot, isStale: outcome.isStale, in: &writer)
    }

    private func write(
        _ outcome: RecursionOutcome,
        _ slot: inout RequestSlot,
        _ request: RawSpan,
        at time: BatchTime,
        into writer: inout WireWriter
    ) {
        switch outcome.finding {
        case .found(let record):
            writeRecord(&slot, from: record.span.bytes, request, at: time, into: &writer)
        case .notFound: refuse(&slot, .identifierNotFound, "not found", request, at: time, into: &writer)
        case .referral(let values) where !slot.flags.contains(.doNotRefer):
            let start = begin(&slot, .serviceReferral, request, at: time, into: &writer)
            Referral(identifier: [], values: values).write(to: &writer)
            finish(&slot, from: start, request, at: time, into: &writer)
        case .referral: refuse(&slot, .notResponsible, Self.loginText, request, at: time, into: &writer)
        case .refused(let code):
            let text = code == .notResponsible ? Self.nobodyText : "the responsible node refuses (责任节点拒绝)"
            refuse(&slot, code, text, request, at: time, into: &writer)
        case .failed(let failure):
            refuse(&slot, failure.code, failure.text, request, at: time, into: &writer)
        }
    }

    private static let loginText: StaticString = "the responsible node wants to know who asks; ask it"

    /// Answers a request that was left to recursion with code 3, as there is no room for it.
    package func refuseRecursion(
        _ slot: inout RequestSlot,
        in block: RawSpan,
        at time: BatchTime,
        into writer: inout WireWriter
    ) {
        let request = block.extracting(slot.offset..<(slot.offset &+ slot.byteCount))
        slot.recipient = .nobody
        slot.isQuery = true
        refuse(&slot, RecursionFailure.busy.code, RecursionFailure.busy.text, request, at: time, into: &writer)
        markRecursed(slot, isStale: false, in: &writer)
    }

    /// Counts a request that was left to recursion, once it is answered; it came at `started` of the monotonic clock.
    package mutating func countLate(_ slot: RequestSlot, started: BatchTime, ended: BatchTime) {
        // The day is that of the answer: the page of the day before may be folded and closed.
        let time = BatchTime(unixSeconds: ended.unixSeconds, nanoseconds: started.nanoseconds)
        counter.count(slot, started: time, ended: ended)
    }

    /// What the answer cache has done.
    package var cacheFigures: AnswerCacheFigures { answers.figures }

    /// Recurses for other networks from now on; the cache stays as it is.
    package mutating func adopt(allowed: [QuerySource]) { sources = SourceNetworks(allowed) }
}

extension RecursionFailure {
    /// What the asker is answered.
    var code: ResponseCode {
        switch self {
        case .busy: .serverBusy
        case .tooDeep: .recursionLimitExceeded
        case .noRoute: .notResponsible
        case .unreachable, .unproven, .loop, .tooManyAsks, .tooManyServices: .error
        }
    }

    /// Why, for the asker.
    var text: StaticString {
        switch self {
        case .unreachable: "the nodes responsible do not answer (责任节点无应答); ask again later"
        case .unproven: "no server of the responsible node proves its answer (应答签名无法验证)"
        case .noRoute: "no node is known that is responsible for this prefix"
        case .loop: "nodes refer to each other in a circle (节点互相转介)"
        case .tooManyAsks: "too many nodes would have to be asked"
        case .tooDeep: "the request has been passed on too often"
        case .tooManyServices: "services refer to each other in a circle, or too many in a row"
        case .busy: "too much is waiting here; ask again later"
        }
    }
}
