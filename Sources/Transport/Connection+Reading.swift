internal import EventLoop
internal import Resolution
internal import ResolutionProtocol

/// From bytes to answered requests.
extension UnsafeMutablePointer where Pointee == Connection {
    /// An unfinished message up to this size is moved in front of what is read next, so that a read takes as much
    /// behind it as without. What an idle connection keeps for it is no larger.
    private static var inputMovedMax: Int { 4 << 10 }
    /// Room offered behind a longer unfinished message, in bytes.
    private static var inputGrowth: Int { 16 << 10 }

    /// Memory to read into: the worker's, or behind what this connection has of a long unfinished message.
    func readTarget(_ byteCount: UnsafeMutablePointer<Int>) -> UnsafeMutableRawPointer? {
        let kept = pointee.inputByteCount
        guard kept <= Self.inputMovedMax else {
            byteCount.pointee = Self.inputGrowth
            return pointee.input?.reserve(Self.inputGrowth)
        }
        byteCount.pointee = WorkerCore.readBufferByteCount &- kept
        return pointee.core.pointee.readBuffer + kept
    }

    /// Takes `byteCount` bytes that came into what `readTarget` lent.
    func received(_ byteCount: Int) {
        guard !pointee.isClosed, byteCount > 0 else { return }
        let core = pointee.core
        core.pointee.metrics.add(.bytesReceivedTCP, byteCount)
        // What comes after our end is read, so that the peer is not reset before it has our last answer, and dropped.
        guard pointee.phase != .ending else { return }
        core.pointee.connections.moveToEnd(self)
        let kept = pointee.inputByteCount
        guard kept <= Self.inputMovedMax else {
            pointee.hasReadAll = byteCount < Self.inputGrowth
            pointee.input?.advance(byteCount)
            pointee.inputByteCount = kept &+ byteCount
            core.pointee.changeBuffered(by: byteCount)
            return answerInput()
        }
        let count = kept &+ byteCount
        pointee.hasReadAll = count < WorkerCore.readBufferByteCount
        moveInput(to: core.pointee.readBuffer)
        let bytes = UnsafeRawBufferPointer(start: core.pointee.readBuffer, count: count)
        let used = answer(bytes)
        guard !pointee.isClosed, used < count else { return }
        keep(UnsafeRawBufferPointer(rebasing: bytes[used...]))
    }

    /// Answers what is whole of the input kept, and keeps the rest.
    func answerInput() {
        guard let input = pointee.input.take() else { return }
        let count = input.count
        pointee.inputByteCount = 0
        pointee.core.pointee.changeBuffered(by: -count)
        let bytes = UnsafeRawBufferPointer(start: input.address(of: 0), count: count)
        let used = answer(bytes)
        guard !pointee.isClosed, used < count else { return }
        if used == 0 {
            // Not copied: a long message that comes byte by byte would be copied as often as it has bytes.
            guard pointee.core.pointee.hasRoom(for: count) else {
                refuseAsBusy(bytes)
                return extendLifetime(input)
            }
            pointee.input = consume input
            noteInput(count)
        } else {
            keep(UnsafeRawBufferPointer(rebasing: bytes[used...]))
            extendLifetime(input)
        }
    }

    /// Copies what is kept of an unfinished message to `place`, which has room for it, and forgets it.
    private func moveInput(to place: UnsafeMutableRawPointer) {
        let kept = pointee.inputByteCount
        guard kept > 0, let start = pointee.input?.address(of: 0) else { return }
        place.copyMemory(from: start, byteCount: kept)
        pointee.input?.removeAll()
        pointee.inputByteCount = 0
        pointee.core.pointee.changeBuffered(by: -kept)
    }

    /// Keeps the beginning of a message until the rest has come, or requests until answers before them have been taken.
    private func keep(_ bytes: UnsafeRawBufferPointer) {
        guard pointee.core.pointee.hasRoom(for: bytes.count) else { return refuseAsBusy(bytes) }
        if bytes.count > Self.inputMovedMax {
            // Grown as bytes come, never by what an envelope announces.
            pointee.input = WireWriter(
                capacity: bytes.count + Self.inputGrowth,
                byteCountMax: Envelope.byteCount + Envelope.messageLengthMax + WorkerCore.readBufferByteCount * 2
            )
        } else if pointee.input == nil {
            pointee.input = WireWriter(capacity: Self.inputMovedMax)
        }
        pointee.input?.span(bytes.bytes)
        noteInput(bytes.count)
    }

    private func noteInput(_ byteCount: Int) {
        pointee.inputByteCount = byteCount
        pointee.core.pointee.changeBuffered(by: byteCount)
    }

