internal import Histogram

/// Times in microseconds with three significant digits, 1 µs to 60 s, in memory that does not grow.
struct LatencyHistogram: Sendable {
    /// What a report tells, for each of its times.
    static let percentiles: [(name: String, percent: Double)] = [
        ("p50", 50), ("p90", 90), ("p95", 95), ("p99", 99), ("p99.9", 99.9), ("p99.99", 99.99), ("max", 100),
    ]
    private static let microsecondsMax: UInt64 = 60_000_000

    private var histogram = Histogram<UInt64>(
        lowestDiscernibleValue: 1,
        highestTrackableValue: microsecondsMax,
        numberOfSignificantValueDigits: .three
    )

    var count: UInt64 { histogram.totalCount }

    mutating func note(nanoseconds: UInt64) {
        histogram.record(min(max(1, (nanoseconds + 500) / 1_000), Self.microsecondsMax))
    }

    mutating func removeAll() { histogram.reset() }

    /// Takes in all times of another one.
    mutating func add(_ other: LatencyHistogram) { histogram.add(other.histogram) }

    /// Takes in a time so many times; false where it is beyond the bounds.
    mutating func add(microseconds: UInt64, count: UInt64) -> Bool {
        guard (1...Self.microsecondsMax).contains(microseconds) else { return false }
        return histogram.record(microseconds, count: count)
    }

    /// The times there are, rising, each once: a histogram made of them anew has the same percentiles. A time stands
    /// for those below it down to the one before.
    var pairs: [(microseconds: UInt64, count: UInt64)] {
        guard count > 0 else { return [] }
        var pairs: [(microseconds: UInt64, count: UInt64)] = []
        var value: UInt64 = 1
        while value <= histogram.maxRecorded {
            let count = histogram.countForValue(value)
            let next = histogram.nextNonEquivalentForValue(value)
            if count > 0 { pairs.append((min(next - 1, histogram.maxRecorded), count)) }
            value = next
        }
        return pairs
    }

    /// The time that `percent` of all stay within, in microseconds, where `lost` have none because it never came; nil:
    /// that one is among the lost, or there are none at all.
    func microseconds(atPercentile percent: Double, lost: UInt64 = 0) -> UInt64? {
        let total = Double(count + lost)
        guard count > 0 else { return nil }
        // 99.99 % of 10,000 are 9,999, although the product of their nearest binary fractions is a little more.
        let rank = (percent / 100 * total - total * 1e-12).rounded(.up)
        guard rank <= Double(count) else { return nil }
        return histogram.valueAtPercentile(min(100, rank / Double(count) * 100))
    }
}
