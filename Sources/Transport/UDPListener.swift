internal import EventLoop
internal import Resolution
internal import ResolutionProtocol

/// Datagrams of one socket: a batch is received, answered as one, and sent as one. Reached by pointer from the loop.
struct UDPListener: ~Copyable {
    /// Batches per wake-up, so that other sockets of the worker get their turn.
    private static let batchesPerWakeUp = 8
    /// Batches of a drain: more than the 4 MiB that the kernel keeps for a socket hold, and yet an end under a flood.
    private static let batchesPerDrain = 512

    private let core: UnsafeMutablePointer<WorkerCore>
    /// Its number among the worker's.
    private let number: Int
    private let origin: OriginClass?
    private var datagrams = DatagramBatch()
    private let joiner: UnsafeMutablePointer<PacketJoiner>
    private var socket: UDPSocket?
    private var kernelDropped: UInt64 = 0
    /// Told when the socket is gone.
    private let closed: () -> Void

    private init(
        core: UnsafeMutablePointer<WorkerCore>,
        number: Int,
        origin: OriginClass?,
        closed: @escaping () -> Void
    ) {
        self.core = core
        self.number = number
        self.origin = origin
        self.closed = closed
        var limits = PacketJoiner.Limits()
        limits.messagesPerSource = core.pointee.settings.reassemblyPerSourceMax
        // The bounds are the node's; each listener of each worker has its share.
        let listenerCount = core.pointee.settings.listeners.count(where: \.isUDP)
        let shareCount = max(1, core.pointee.settings.workerCount * listenerCount)
        limits.messages = max(1, core.pointee.settings.reassemblyCountMax / shareCount)
        limits.byteCount = max(Envelope.messageLengthMax, core.pointee.settings.reassemblyByteCountMax / shareCount)
        limits.lifetimeNanoseconds = core.pointee.settings.reassemblyNanoseconds
        joiner = .allocate(capacity: 1)
        joiner.initialize(to: PacketJoiner(limits: limits))
    }

    deinit {
        joiner.deinitialize(count: 1)
        joiner.deallocate()
    }

    /// Begins to answer what comes to `socket`; the memory is given back when the socket has been closed.
    static func open(
        on loop: borrowing EventLoop,
        socket: BoundSocket,
        core: UnsafeMutablePointer<WorkerCore>,
        number: Int = 0,
        origin: OriginClass?,
        closed: @escaping () -> Void
    ) throws(EventLoopError) -> UnsafeMutablePointer<UDPListener> {
        let listener = UnsafeMutablePointer<UDPListener>.allocate(capacity: 1)
        listener.initialize(to: UDPListener(core: core, number: number, origin: origin, closed: closed))
        do throws(EventLoopError) {
            listener.pointee.socket = try UDPSocket(
                on: loop,
                socket: socket,
                context: UnsafeMutableRawPointer(listener),
                readable: { $0.assumingMemoryBound(to: UDPListener.self).pointee.readable() },
                closed: { UDPListener.release($0.assumingMemoryBound(to: UDPListener.self)) }
            )
        } catch {
            listener.deinitialize(count: 1)
            listener.deallocate()
            throw error
        }
        return listener
    }

    private static func release(_ listener: UnsafeMutablePointer<UDPListener>) {
        let closed = listener.pointee.closed
        listener.deinitialize(count: 1)
        listener.deallocate()
        closed()
    }

    /// Answers what has come in so far, at most what the kernel keeps, and closes the socket.
    mutating func drain() {
        for _ in 0..<Self.batchesPerDrain {
            guard receiveAndAnswer() else { break }
        }
        noteKernelDrops()
        socket?.close()
        socket = nil
    }

    /// Forgets requests whose packets did not all come. Called now and then.
    mutating func expire(nowNanoseconds: UInt64) {
        guard joiner.pointee.messageCount > 0 else { return }
        joiner.pointee.expire(nowNanoseconds: nowNanoseconds)
        core.pointee.metrics.set(.reassembliesOpen, joiner.pointee.messageCount)
    }

