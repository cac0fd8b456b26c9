internal import EventLoop
internal import Resolution
internal import Synchronization

/// What was counted before today, all days together. A day that is over does not change: it is read once, a few days at
/// each asking, so that no answer of the control socket waits for years of counts.
final class PastCounts: Sendable {
    /// Days read at one asking at most.
    static let dayCountMax = 64
    /// Nanoseconds after which no further day is read at an asking.
    static let nanosecondsMax: UInt64 = 50_000_000
    /// Seconds into a day until which the day before may still get counts.
    private static let graceSeconds: Int64 = 120

    private struct State {
        /// The day before which was counted.
        var today: CountDay?
        var left: [CountDay] = []
        var requests: UInt64 = 0
        var successes: UInt64 = 0
    }

    private let state = Mutex(State())
    private let clock: @Sendable () -> UInt64

    /// Nothing read yet; `clock` tells nanoseconds.
    init(clock: @escaping @Sendable () -> UInt64 = { SystemClock.monotonicNanoseconds() }) {
        self.clock = clock
    }

    /// The totals of all days before that of `unixSeconds`; nil: not all have been read yet, or they cannot be.
    func totals(of ledger: any CountLedger, unixSeconds: Int64) -> (requests: UInt64, successes: UInt64)? {
        let today = CountDay(unixSeconds: unixSeconds)
        return state.withLock { state in
            if state.today != today {
                guard let days = try? ledger.days() else { return nil }
                state = State(today: today, left: days.filter { $0.number < today.number })
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
            return (state.requests, state.successes)
        }
    }
}
