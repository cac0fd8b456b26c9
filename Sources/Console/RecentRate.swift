/// The rate over the last few seconds, from samples at most one a second.
struct RecentRate: Sendable {
    private var samples: [(elapsed: Duration, done: UInt64)] = [(.zero, 0)]
    private var latest: (elapsed: Duration, done: UInt64) = (.zero, 0)
    private static let sampleCountMax = 10

    mutating func note(_ done: UInt64, at elapsed: Duration) {
        latest = (elapsed, done)
        guard let last = samples.last, elapsed >= last.elapsed + .seconds(1) else { return }
        if samples.count == Self.sampleCountMax { samples.removeFirst() }
        samples.append(latest)
    }

    var perSecond: Double {
        // Against the oldest sample: about ten seconds back, or the beginning.
        guard let oldest = samples.first, latest.done >= oldest.done else { return 0 }
        return Self.perSecond(latest.done - oldest.done, in: latest.elapsed - oldest.elapsed)
    }

    static func perSecond(_ done: UInt64, in elapsed: Duration) -> Double {
        let seconds = elapsed / .seconds(1)
        return seconds > 0 ? Double(done) / seconds : 0
    }
}
