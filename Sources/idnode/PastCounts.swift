internal import EventLoop
internal import Resolution
internal import Synchronization

/// What was counted on all days but today. A day that is over does not change: it is read once, a few days at each
/// asking, so that no answer of the control socket waits for years of counts.
///
/// Days to come have counts where the clock was ahead and was set back. They do not change either, but for tomorrow, in
/// which the count goes on while the clock is back by no more than an hour.
final class PastCounts: Sendable {
    /// Days read at one asking at most.
    static let dayCountMax = 64
    /// Nanoseconds after which no further day is read at an asking.
    static let nanosecondsMax: UInt64 = 50_000_000
    /// Seconds into a day until which the day before may still get counts.
    private static let graceSeconds: Int64 = 120

    private struct State {
        /// The day that was left out.
        var today: CountDay?
        var left: [CountDay] = []
        /// Tomorrow, where it has counts.
        var tomorrow: CountDay?
        var requests: UInt64 = 0
        var successes: UInt64 = 0
    }

    private let state = Mutex(State())
    private let clock: @Sendable () -> UInt64

    /// Nothing read yet; `clock` tells nanoseconds.
    init(clock: @escaping @Sendable () -> UInt64 = { SystemClock.monotonicNanoseconds() }) {
        self.clock = clock
    }

    /// The totals of all days but that of `unixSeconds`; nil: not all have been read yet, or they cannot be.
    func totals(of ledger: any CountLedger, unixSeconds: Int64) -> (requests: UInt64, successes: UInt64)? {
        let today = CountDay(unixSeconds: unixSeconds)
        return state.withLock { state in
            if state.today != today {
                guard let days = try? ledger.days() else { return nil }
                let tomorrow = CountDay(number: today.number + 1)
                state = State(today: today, left: days.filter { $0 != today && $0 != tomorrow })
                if days.contains(tomorrow) { state.tomorrow = tomorrow }
            }
            let end = clock() + Self.nanosecondsMax
            for count in 0..<Self.dayCountMax {
                guard let day = state.left.last, count == 0 || clock() < end else { break }
                guard let total = try? ledger.totals(of: day).total else { return nil }
                state.left.removeLast()
                state.requests += total.requests
                state.successes += total.successes
            }
            guard state.left.isEmpty else { return nil }
            if unixSeconds - today.startUnixSeconds < Self.graceSeconds { state.today = nil }
            guard let tomorrow = state.tomorrow else { return (state.requests, state.successes) }
            guard let total = try? ledger.totals(of: tomorrow).total else { return nil }
            return (state.requests + total.requests, state.successes + total.successes)
        }
    }
}
