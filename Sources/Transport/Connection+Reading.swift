internal import EventLoop
internal import Resolution
internal import ResolutionProtocol

/// From bytes to answered requests.
extension UnsafeMutablePointer where Pointee == Connection {
    /// Least room offered for the rest of a message, in bytes.
    private static var inputGrowth: Int { 4 << 10 }

    /// Memory to read into: the worker's, or behind what this connection has of an unfinished message.
    func readTarget(_ byteCount: UnsafeMutablePointer<Int>) -> UnsafeMutableRawPointer? {
        guard pointee.input != nil else {
            byteCount.pointee = WorkerCore.readBufferByteCount
            return pointee.core.pointee.readBuffer
        }
        byteCount.pointee = Self.inputGrowth
        return pointee.input?.reserve(Self.inputGrowth)
    }

    /// Takes `byteCount` bytes that came into what `readTarget` lent.
    func received(_ bytes: UnsafeMutableRawPointer, _ byteCount: Int) {
        guard !pointee.isClosed, byteCount > 0 else { return }
        let core = pointee.core
        core.pointee.metrics.add(.bytesReceivedTCP, byteCount)
        core.pointee.connections.moveToEnd(self)
        guard pointee.input == nil else {
            pointee.input?.advance(byteCount)
            core.pointee.changeBuffered(by: byteCount)
            return answerInput()
        }
        let used = answer(UnsafeRawBufferPointer(start: bytes, count: byteCount))
        guard !pointee.isClosed, used < byteCount else { return }
        keep(UnsafeRawBufferPointer(start: bytes + used, count: byteCount - used))
    }

    /// Answers what is whole of the input kept, and keeps the rest.
    func answerInput() {
        guard let input = pointee.input.take() else { return }
        defer { extendLifetime(input) }
        let count = input.count
        let used = answer(UnsafeRawBufferPointer(start: input.address(of: 0), count: count))
        pointee.core.pointee.changeBuffered(by: -count)
        guard !pointee.isClosed, used < count else { return }
        keep(UnsafeRawBufferPointer(start: input.address(of: used), count: count - used))
    }

    /// Keeps the beginning of a message until the rest has come.
    private func keep(_ bytes: UnsafeRawBufferPointer) {
        let core = pointee.core
        guard core.pointee.bufferedByteCount + bytes.count <= core.pointee.bufferedByteCountMax else {
            core.pointee.metrics.add(.requestsRefusedBusy)
            return close(.connectionsClosedForRoom)
        }
        // Grown as bytes come, never by what an envelope announces.
        var input = WireWriter(
            capacity: max(bytes.count, Self.inputCapacity),
            byteCountMax: Envelope.byteCount + Envelope.messageLengthMax + WorkerCore.readBufferByteCount * 2
        )
        input.span(bytes.bytes)
        pointee.input = consume input
        core.pointee.changeBuffered(by: bytes.count)
        if pointee.phase == .unasked || pointee.phase == .idle {
            enter(.receiving, nowNanoseconds: SystemClock.coarseMonotonicNanoseconds())
        }
    }

    /// Memory for the beginning of a message, in bytes.
    private static var inputCapacity: Int { 1 << 10 }

    /// Answers the whole messages at the start of `bytes`; returns how many bytes they take.
    ///
    /// Stops early where the peer is not taking the answers; the connection may be closed when this returns.
    private func answer(_ bytes: UnsafeRawBufferPointer) -> Int {
        let core = pointee.core
        var used = 0
        core.pointee.writer.removeAll()
        while pointee.output == nil {
            let started = WorkerCore.now()
            core.pointee.batch.removeAll()
            let framed = takeFrames(of: bytes, from: used)
            guard core.pointee.batch.count > 0 else { break }
            core.pointee.metrics.add(.requestsTCP, core.pointee.batch.count)
            let before = core.pointee.writer.count
            core.pointee.exchange(in: bytes.bytes, started: started)
            adaptFrameCount(answered: core.pointee.batch.count, byteCount: core.pointee.writer.count - before)
            used = framed.end
            pointee.hasBeenAnswered = true
            if framed.isOverlong { return endAfterError(bytes.count) }
            if core.pointee.writer.count >= core.pointee.settings.pendingOutputByteCount { send() }
            guard !pointee.isClosed else { return bytes.count }
        }
        if core.pointee.writer.count > 0 { send() }
        if !pointee.isClosed { settle(hasRest: used < bytes.count, hasProgressed: used > 0) }
        return used
    }

    /// An overlong message: what follows it cannot be told from its content, so the connection ends after the refusal.
    private func endAfterError(_ byteCount: Int) -> Int {
        pointee.core.pointee.metrics.add(.messagesOverLimit)
        send()
        guard !pointee.isClosed else { return byteCount }
        pointee.stream.stopReading()
        pointee.peerHasEnded = true
        if pointee.output == nil { end() }
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
            RequestSlot(
                offset: offset,
                byteCount: byteCount,
                origin: pointee.origin,
                isDatagram: false,
                source: pointee.source,
                port: pointee.port
            )
        )
    }

    /// Batches grow while answers are small: 32 answers of the largest size would be 8 MiB.
    private func adaptFrameCount(answered: Int, byteCount: Int) {
        let isSmall = byteCount / max(1, answered) <= 8 << 10
        pointee.frameCountMax = isSmall ? KeyBatch.capacity : 1
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
