internal import EventLoop
internal import Resolution
internal import ResolutionProtocol

/// What a worker leaves to recursion, and what it does with what comes of it.
extension WorkerCore {
    /// What a request takes beside its bytes while it waits.
    private static let ticketOverhead = 512

    /// Has others asked on behalf of a request that the responder has left to recursion; false where there is no room.
    func askOthers(
        _ slot: RequestSlot,
        in block: RawSpan,
        way: RecursionTicket.Way,
        at time: BatchTime
    ) -> Bool {
        guard let recursion, let answers = lateAnswers, let question = RecursionQuestion(of: slot, in: block),
            let place = recursion.hold(slot.byteCount + Self.ticketOverhead)
        else { return false }
        var own = slot
        own.offset = 0
        let ticket = RecursionTicket(
            bytes: [UInt8](block.extracting(slot.offset..<(slot.offset &+ slot.byteCount))),
            slot: own,
            received: time,
            way: way,
            hasStale: responder.hasStale(question, at: time),
            place: place
        )
        return recursion.take(
            RecursionRequest(question: question, ticket: ticket, worker: worker, answers: answers)
        )
    }

    /// Has an answer that is much asked for refreshed before its time is over; where there is no room it is not.
    func refresh(_ slot: RequestSlot, in block: RawSpan) {
        guard let recursion, settings.prefetches, let answers = lateAnswers,
            let question = RecursionQuestion(of: slot, in: block)
        else { return }
        _ = recursion.take(RecursionRequest(question: question, ticket: nil, worker: worker, answers: answers))
    }

    /// Answers a request that was left to recursion with code 3, and counts it.
    mutating func refuseRecursion(_ slot: inout RequestSlot, in block: RawSpan, at time: BatchTime) {
        responder.refuseRecursion(&slot, in: block, at: time, into: &writer)
        concludeLate(&slot, received: time)
    }

    /// Brings the figures of the answer cache up to date. Called twice a second.
    func noteCache() {
        guard recursion != nil else { return }
        let figures = responder.cacheFigures
        let values: [(Metric, UInt64)] = [
            (.recursionCacheHits, figures.hitCount), (.recursionCacheMisses, figures.missCount),
            (.recursionCacheStale, figures.staleCount), (.recursionCacheInsertions, figures.insertionCount),
            (.recursionCacheEvictions, figures.evictionCount), (.recursionCacheOverlong, figures.overlongCount),
            (.recursionCacheEntries, UInt64(figures.entryCount)), (.recursionCacheBytes, UInt64(figures.byteCount)),
        ]
        for (metric, value) in values { metrics.set(metric, Int(clamping: value)) }
    }

    /// Takes the answer of a datagram back where its network may not have it, counts the request, and notes what became
    /// of it.
    fileprivate mutating func concludeLate(_ slot: inout RequestSlot, received: BatchTime) {
        let peer = SocketAddress(ipv6High: slot.source.high, low: slot.source.low, port: slot.port)
        if slot.isDatagram, slot.answerByteCount > 0, isLimited(peer) {
            let silence = draw(slot.answerByteCount, to: SourceNetwork(peer), at: Self.now())
            if silence != .none { responder.withhold(&slot, as: silence) }
        }
        responder.countLate(slot, started: received, ended: Self.now())
        // Of an answer over a connection its sending takes note.
        if slot.isDatagram { note(slot) }
    }
}

extension UnsafeMutablePointer where Pointee == WorkerCore {
    /// Takes in what recursion has found, and hands each answer that this worker owes to `send`.
    func take(_ delivery: RecursionDelivery, send: (RecursionTicket, AdministrationAnswer) -> Void) {
        let time = WorkerCore.now()
        pointee.responder.keep(delivery.outcome, at: time)
        for ticket in delivery.tickets { send(ticket, answer(ticket, with: delivery.outcome, at: time)) }
    }

    private func answer(
        _ ticket: RecursionTicket,
        with outcome: RecursionOutcome,
        at time: BatchTime
    ) -> AdministrationAnswer {
        var slot = ticket.slot
        pointee.writer.removeAll()
        pointee.responder.answer(&slot, with: outcome, in: ticket.bytes.span.bytes, at: time, into: &pointee.writer)
        pointee.concludeLate(&slot, received: ticket.received)
        let start = pointee.writer.address(of: slot.answerOffset)
        let bytes = [UInt8](UnsafeRawBufferPointer(start: start, count: slot.answerByteCount))
        return AdministrationAnswer(bytes: bytes, code: slot.responseCode.rawValue)
    }
}