    private mutating func readable() {
        for _ in 0..<Self.batchesPerWakeUp {
            guard receiveAndAnswer() else { break }
        }
        noteKernelDrops()
    }

    /// Answers one batch; whether there may be more.
    private mutating func receiveAndAnswer() -> Bool {
        guard let descriptor = socket?.descriptor else { return false }
        let count = datagrams.receive(descriptor)
        guard count > 0 else { return false }
        answer(count, descriptor: descriptor)
        return count == DatagramBatch.capacity
    }

    private mutating func answer(_ count: Int, descriptor: Int32) {
        let time = WorkerCore.now()
        let metrics = core.pointee.metrics
        metrics.add(.datagramsReceived, count)
        core.pointee.batch.removeAll()
        core.pointee.writer.removeAll()
        var places = SlotPlaces()
        var isCut = false
        for slot in 0..<count {
            metrics.add(.bytesReceivedUDP, datagrams.byteCount(of: slot))
            if isPacketOfSeveral(slot) { isCut = true } else { take(slot, &places) }
        }
        core.pointee.exchange(in: datagrams.block, started: time)
        if core.pointee.hasDeferred { leaveToAdministration(receivedIn: places, at: time) }
        for index in 0..<core.pointee.batch.count {
            queueAnswer(index, toPeerOf: places[index], descriptor: descriptor)
        }
        flush(descriptor)
        guard isCut else { return }
        for slot in 0..<count where isPacketOfSeveral(slot) { join(slot, descriptor: descriptor, time: time) }
    }

    /// Puts the datagram of `slot` into the batch, unless it is not worth an answer.
    private mutating func take(_ slot: Int, _ places: inout SlotPlaces) {
        let metrics = core.pointee.metrics
        guard !datagrams.wasTruncated(slot) else { return metrics.add(.datagramsTooLong) }
        guard datagrams.byteCount(of: slot) >= Envelope.byteCount, let peer = datagrams.peer(of: slot) else {
            return metrics.add(.datagramsTooShort)
        }
        guard announcedByteCount(of: slot) <= UInt32(Envelope.messageLengthMax) else {
            return metrics.add(.messagesOverLimit)
        }
        metrics.add(.requestsUDP)
        places[core.pointee.batch.count] = slot
        core.pointee.batch.append(
            RequestSlot(
                offset: datagrams.offset(of: slot),
                byteCount: datagrams.byteCount(of: slot),
                origin: origin ?? core.pointee.origin(of: peer),
                isDatagram: true,
                source: peer.querySource,
                port: peer.port
            )
        )
    }

    /// The message length in the envelope of a datagram that holds one (reliability case P3).
    private func announcedByteCount(of slot: Int) -> UInt32 {
        datagrams.block.unsafeLoadUnaligned(fromByteOffset: datagrams.offset(of: slot) &+ 16, as: UInt32.self).bigEndian
    }

    /// Whether the envelope says that it is one packet of a longer message (TC, wire.md §9).
    private func isPacketOfSeveral(_ slot: Int) -> Bool {
        guard datagrams.byteCount(of: slot) >= Envelope.byteCount else { return false }
        let third = datagrams.block.unsafeLoad(fromByteOffset: datagrams.offset(of: slot) &+ 2, as: UInt8.self)
        return third & Envelope.Flags.truncated.rawValue != 0
    }

    /// Queues answer number `index` of the batch, cut into packets where it is long.
    private mutating func queueAnswer(_ index: Int, toPeerOf slot: Int, descriptor: Int32) {
        let answer = core.pointee.batch.slots[index]
        guard answer.answerByteCount > 0 else { return }
        let start = core.pointee.writer.address(of: answer.answerOffset)
        let messageByteCount = answer.answerByteCount &- Envelope.byteCount
        guard messageByteCount > Packets.payloadByteCountMax else {
            let whole = UnsafeRawBufferPointer(start: start, count: answer.answerByteCount)
            return queue(head: UnsafeRawBufferPointer(start: nil, count: 0), body: whole, slot, descriptor)
        }
        Packets.forEach(from: start, messageByteCount: messageByteCount) { head, body in
            queue(head: head, body: body, slot, descriptor)
        }
    }