    /// Answers the whole messages at the start of `bytes`; returns how many bytes they take.
    ///
    /// Stops early where the peer is not taking the answers; the connection may be closed when this returns.
    private func answer(_ bytes: UnsafeRawBufferPointer) -> Int {
        let core = pointee.core
        var used = 0
        core.pointee.writer.removeAll()
        while pointee.output == nil, !isHeldBack {
            core.pointee.batch.removeAll()
            let framed = takeFrames(of: bytes, from: used)
            guard core.pointee.batch.count > 0 else { break }
            guard answerBatch(in: bytes) else { continue }
            used = framed.end
            if framed.isOverlong { return endAfterError(bytes.count) }
            if pointee.standing == .brief, pointee.deferredCount == 0 { return endAfterOne(bytes.count) }
            if core.pointee.writer.count >= core.pointee.settings.pendingOutputByteCount / 4 { send() }
            guard !pointee.isClosed else { return bytes.count }
        }
        if core.pointee.writer.count > 0 { send() }
        if isHeldBack, !pointee.isClosed { holdBack() }
        if !pointee.isClosed { settle(hasRest: used < bytes.count, hasProgressed: used > 0) }
        return used
    }

    /// Answers the batch; false where the answers turned out larger than one connection may hold unsent, so that the
    /// same requests are to be answered one by one.
    private func answerBatch(in bytes: UnsafeRawBufferPointer) -> Bool {
        let core = pointee.core
        let started = WorkerCore.now()
        let before = core.pointee.writer.count
        core.pointee.respond(in: bytes.bytes, started: started)
        let count = core.pointee.batch.count
        let byteCount = core.pointee.writer.count &- before
        let byteCountMax = core.pointee.settings.pendingOutputByteCount / 4 * 3
        guard byteCount <= byteCountMax || count == 1 else {
            core.pointee.writer.truncate(to: before)
            core.pointee.writer.shrink(toCapacity: WorkerCore.writerByteCount)
            pointee.frameCountMax = 1
            return false
        }
        core.pointee.conclude(started: started)
        if core.pointee.hasDeferred { leaveToAdministration(in: bytes, at: started) }
        if core.pointee.hasRecursion { leaveToRecursion(in: bytes, at: started) }
        core.pointee.metrics.add(.requestsTCP, count)
        pointee.hasBeenAnswered = true
        // Batches are large while answers are small.
        pointee.frameCountMax = byteCount / count <= 8 << 10 ? KeyBatch.capacity : 1
        return true
    }

    /// Reads no more until administration has answered some of what it was asked.
    private func holdBack() {
        pointee.isHoldingBack = true
        pointee.stream.stopReading()
    }

    /// Few places are left for connections, so this one has had its request.
    private func endAfterOne(_ byteCount: Int) -> Int {
        send()
        end(because: .connectionsClosedCrowded)
        return byteCount
    }

    /// An overlong message: what follows it cannot be told from its content, so the connection ends after the refusal.
    private func endAfterError(_ byteCount: Int) -> Int {
        pointee.core.pointee.metrics.add(.messagesOverLimit)
        send()
        end(because: .connectionsClosedByError)
        return byteCount
    }

    /// Puts the next whole messages into the batch. An overlong one is put in with its envelope alone and ends it.
    private func takeFrames(of bytes: UnsafeRawBufferPointer, from start: Int) -> (end: Int, isOverlong: Bool) {
        var end = start
        while pointee.core.pointee.batch.count < pointee.frameCountMax, bytes.count - end >= Envelope.byteCount {
            let announced = bytes.loadUnaligned(fromByteOffset: end + 16, as: UInt32.self).bigEndian
            guard announced <= UInt32(Envelope.messageLengthMax) else {
                append(offset: end, byteCount: Envelope.byteCount)
                return (end, true)
            }
            let byteCount = Envelope.byteCount + Int(announced)
            guard bytes.count - end >= byteCount else { break }
            append(offset: end, byteCount: byteCount)
            end += byteCount
        }
        return (end, false)
    }

    private func append(offset: Int, byteCount: Int) {
        pointee.core.pointee.batch.append(
            offset: offset,
            byteCount: byteCount,
            origin: pointee.origin,
            isDatagram: false,
            source: pointee.source,
            port: pointee.port
        )
    }

    /// Enters the phase that what is left to do calls for.
    private func settle(hasRest: Bool, hasProgressed: Bool) {
        guard pointee.output == nil else { return }
        let now = SystemClock.coarseMonotonicNanoseconds()
        if hasRest {
            // The time of a message begins with its own first byte, not with that of an earlier one.
            if pointee.phase != .receiving || hasProgressed { enter(.receiving, nowNanoseconds: now) }
        } else if pointee.hasBeenAnswered {
            enter(.idle, nowNanoseconds: now)
        }
    }
}
