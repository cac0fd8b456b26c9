internal import EventLoop
internal import Glibc
internal import ResolutionProtocol

/// From answers to bytes on the way, and the end of a connection.
extension UnsafeMutablePointer where Pointee == Connection {
    /// Bytes given to the system at a time, of answers that wait: the time of a peer that takes them begins anew with
    /// each.
    private static var outputPartMax: Int { 64 << 10 }

    /// Sends what the worker's writer holds; what the peer does not take at once is kept, and reading stops meanwhile.
    func send() {
        let core = pointee.core
        let count = core.pointee.writer.count
        let start = core.pointee.writer.address(of: 0)
        let taken = pointee.stream.tryWrite(UnsafeRawBufferPointer(start: start, count: count))
        guard taken >= 0 else { return close(.connectionsClosedByError) }
        core.pointee.metrics.add(.bytesSentTCP, taken)
        if taken < count { wait(UnsafeRawBufferPointer(start: start + taken, count: count - taken)) }
        core.pointee.writer.removeAll()
    }

    /// Keeps `rest` until the peer takes it.
    private func wait(_ rest: UnsafeRawBufferPointer) {
        let core = pointee.core
        guard core.pointee.hasRoom(for: rest.count) else {
            core.pointee.metrics.add(.requestsRefusedBusy)
            return close(.connectionsClosedForRoom)
        }
        var output = WireWriter(capacity: rest.count)
        output.span(rest.bytes)
        pointee.output = consume output
        pointee.outputByteCount = rest.count
        pointee.outputStart = 0
        core.pointee.changeBuffered(by: rest.count)
        pointee.stream.stopReading()
        writePart()
    }

    /// Gives the system the next part of what waits.
    private func writePart() {
        enter(.writing, nowNanoseconds: SystemClock.coarseMonotonicNanoseconds())
        guard let start = pointee.output?.address(of: pointee.outputStart) else { return }
        let part = UnsafeRawBufferPointer(start: start, count: outputPartByteCount)
        if pointee.stream.write(part) != 0 { return close(.connectionsClosedByError) }
        pointee.untakenByteCount = untakenByteCountNow
    }

    /// Whether the peer has taken bytes since this was last asked. The system's buffer tells: it may hold megabytes,
    /// and asks for more only when a third of them has gone.
    func hasTakenBytes() -> Bool {
        let before = pointee.untakenByteCount
        pointee.untakenByteCount = untakenByteCountNow
        return pointee.untakenByteCount < before
    }

    private var untakenByteCountNow: Int {
        pointee.stream.unacknowledgedByteCount + pointee.outputByteCount - pointee.outputStart
    }

    private var outputPartByteCount: Int {
        Swift.min(Self.outputPartMax, pointee.outputByteCount - pointee.outputStart)
    }

    /// A part of what had to wait is sent.
    func written(_ errno: Int32) {
        guard errno == 0 else { return close(.connectionsClosedByError) }
        let byteCount = outputPartByteCount
        pointee.outputStart += byteCount
        pointee.core.pointee.metrics.add(.bytesSentTCP, byteCount)
        pointee.core.pointee.changeBuffered(by: -byteCount)
        guard pointee.outputStart == pointee.outputByteCount else { return writePart() }
        pointee.output = nil
        enter(.idle, nowNanoseconds: SystemClock.coarseMonotonicNanoseconds())
        guard sendWaitingLateAnswers() else { return }
        askForMore()
        goOn()
    }

    /// After answers have been taken: what came behind their requests is answered, and then there is reading again.
    func goOn() {
        pointee.hasReadAll = false
        if pointee.endReason == nil { answerInput() }
        guard !pointee.isClosed, pointee.output == nil, pointee.phase != .ending else { return }
        if pointee.endReason != nil {
            endIfAnswered()
        } else if pointee.isHoldingBack {
            return
        } else if pointee.stream.startReading() != 0 {
            close(.connectionsClosedByError)
        }
    }

    /// The peer has ended its side, or the connection broke. What it asked before is still answered.
    func ended(_ errno: Int32) {
        guard errno == 0 else { return close(.connectionsClosedByError) }
        pointee.peerHasEnded = true
        if pointee.phase == .ending, let reason = pointee.endReason { return close(reason) }
        end(because: .connectionsClosedByPeer)
    }

    /// Reads no more requests, and ends our side after the last answer and the connection after that.
    func end(because reason: Metric) {
        guard !pointee.isClosed, pointee.endReason == nil else { return }
        pointee.endReason = reason
        releaseInput()
        endIfAnswered()
    }

    /// Ends our side, unless answers are still to come or to be taken.
    func endIfAnswered() {
        guard pointee.output == nil, pointee.deferredCount == 0, pointee.phase != .ending else { return }
        shutDown()
    }

    private func shutDown() {
        enter(.ending, nowNanoseconds: SystemClock.coarseMonotonicNanoseconds())
        if pointee.stream.shutDown() != 0 { close(.connectionsClosedByError) }
    }

    /// Our side has ended. Unless the peer's has too, it is awaited, for a time: closing over bytes that wait unread
    /// would reset the connection, and the last answer might be lost with it.
    func hasShutDown() {
        guard !pointee.isClosed, let reason = pointee.endReason else { return }
        if pointee.peerHasEnded || pointee.stream.startReading() != 0 { close(reason) }
    }
}
