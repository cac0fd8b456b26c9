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
    /// Of the socket that takes what probes send: whether those are IPv6 addresses; nil: it takes what others send.
    private let steersIPv6: Bool?
    private var datagrams = DatagramBatch()
    private let joiner: UnsafeMutablePointer<PacketJoiner>
    private var socket: UDPSocket?
    private var kernelDropped: UInt64 = 0
    private var joined: UInt64 = 0
    /// Told when the socket is gone.
    private let closed: () -> Void

    private init(
        core: UnsafeMutablePointer<WorkerCore>,
        number: Int,
        origin: OriginClass?,
        steersIPv6: Bool?,
        closed: @escaping () -> Void
    ) {
        self.core = core
        self.number = number
        self.origin = origin
        self.steersIPv6 = steersIPv6
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
        steersIPv6: Bool? = nil,
        closed: @escaping () -> Void
    ) throws(EventLoopError) -> UnsafeMutablePointer<UDPListener> {
        let listener = UnsafeMutablePointer<UDPListener>.allocate(capacity: 1)
        listener.initialize(
            to: UDPListener(core: core, number: number, origin: origin, steersIPv6: steersIPv6, closed: closed)
        )
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
        noteCounters()
        socket?.close()
        socket = nil
    }

    /// Has the kernel tell probes by `settings` from now on, where this is the socket for them.
    func steer(by settings: TransportSettings) {
        guard let steersIPv6, let descriptor = socket?.descriptor else { return }
        // Where it fails they are told apart as before.
        _ = settings.steering(isIPv6: steersIPv6).attach(to: descriptor)
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
        noteCounters()
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
        var limited = LimitedSlots()
        var isCut = false
        for slot in 0..<count {
            metrics.add(.bytesReceivedUDP, datagrams.byteCount(of: slot))
            if isPacketOfSeveral(slot) { isCut = true } else { take(slot, &places, &limited, time) }
        }
        core.pointee.respond(in: datagrams.block, started: time)
        for index in 0..<core.pointee.batch.count where limited[index] { core.pointee.limitAnswer(index, at: time) }
        core.pointee.conclude(started: time)
        if core.pointee.hasDeferred { leaveToAdministration(receivedIn: places, at: time) }
        if core.pointee.hasRecursion { leaveToRecursion(in: datagrams.block, at: time) { places[$0] } }
        for index in 0..<core.pointee.batch.count {
            queueAnswer(index, toPeerOf: places[index], descriptor: descriptor)
        }
        flush(descriptor)
        guard isCut else { return }
        for slot in 0..<count where isPacketOfSeveral(slot) { join(slot, descriptor: descriptor, time: time) }
    }

    /// Puts the datagram of `slot` into the batch, unless it is not worth an answer.
    private mutating func take(
        _ slot: Int,
        _ places: inout SlotPlaces,
        _ limited: inout LimitedSlots,
        _ time: BatchTime
    ) {
        let metrics = core.pointee.metrics
        guard !datagrams.wasTruncated(slot) else { return metrics.add(.datagramsTooLong) }
        guard datagrams.byteCount(of: slot) >= Envelope.byteCount, let peer = datagrams.peer(of: slot) else {
            return metrics.add(.datagramsTooShort)
        }
        guard announcedByteCount(of: slot) <= UInt32(Envelope.messageLengthMax) else {
            return metrics.add(.messagesOverLimit)
        }
        let admission = core.pointee.admit(peer, byteCount: datagrams.byteCount(of: slot), at: time)
        guard admission != .refused else { return }
        metrics.add(.requestsUDP)
        places[core.pointee.batch.count] = slot
        if admission == .limited { limited.insert(core.pointee.batch.count) }
        core.pointee.batch.append(
            offset: datagrams.offset(of: slot),
            byteCount: datagrams.byteCount(of: slot),
            origin: origin ?? core.pointee.origin(of: peer),
            isDatagram: true,
            source: peer.querySource,
            port: peer.port
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

    /// Carries what the batch counts to the metrics.
    private mutating func noteCounters() {
        let counters = datagrams.counters
        let metrics = core.pointee.metrics
        Self.carry(counters.kernelDroppedCount, over: &kernelDropped, to: .datagramsDroppedByKernel, of: metrics)
        Self.carry(counters.joinedCount, over: &joined, to: .datagramsJoined, of: metrics)
    }

    private static func carry(_ total: UInt64, over known: inout UInt64, to metric: Metric, of metrics: MetricWriter) {
        guard total != known else { return }
        metrics.add(metric, Int(truncatingIfNeeded: total &- known))
        known = total
    }

    /// Takes a packet of a longer request, and answers the request once it is whole. Rare, so it may allocate.
    @inline(never)
    private mutating func join(_ slot: Int, descriptor: Int32, time: BatchTime) {
        guard let peer = datagrams.peer(of: slot) else { return }
        let admission = core.pointee.admit(peer, byteCount: datagrams.byteCount(of: slot), at: time)
        guard admission != .refused else { return }
        let outcome = takePacket(slot, from: peer, nowNanoseconds: time.nanoseconds)
        core.pointee.metrics.set(.reassembliesOpen, joiner.pointee.messageCount)
        switch outcome {
        case .waiting: break
        case .dropped(.malformed): core.pointee.metrics.add(.packetsMalformed)
        case .dropped(.conflicting): core.pointee.metrics.add(.packetsConflicting)
        case .dropped(.full): core.pointee.metrics.add(.packetsOverLimit)
        case .complete(let message):
            answer(joined: message, from: peer, admission, slot: slot, descriptor: descriptor, time: time)
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
        _ admission: WorkerCore.Admission,
        slot: Int,
        descriptor: Int32,
        time: BatchTime
    ) {
        core.pointee.metrics.add(.packetsJoined)
        core.pointee.metrics.add(.requestsUDP)
        core.pointee.batch.removeAll()
        core.pointee.writer.removeAll()
        core.pointee.batch.append(
            offset: 0,
            byteCount: message.count,
            origin: origin ?? core.pointee.origin(of: peer),
            isDatagram: true,
            source: peer.querySource,
            port: peer.port
        )
        core.pointee.respond(in: message.span.bytes, started: time)
        if admission == .limited { core.pointee.limitAnswer(0, at: time) }
        core.pointee.conclude(started: time)
        if core.pointee.hasDeferred { leaveToAdministration(message, receivedIn: slot, at: time) }
        if core.pointee.hasRecursion { leaveToRecursion(in: message.span.bytes, at: time) { _ in slot } }
        queueAnswer(0, toPeerOf: slot, descriptor: descriptor)
        flush(descriptor)
    }
}

// Requests that are answered later.
extension UDPListener {
    /// Leaves what others are to be asked for to recursion; `place` tells in which received datagram a request lay.
    @inline(never)
    private func leaveToRecursion(in block: RawSpan, at time: BatchTime, place: (Int) -> Int) {
        for index in 0..<core.pointee.batch.count {
            let slot = core.pointee.batch.slots + index
            switch slot.pointee.recipient {
            case .nobody, .administration: continue
            case .refresh: core.pointee.refresh(slot.pointee, in: block)
            case .recursion:
                let way = RecursionTicket.Way.datagram(listener: number, datagrams.returnPath(of: place(index)))
                guard !core.pointee.askOthers(slot.pointee, in: block, way: way, at: time) else { continue }
                core.pointee.refuseRecursion(&slot.pointee, in: block, at: time)
            }
        }
    }

    /// Leaves what the received batch deferred to administration.
    @inline(never)
    private mutating func leaveToAdministration(receivedIn places: SlotPlaces, at time: BatchTime) {
        for index in 0..<core.pointee.batch.count where core.pointee.batch.slots[index].recipient == .administration {
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
        let source = slot.pointee.source
        if core.pointee.isLimited(SocketAddress(ipv6High: source.high, low: source.low, port: 0)) {
            core.pointee.limitAnswer(index, at: time)
        }
        core.pointee.note(slot.pointee)
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
        guard answer.bytes.count <= Envelope.byteCount || mayHave(answer.bytes.count, path.peer) else { return }
        core.pointee.metrics.add(.answers(ResponseCode(rawValue: answer.code)))
        transmit(answer.bytes, along: path)
    }

    /// Sends a message that its network may have, in packets where it is long.
    mutating func transmit(_ message: [UInt8], along path: DatagramReturn) {
        guard let descriptor = socket?.descriptor, message.count > Envelope.byteCount else { return }
        message.withUnsafeBytes { bytes in
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

    /// Whether an answer of `byteCount` bytes may go to `peer`; draws it.
    private func mayHave(_ byteCount: Int, _ peer: SocketAddress?) -> Bool {
        guard let peer, core.pointee.isLimited(peer) else { return true }
        let silence = core.pointee.draw(byteCount, to: SourceNetwork(peer), at: WorkerCore.now())
        if silence != .none { core.pointee.metrics.add(.silence(silence)) }
        return silence == .none
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

/// Which requests of a batch are answered from what their network may draw.
private struct LimitedSlots {
    private var bits: UInt32 = 0

    mutating func insert(_ index: Int) { bits |= 1 << UInt32(truncatingIfNeeded: index) }

    subscript(_ index: Int) -> Bool { bits >> UInt32(truncatingIfNeeded: index) & 1 == 1 }
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
