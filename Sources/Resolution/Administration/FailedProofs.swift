internal import ResolutionProtocol

/// Who has failed lately to prove who they are: the more of one address, the longer its next proof waits (reliability
/// case U4). An address from which an identity was proven lately is not slowed down by what others do to that identity.
struct FailedProofs {
    private struct Tally {
        var count = 0
        var since: UInt64 = 0
    }

    private static let countMax = 100_000
    private static let windowSeconds: UInt64 = 60
    private static let delaySecondsMax: UInt64 = 8
    /// Failures of one identity, wherever from, that slow down addresses it was not proven from.
    private static let identityFactor = 4

    /// Proofs of one address that wait or are being checked at once.
    private static let underWayMax = 64

    private var byAddress: [QuerySource: Tally] = [:]
    private var byIdentity: [[UInt8]: Tally] = [:]
    private var underWay: [QuerySource: Int] = [:]
    private var proven: [ProvenPlace: UInt64] = [:]
    private let perMinuteMax: Int

    private struct ProvenPlace: Hashable {
        var source: QuerySource
        var identity: [UInt8]
    }

    init(perMinuteMax: Int) { self.perMinuteMax = max(1, perMinuteMax) }

    /// How long a proof of `identity` from `source` has to wait. `identity` is its owner's name, sixteen octets: what
    /// is remembered must not be as long as an asker likes.
    ///
    /// Proofs under way count as failed where the identity was not proven from there: else many sent at once would all
    /// be tried before the first has failed.
    func delaySeconds(source: QuerySource, identity: [UInt8], seconds: UInt64) -> UInt64 {
        let address = source.address
        let ofAddress = recentCount(byAddress[address], seconds)
        guard proven[ProvenPlace(source: address, identity: identity)] == nil else {
            return Self.delay(ofAddress, over: perMinuteMax)
        }
        let ofIdentity = recentCount(byIdentity[identity], seconds)
        return max(
            Self.delay(ofAddress + (underWay[address] ?? 0), over: perMinuteMax),
            Self.delay(ofIdentity, over: perMinuteMax * Self.identityFactor)
        )
    }

    private func recentCount(_ tally: Tally?, _ seconds: UInt64) -> Int {
        guard let tally, seconds < tally.since + Self.windowSeconds else { return 0 }
        return tally.count
    }

    private static func delay(_ count: Int, over limit: Int) -> UInt64 {
        guard count >= limit else { return 0 }
        return min(delaySecondsMax, 1 << UInt64(min(3, count / limit - 1)))
    }

    /// Begins a proof of `source`; false: too many of it are under way.
    mutating func begin(source: QuerySource) -> Bool {
        let count = underWay[source.address] ?? 0
        guard count < Self.underWayMax else { return false }
        underWay[source.address] = count + 1
        return true
    }

    /// Ends a proof of `source`, whatever came of it.
    mutating func end(source: QuerySource) {
        guard let count = underWay[source.address] else { return }
        underWay[source.address] = count > 1 ? count - 1 : nil
    }

    mutating func noteFailure(source: QuerySource, identity: [UInt8], seconds: UInt64) {
        Self.note(in: &byAddress, source.address, seconds)
        Self.note(in: &byIdentity, identity, seconds)
    }

    mutating func noteSuccess(source: QuerySource, identity: [UInt8], seconds: UInt64) {
        guard proven.count < Self.countMax else { return }
        proven[ProvenPlace(source: source.address, identity: identity)] = seconds
    }

    private static func note<Key>(in tallies: inout [Key: Tally], _ key: Key, _ seconds: UInt64) {
        var tally = tallies[key] ?? Tally(since: seconds)
        if seconds >= tally.since + windowSeconds { tally = Tally(since: seconds) }
        tally.count += 1
        guard tallies[key] != nil || tallies.count < countMax else { return }
        tallies[key] = tally
    }

    /// Forgets what is long past.
    mutating func expire(seconds: UInt64) {
        guard seconds % 10 == 0 else { return }
        byAddress = byAddress.filter { seconds < $0.value.since + Self.windowSeconds }
        byIdentity = byIdentity.filter { seconds < $0.value.since + Self.windowSeconds }
        proven = proven.filter { seconds < $0.value + 86_400 }
    }
}

extension QuerySource {
    /// What stands for one asker: the address of IPv4, the /64 of IPv6.
    fileprivate var address: QuerySource {
        high == 0 && low >> 32 == 0x0000_FFFF ? self : QuerySource(high: high, low: 0, prefixLength: 64)
    }
}