    private mutating func queue(
        head: UnsafeRawBufferPointer,
        body: UnsafeRawBufferPointer,
        _ slot: Int,
        _ descriptor: Int32
    ) {
        if datagrams.needsFlush { flush(descriptor) }
        _ = datagrams.queue(head: head, body: body, toPeerOf: slot)
        core.pointee.metrics.add(.bytesSentUDP, head.count &+ body.count)
    }

    private mutating func flush(_ descriptor: Int32) {
        guard datagrams.queuedCount > 0 else { return }
        let result = datagrams.flush(descriptor)
        core.pointee.metrics.add(.datagramsSent, result.sent)
        if result.dropped > 0 { core.pointee.metrics.add(.datagramsNotSent, result.dropped) }
    }

    private mutating func noteKernelDrops() {
        let total = datagrams.counters.kernelDroppedCount
        guard total != kernelDropped else { return }
        core.pointee.metrics.add(.datagramsDroppedByKernel, Int(truncatingIfNeeded: total &- kernelDropped))
        kernelDropped = total
    }

    /// Takes a packet of a longer request, and answers the request once it is whole. Rare, so it may allocate.
    @inline(never)
    private mutating func join(_ slot: Int, descriptor: Int32, time: BatchTime) {
        guard let peer = datagrams.peer(of: slot) else { return }
        let outcome = takePacket(slot, from: peer, nowNanoseconds: time.nanoseconds)
        core.pointee.metrics.set(.reassembliesOpen, joiner.pointee.messageCount)
        switch outcome {
        case .waiting: break
        case .dropped(.malformed): core.pointee.metrics.add(.packetsMalformed)
        case .dropped(.conflicting): core.pointee.metrics.add(.packetsConflicting)
        case .dropped(.full): core.pointee.metrics.add(.packetsOverLimit)
        case .complete(let message): answer(joined: message, from: peer, slot: slot, descriptor: descriptor, time: time)
        }
    }

    private mutating func takePacket(
        _ slot: Int,
        from peer: SocketAddress,
        nowNanoseconds: UInt64
    ) -> PacketJoiner.Outcome {
        var reader = WireReader(datagrams.datagram(at: slot))
        guard let envelope = try? Envelope(from: &reader), let payload = try? reader.span(byteCount: reader.remaining)
        else { return .dropped(.malformed) }
        return joiner.pointee.take(
            envelope: envelope,
            payload: payload,
            from: peer.bytes,
            nowNanoseconds: nowNanoseconds
        )
    }

    private mutating func answer(
        joined message: [UInt8],
        from peer: SocketAddress,
        slot: Int,
        descriptor: Int32,
        time: BatchTime
    ) {
        core.pointee.metrics.add(.packetsJoined)
        core.pointee.metrics.add(.requestsUDP)
        core.pointee.batch.removeAll()
        core.pointee.writer.removeAll()
        core.pointee.batch.append(
            RequestSlot(
                offset: 0,
                byteCount: message.count,
                origin: origin ?? core.pointee.origin(of: peer),
                isDatagram: true,
                source: peer.querySource,
                port: peer.port
            )
        )
        core.pointee.exchange(in: message.span.bytes, started: time)
        if core.pointee.hasDeferred { leaveToAdministration(message, receivedIn: slot, at: time) }
        queueAnswer(0, toPeerOf: slot, descriptor: descriptor)
        flush(descriptor)
    }
}

