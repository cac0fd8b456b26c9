internal import EventLoop
internal import Glibc
internal import ResolutionProtocol

/// From answers to bytes on the way, and the end of a connection.
extension UnsafeMutablePointer where Pointee == Connection {
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
        var output = WireWriter(capacity: rest.count)
        output.span(rest.bytes)
        let bytes = UnsafeRawBufferPointer(start: output.address(of: 0), count: output.count)
        pointee.output = consume output
        pointee.core.pointee.changeBuffered(by: rest.count)
        guard pointee.stream.write(bytes) == 0 else { return close(.connectionsClosedByError) }
        pointee.stream.stopReading()
        enter(.writing, nowNanoseconds: SystemClock.coarseMonotonicNanoseconds())
    }

    /// What had to wait is sent.
    func written(_ errno: Int32) {
        guard errno == 0 else { return close(.connectionsClosedByError) }
        pointee.core.pointee.metrics.add(.bytesSentTCP, releaseOutput())
        enter(.idle, nowNanoseconds: SystemClock.coarseMonotonicNanoseconds())
        answerInput()
        guard !pointee.isClosed, pointee.output == nil else { return }
        if pointee.peerHasEnded {
            end()
        } else if pointee.stream.startReading() != 0 {
            close(.connectionsClosedByError)
        }
    }

    /// The peer has ended its side, or the connection broke. What it asked before is still answered.
    func ended(_ errno: Int32) {
        guard errno == 0 else { return close(.connectionsClosedByError) }
        pointee.peerHasEnded = true
        if pointee.output == nil { end() }
    }

    /// Ends our side after the last answer, and the connection after that.
    func end() {
        guard pointee.phase != .ending else { return }
        enter(.ending, nowNanoseconds: SystemClock.coarseMonotonicNanoseconds())
        if pointee.stream.shutDown() != 0 { close(.connectionsClosedByPeer) }
    }
}
