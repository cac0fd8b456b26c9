package import Resolution

/// What a worker has sent to each network over UDP, and what it may still send (reliability case R1, rule 4.9).
///
/// A fixed table: each network has four places where it may stand, by a hash keyed at the start. A network that finds
/// all of them taken gets the place of the one that has drawn fewest packets, and begins with what that one has drawn:
/// the four places' levels never sink but by time. So forged networks cannot make it forget a heavy one, no network
/// draws more packets for having been forgotten, and the price is that networks in crowded places share the lightest
/// one's packets by turns. Of its bytes those sent count for the newcomer, and those received do not, which is never
/// more than what was left.
///
/// Nothing is allocated after init, and no lock is taken: one thread uses it.
package struct SourceLimiter: ~Copyable {
    /// Whether an answer may go out.
    package enum Verdict: Equatable, BitwiseCopyable {
        case passed
        case tooManyPackets
        case tooManyBytes
    }

    /// Places where one network may stand.
    static let wayCount = 4
    /// Networks looked at by one `sweep`.
    static let sweptAtOnce = 2_048

    private let networks: UnsafeMutablePointer<SourceNetwork>
    /// By network: the time for which its packets are drawn, in monotonic nanoseconds; of one that has drawn none
    /// lately it lies in the past.
    private let drawnUntil: UnsafeMutablePointer<UInt64>
    private let levels: UnsafeMutablePointer<SourceLevel>
    private let setMask: Int
    private let hash: KeyedHash
    private(set) var mode = RateLimit.Mode.on
    /// Nanoseconds that one packet draws, and those that may be drawn ahead.
    private var packetNanoseconds: UInt64 = 0
    private var burstNanoseconds: UInt64 = 0
    private var bytePercent: UInt64 = 0
    private var freeByteCount: UInt64 = 0
    /// Networks that took the place of another that had been heard of in the last ten seconds.
    private(set) var replacedCount = 0
    /// Networks heard of in the last ten seconds, as of the last sweep of the whole table.
    private(set) var networkCount = 0
    private var sweptCount = 0
    private var sweptUntil = 0

    /// A table of at least `limit.networkCount` places.
    package init(_ limit: RateLimit, hash: KeyedHash) {
        var setCount = 1
        while setCount * Self.wayCount < min(limit.networkCount, 1 << 20) { setCount *= 2 }
        setMask = setCount - 1
        self.hash = hash
        let count = setCount * Self.wayCount
        networks = .allocate(capacity: count)
        networks.initialize(repeating: SourceNetwork(word: 0), count: count)
        drawnUntil = .allocate(capacity: count)
        drawnUntil.initialize(repeating: 0, count: count)
        levels = .allocate(capacity: count)
        levels.initialize(repeating: SourceLevel(), count: count)
        settle(limit)
    }

    deinit {
        networks.deallocate()
        drawnUntil.deallocate()
        levels.deallocate()
    }

    /// Goes by other figures from now on; what was drawn stays drawn.
    mutating func settle(_ limit: RateLimit) {
        mode = limit.mode
        packetNanoseconds = 1_000_000_000 / UInt64(clamping: max(1, limit.packetsPerSecond))
        burstNanoseconds = packetNanoseconds &* UInt64(clamping: max(1, min(limit.packetBurst, 1 << 30)))
        bytePercent = UInt64(clamping: max(0, min(limit.bytePercent, 100_000)))
        freeByteCount = UInt64(clamping: max(0, min(limit.freeByteCount, 1 << 30)))
    }

    /// Places in the table.
    var capacity: Int { (setMask + 1) * Self.wayCount }

    /// Notes bytes that came from `network`; whether it may draw a packet at all, so that its request is worth reading.
    package mutating func receive(_ byteCount: Int, from network: SourceNetwork, nowNanoseconds now: UInt64) -> Bool {
        let place = place(of: network, now)
        levels[place].receive(byteCount, in: now / 1_000_000_000)
        return mayDraw(1, at: place, now)
    }

    /// Draws the packets and bytes of one answer to `network`, or nothing where it may not have them.
    package mutating func draw(
        packets: Int,
        bytes: Int,
        to network: SourceNetwork,
        nowNanoseconds now: UInt64
    ) -> Verdict {
        let place = place(of: network, now)
        let packetCount = UInt64(truncatingIfNeeded: packets)
        guard mayDraw(packetCount, at: place, now) else { return .tooManyPackets }
        let isPassed = levels[place].send(
            bytes,
            percent: bytePercent,
            free: freeByteCount,
            in: now / 1_000_000_000
        )
        guard isPassed else { return .tooManyBytes }
        drawnUntil[place] = max(drawnUntil[place], now) &+ packetCount &* packetNanoseconds
        return .passed
    }

    private func mayDraw(_ packetCount: UInt64, at place: Int, _ now: UInt64) -> Bool {
        max(drawnUntil[place], now) &+ packetCount &* packetNanoseconds <= now &+ burstNanoseconds
    }

    private mutating func place(of network: SourceNetwork, _ now: UInt64) -> Int {
        let first = (Int(truncatingIfNeeded: hash.hash(network.word)) & setMask) &* Self.wayCount
        for place in first..<(first &+ Self.wayCount) where networks[place] == network { return place }
        return take(first, for: network, now)
    }

    /// Gives the lightest of the places from `first` on to `network`.
    @inline(never)
    private mutating func take(_ first: Int, for network: SourceNetwork, _ now: UInt64) -> Int {
        var lightest = first
        for place in first..<(first &+ Self.wayCount) where drawnUntil[place] < drawnUntil[lightest] {
            lightest = place
        }
        if networks[lightest].word != 0, !levels[lightest].isStale(in: now / 1_000_000_000) { replacedCount &+= 1 }
        networks[lightest] = network
        levels[lightest].passOn()
        // Who comes now is not the first to go.
        drawnUntil[lightest] = max(drawnUntil[lightest], now)
        return lightest
    }

    /// Counts networks in the next part of the table; called now and then.
    mutating func sweep(nowNanoseconds now: UInt64) {
        let end = min(sweptUntil + Self.sweptAtOnce, capacity)
        for place in sweptUntil..<end
        where networks[place].word != 0 && !levels[place].isStale(in: now / 1_000_000_000) {
            sweptCount += 1
        }
        sweptUntil = end
        guard end == capacity else { return }
        networkCount = sweptCount
        (sweptCount, sweptUntil) = (0, 0)
    }
}
