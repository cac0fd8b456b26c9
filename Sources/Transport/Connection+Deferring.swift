internal import EventLoop
internal import Resolution
internal import ResolutionProtocol

/// Requests that administration answers, later and in any order.
extension UnsafeMutablePointer where Pointee == Connection {
    /// Unanswered requests at which a connection's further ones are left unread, and at which reading goes on.
    static var deferredCountMax: Int { 1_024 }
    private static var deferredCountLow: Int { 512 }

    /// Whether so much is with administration that no more is read.
    var isHeldBack: Bool { pointee.deferredCount >= Self.deferredCountMax }

    /// Whether nothing is to be done for it: who awaits an answer of administration does not idle.
    var isIdle: Bool {
        (pointee.phase == .idle || pointee.phase == .unasked) && pointee.deferredCount == 0
    }

    /// Leaves what the batch deferred to administration; what that has no room for is answered with code 3.
    @inline(never)
    func leaveToAdministration(in bytes: UnsafeRawBufferPointer, at time: BatchTime) {
        let core = pointee.core
        for index in 0..<core.pointee.batch.count where core.pointee.batch.slots[index].isDeferred {
            let slot = core.pointee.batch.slots + index
            if leave(slot.pointee, in: bytes, at: time) {
                noteDeferred()
            } else {
                core.pointee.responder.refuseDeferred(
                    &slot.pointee,
                    in: bytes.bytes,
                    at: time,
                    into: &core.pointee.writer
                )
                core.pointee.metrics.add(.answers(slot.pointee.responseCode))
            }
        }
    }

    private func leave(_ slot: RequestSlot, in bytes: UnsafeRawBufferPointer, at time: BatchTime) -> Bool {
        guard let administration = pointee.core.pointee.administration,
            let answers = pointee.core.pointee.lateAnswers
        else { return false }
        let number = connectionNumber()
        let peer = AdministrationPeer(
            source: pointee.source,
            port: pointee.port,
            origin: pointee.origin,
            connection: number,
            isSecured: pointee.stream.isSecure,
            certified: pointee.stream.certified
        )
        let message = [UInt8](bytes[slot.offset..<(slot.offset + slot.byteCount)])
        return administration.take(
            AdministrationRequest(bytes: message, peer: peer, received: time) { answer in
                _ = answers.post(.stream(connection: number, answer))
            }
        )
    }

    /// The connection's number, drawn when the first is needed.
    private func connectionNumber() -> UInt64 {
        if pointee.number == 0 { pointee.number = pointee.core.pointee.nextConnectionNumber() }
        return pointee.number
    }

    private func noteDeferred() {
        pointee.deferredCount += 1
        pointee.core.pointee.deferring[pointee.number] = self
    }

    /// Sends an answer of administration, or a part of it.
    func received(_ answer: AdministrationAnswer) {
        let core = pointee.core
        guard !pointee.isClosed else { return }
        core.pointee.metrics.add(.answers(ResponseCode(rawValue: answer.code)))
        guard !answer.isLost else {
            core.pointee.metrics.add(.requestsRefusedBusy)
            return close(.connectionsClosedForRoom)
        }
        if answer.more == nil {
            pointee.deferredCount -= 1
            if pointee.deferredCount == 0 { core.pointee.deferring[pointee.number] = nil }
        }
        if let seconds = answer.idleSecondsMax {
            pointee.loginNanoseconds = seconds.multipliedSaturating(1_000_000_000)
        }
        if let more = answer.more { pointee.moreAwaited.append(more) }
        sendLate(answer.bytes)
        guard !pointee.isClosed, pointee.output == nil else { return }
        goOnAfterLateAnswer()
    }

    private func sendLate(_ bytes: [UInt8]) {
        guard !bytes.isEmpty else { return }
        let core = pointee.core
        guard pointee.output == nil else {
            guard core.pointee.hasRoom(for: bytes.count) else {
                core.pointee.metrics.add(.requestsRefusedBusy)
                return close(.connectionsClosedForRoom)
            }
            core.pointee.changeBuffered(by: bytes.count)
            return pointee.lateOutput.append(contentsOf: bytes)
        }
        core.pointee.writer.removeAll()
        core.pointee.writer.bytes(bytes)
        send()
    }

    /// Sends what came while the peer was not taking answers; whether all of it is on its way.
    func sendWaitingLateAnswers() -> Bool {
        guard !pointee.lateOutput.isEmpty else { return true }
        var bytes: [UInt8] = []
        swap(&bytes, &pointee.lateOutput)
        pointee.core.pointee.changeBuffered(by: -bytes.count)
        sendLate(bytes)
        return !pointee.isClosed && pointee.output == nil
    }

    /// After a late answer went out whole: asks for its next part, ends what only waited for it, reads on.
    private func goOnAfterLateAnswer() {
        askForMore()
        if pointee.endReason != nil {
            endIfAnswered()
        } else if pointee.isHoldingBack, pointee.deferredCount <= Self.deferredCountLow {
            pointee.isHoldingBack = false
            goOn()
        } else if pointee.deferredCount == 0, pointee.phase == .idle {
            enter(.idle, nowNanoseconds: SystemClock.coarseMonotonicNanoseconds())
        }
    }

    /// Asks for the next parts of answers whose last ones the peer has taken.
    func askForMore() {
        guard !pointee.moreAwaited.isEmpty else { return }
        var awaited: [@Sendable () -> Void] = []
        swap(&awaited, &pointee.moreAwaited)
        for more in awaited { more() }
    }

    /// Says goodbye to administration.
    func forgetDeferred() {
        guard pointee.number != 0 else { return }
        let core = pointee.core
        core.pointee.deferring[pointee.number] = nil
        core.pointee.administration?.connectionClosed(pointee.number)
        core.pointee.changeBuffered(by: -pointee.lateOutput.count)
        pointee.lateOutput = []
        pointee.moreAwaited = []
    }
}

extension UInt64 {
    /// The product, or the largest number.
    fileprivate func multipliedSaturating(_ factor: UInt64) -> UInt64 {
        let (product, overflows) = multipliedReportingOverflow(by: factor)
        return overflows ? .max : product
    }
}
