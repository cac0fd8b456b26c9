internal import EventLoop
internal import Resolution
internal import ResolutionProtocol

/// What is kept from networks that draw too much by UDP.
extension WorkerCore {
    /// How a datagram is received.
    enum Admission: BitwiseCopyable {
        /// Its network is not limited.
        case free
        /// Its answer is to be drawn from what its network has left.
        case limited
        /// It is not worth reading: nothing is left.
        case refused
    }

    /// Whether what is sent to `peer` is drawn from what its network has left.
    func isLimited(_ peer: SocketAddress) -> Bool { sources.mode != .off && !exempt.contain(peer) }

    /// Notes a datagram of `byteCount` bytes from `peer`, and says whether to read it.
    mutating func admit(_ peer: SocketAddress, byteCount: Int, at time: BatchTime) -> Admission {
        guard isLimited(peer) else { return .free }
        let network = SourceNetwork(peer)
        guard !sources.receive(byteCount, from: network, nowNanoseconds: time.nanoseconds) else { return .limited }
        limited.note(network)
        guard sources.mode == .on else {
            metrics.add(.requestsOverPacketsDryRun)
            return .free
        }
        metrics.add(.requestsLimitedByPackets)
        return .refused
    }

    /// Takes back the answer of slot `index` where its network may not have it. To be called before it is counted.
    mutating func limitAnswer(_ index: Int, at time: BatchTime) {
        let slot = batch.slots + index
        guard slot.pointee.answerByteCount > 0 else { return }
        let network = SourceNetwork(high: slot.pointee.source.high, low: slot.pointee.source.low)
        let silence = draw(slot.pointee.answerByteCount, to: network, at: time)
        if silence != .none { responder.withhold(&slot.pointee, as: silence) }
    }

    /// Draws an answer of `byteCount` bytes, its envelope included, and says why it is not to be sent.
    mutating func draw(_ byteCount: Int, to network: SourceNetwork, at time: BatchTime) -> RequestSlot.Silence {
        let packetCount = Packets.count(messageByteCount: byteCount &- Envelope.byteCount)
        let verdict = sources.draw(
            packets: packetCount,
            bytes: byteCount &+ (packetCount &- 1) &* Envelope.byteCount,
            to: network,
            nowNanoseconds: time.nanoseconds
        )
        guard verdict != .passed else { return .none }
        limited.note(network)
        let isOfPackets = verdict == .tooManyPackets
        if sources.mode == .on { return isOfPackets ? .limitedByPackets : .limitedByBytes }
        metrics.add(isOfPackets ? .requestsOverPacketsDryRun : .requestsOverBytesDryRun)
        return .none
    }

    /// Brings the figures of the limits up to date. Called twice a second.
    mutating func noteLimits(nowNanoseconds: UInt64) {
        sources.sweep(nowNanoseconds: nowNanoseconds)
        metrics.set(.networksKnown, sources.networkCount)
        metrics.set(.networksReplaced, sources.replacedCount)
        if nowNanoseconds >= limitedFadeNanoseconds {
            limitedFadeNanoseconds = nowNanoseconds &+ 10_000_000_000
            limited.fade()
        }
    }
}
