/// When a number of resolutions is reached, if each day goes on as the last ones went.
package struct LedgerForecast: Hashable, Sendable {
    /// Which of the two counts is meant.
    package enum Measure: String, Sendable, CaseIterable {
        /// 解析成功响应量: the conservative one.
        case successes
        /// 解析请求量.
        case requests

        /// The count of `counts`.
        package func value(of counts: LedgerCounts) -> UInt64 {
            switch self {
            case .successes: counts.successes
            case .requests: counts.requests
            }
        }
    }

    /// What the days of a window say.
    package enum Outcome: Hashable, Sendable {
        /// The target is reached on this day.
        case reached(on: CountDay)
        /// The ledger has fewer days than the window.
        case tooFewDays(Int)
        /// Nothing was counted in the window.
        case never
        /// Later than in `daysAheadMax` days.
        case beyond
    }

    /// The last days of the ledger, and what they say.
    package struct Window: Hashable, Sendable {
        package var dayCount: Int
        /// All of the window's days together.
        package var sum: UInt64
        package var outcome: Outcome
    }

    /// Days of the windows.
    package static let windows = [7, 30, 90]
    /// A day further away is no forecast: 100 years.
    package static let daysAheadMax: UInt64 = 36_525

    package let target: UInt64
    package let total: UInt64
    package let lastDay: CountDay
    /// The first day at whose end the total was at least the target; nil: none yet.
    package let reachedOn: CountDay?
    package let windows: [Window]

    /// Of `days`, which follow each other without a gap, in their order; corrections are in them.
    package init?(days: [(day: CountDay, counts: LedgerCounts)], measure: Measure, total: UInt64, target: UInt64) {
        guard let last = days.last?.day else { return nil }
        (self.target, self.total, lastDay) = (target, total, last)
        let values = days.map { measure.value(of: $0.counts) }
        reachedOn = Self.reachedOn(days.map(\.day), values, total: total, target: target)
        windows = Self.windows.map { Self.window($0, values, remaining: target - min(target, total), last) }
    }

    /// Millionths of the target that have been reached.
    package var millionths: UInt64 {
        let (high, low) = min(total, target).multipliedFullWidth(by: 1_000_000)
        return target == 0 || high >= target ? 1_000_000 : target.dividingFullWidth((high, low)).quotient
    }

    private static func reachedOn(_ days: [CountDay], _ values: [UInt64], total: UInt64, target: UInt64) -> CountDay? {
        // What was before the first of these days.
        var sum = total - min(total, values.reduce(0) { $0 &+ $1 })
        for (day, value) in zip(days, values) {
            sum &+= value
            if sum >= target { return day }
        }
        return nil
    }

    private static func window(_ count: Int, _ values: [UInt64], remaining: UInt64, _ last: CountDay) -> Window {
        let sum = values.suffix(count).reduce(0) { $0 &+ $1 }
        func window(_ outcome: Outcome) -> Window { Window(dayCount: count, sum: sum, outcome: outcome) }
        guard values.count >= count else { return window(.tooFewDays(values.count)) }
        guard remaining > 0 else { return window(.reached(on: last)) }
        guard sum > 0 else { return window(.never) }
        // Days until then: remaining · count / sum, rounded up.
        let (product, isTooLarge) = remaining.multipliedReportingOverflow(by: UInt64(count))
        guard !isTooLarge else { return window(.beyond) }
        let ahead = product / sum + (product % sum == 0 ? 0 : 1)
        guard ahead <= daysAheadMax else { return window(.beyond) }
        return window(.reached(on: CountDay(number: last.number + Int32(ahead))))
    }
}