// Requests that administration answers later.
extension UDPListener {
    /// Leaves what the received batch deferred to administration.
    @inline(never)
    private mutating func leaveToAdministration(receivedIn places: SlotPlaces, at time: BatchTime) {
        for index in 0..<core.pointee.batch.count where core.pointee.batch.slots[index].isDeferred {
            let slot = core.pointee.batch.slots[index]
            let message = [UInt8](datagrams.block.extracting(slot.offset..<(slot.offset &+ slot.byteCount)))
            settle(index, message, receivedIn: places[index], at: time)
        }
    }

    /// Leaves the one request of a batch, `message`, to administration.
    private mutating func leaveToAdministration(_ message: [UInt8], receivedIn place: Int, at time: BatchTime) {
        settle(0, message, receivedIn: place, at: time)
    }

    /// Leaves request `index` of the batch to administration; what that has no room for is answered with code 3.
    private mutating func settle(_ index: Int, _ message: [UInt8], receivedIn place: Int, at time: BatchTime) {
        let slot = core.pointee.batch.slots + index
        guard !leave(slot.pointee, message, receivedIn: place, at: time) else { return }
        slot.pointee.offset = 0
        core.pointee.responder.refuseDeferred(
            &slot.pointee,
            in: message.span.bytes,
            at: time,
            into: &core.pointee.writer
        )
        core.pointee.metrics.add(.answers(slot.pointee.responseCode))
    }

    private func leave(
        _ slot: RequestSlot,
        _ message: [UInt8],
        receivedIn place: Int,
        at time: BatchTime
    ) -> Bool {
        guard let administration = core.pointee.administration, let answers = core.pointee.lateAnswers else {
            return false
        }
        let path = datagrams.returnPath(of: place)
        let listener = number
        let peer = AdministrationPeer(
            source: slot.source,
            port: slot.port,
            origin: slot.origin,
            isRepeated: slot.isRepeated
        )
        return administration.take(
            AdministrationRequest(bytes: message, peer: peer, received: time) { answer in
                _ = answers.post(.datagram(listener: listener, path, answer))
            }
        )
    }

    /// Sends an answer of administration, which is one message.
    mutating func send(_ answer: AdministrationAnswer, along path: DatagramReturn) {
        core.pointee.metrics.add(.answers(ResponseCode(rawValue: answer.code)))
        guard let descriptor = socket?.descriptor, answer.bytes.count > Envelope.byteCount else { return }
        answer.bytes.withUnsafeBytes { bytes in
            guard let start = bytes.baseAddress else { return }
            let messageByteCount = bytes.count &- Envelope.byteCount
            if messageByteCount <= Packets.payloadByteCountMax {
                queue(head: UnsafeRawBufferPointer(start: nil, count: 0), body: bytes, along: path, descriptor)
            } else {
                Packets.forEach(from: start, messageByteCount: messageByteCount) { head, body in
                    queue(head: head, body: body, along: path, descriptor)
                }
            }
            // Here, while the bytes are lent.
            flush(descriptor)
        }
    }

    private mutating func queue(
        head: UnsafeRawBufferPointer,
        body: UnsafeRawBufferPointer,
        along path: DatagramReturn,
        _ descriptor: Int32
    ) {
        if datagrams.needsFlush { flush(descriptor) }
        _ = datagrams.queue(head: head, body: body, along: path)
        core.pointee.metrics.add(.bytesSentUDP, head.count &+ body.count)
    }
}

/// Which received datagram each request of a batch came from.
private struct SlotPlaces {
    private var places = InlineArray<32, UInt8>(repeating: 0)

    subscript(_ index: Int) -> Int {
        get { Int(places[index]) }
        set { places[index] = UInt8(truncatingIfNeeded: newValue) }
    }
}

extension WorkerCore {
    /// What a query from `address` counts as.
    func origin(of address: SocketAddress) -> OriginClass {
        origins._withUnsafeGuaranteedRef { $0.origin(of: address) }
    }
}
