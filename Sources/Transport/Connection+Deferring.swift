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
        for index in 0..<core.pointee.batch.count where core.pointee.batch.slots[index].recipient == .administration {
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
    func connectionNumber() -> UInt64 {
        if pointee.number == 0 { pointee.number = pointee.core.pointee.nextConnectionNumber() }
        return pointee.number
    }

    func noteDeferred() {
        pointee.deferredCount += 1
        pointee.core.pointee.deferring[pointee.number] = self
    }

    /// Takes an answer of administration, or a part of it; `sendLateAnswers` sends it with others.
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
        if !pointee.hasLateAnswers {
            pointee.hasLateAnswers = true
            core.pointee.withLateAnswers.append(self)
        }
        keepLate(answer.bytes)
    }

    /// Keeps an answer that is to be sent. Where there is no room, what is kept goes out first.
    private func keepLate(_ bytes: [UInt8]) {
        let core = pointee.core
        if !core.pointee.hasRoom(for: bytes.count), pointee.output == nil { _ = sendWaitingLateAnswers() }
        guard !pointee.isClosed else { return }
        guard core.pointee.hasRoom(for: bytes.count) else {
            // Larger than the room, but nothing is before it.
            if pointee.output == nil { return sendLate(bytes) }
            core.pointee.metrics.add(.requestsRefusedBusy)
            return close(.connectionsClosedForRoom)
        }
        core.pointee.changeBuffered(by: bytes.count)
        pointee.lateOutput.append(contentsOf: bytes)
    }

    /// Sends the answers that came together, and goes on with what waited for them.
    fileprivate func sendLateAnswers() {
        pointee.hasLateAnswers = false
        guard !pointee.isClosed, pointee.output == nil, sendWaitingLateAnswers() else { return }
        goOnAfterLateAnswer()
    }

    /// Sends late answers that are kept; whether all of them are on their way.
    func sendWaitingLateAnswers() -> Bool {
        guard !pointee.lateOutput.isEmpty else { return true }
        var bytes: [UInt8] = []
        swap(&bytes, &pointee.lateOutput)
        pointee.core.pointee.changeBuffered(by: -bytes.count)
        sendLate(bytes)
        return !pointee.isClosed && pointee.output == nil
    }

    private func sendLate(_ bytes: [UInt8]) {
        guard !bytes.isEmpty else { return }
        pointee.core.pointee.writer.removeAll()
        pointee.core.pointee.writer.bytes(bytes)
        send()
    }

    /// After late answers went out whole: asks for their next parts, ends what only waited for them, reads on.
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

extension UnsafeMutablePointer where Pointee == WorkerCore {
    /// Sends what has come from administration, each connection's answers at once: a call of the system for each of
    /// hundreds would keep resolution waiting for milliseconds.
    func sendLateAnswers() {
        var connections: [UnsafeMutablePointer<Connection>] = []
        swap(&connections, &pointee.withLateAnswers)
        for connection in connections { connection.sendLateAnswers() }
    }
}

extension UInt64 {
    /// The product, or the largest number.
    fileprivate func multipliedSaturating(_ factor: UInt64) -> UInt64 {
        let (product, overflows) = multipliedReportingOverflow(by: factor)
        return overflows ? .max : product
    }
}
