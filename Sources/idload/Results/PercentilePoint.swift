/// A point of a distribution: so many of all stay within a time.
struct PercentilePoint: Equatable, Sendable {
    let microseconds: UInt64
    /// Of all, 0...1.
    let share: Double
    /// How many stay within it.
    let count: UInt64

    /// Steps on each half of the way that is left to 1.
    private static let stepsPerHalf = 5

    /// The distribution at shares that come nearer to 1 by ever smaller steps, as HDR histograms are written. With
    /// `lost` ones, which have no time and belong to all, it ends where they begin.
    static func points(of histogram: LatencyHistogram, lost: UInt64) -> [PercentilePoint] {
        let total = Double(histogram.count + lost)
        let pairs = histogram.pairs
        var points: [PercentilePoint] = []
        var step = 0
        var count: UInt64 = 0
        for (place, pair) in pairs.enumerated() {
            count += pair.count
            let isLast = place == pairs.count - 1
            let within = Double(count) / total
            while share(atStep: step) <= within + 1e-12, !(isLast && (1 - share(atStep: step)) * total < 1) {
                let share = share(atStep: step)
                points.append(PercentilePoint(microseconds: pair.microseconds, share: share, count: count))
                step += 1
            }
            if isLast { points.append(PercentilePoint(microseconds: pair.microseconds, share: within, count: count)) }
        }
        return points
    }

    /// Every few steps what is left to 1 is half of what it was.
    private static func share(atStep step: Int) -> Double {
        let halves = (0..<step / stepsPerHalf).reduce(1.0) { left, _ in left / 2 }
        return 1 - halves * (1 - Double(step % stepsPerHalf) / Double(2 * stepsPerHalf))
    }
}
