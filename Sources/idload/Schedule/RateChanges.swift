internal import Synchronization

/// Changes of an open loop's rate while it goes on: asked for by one thread, taken over by all that send.
///
/// A change has a time a little ahead, so that every sender knows of it before a question is due that it moves: all of
/// them go by one schedule at any time, and together they keep its rate. What was planned before stays planned, and
/// nothing is caught up.
final class RateChanges: Sendable {
    /// What the rate is to become.
    enum Wish: Sendable, Equatable {
        case perSecond(Double)
        /// So many hundredths more, or less.
        case percent(Double)
    }

    /// Why the rate stays as it is.
    enum Refusal: Error, Equatable {
        /// The run has not begun, or its plan is at its end.
        case notRunning
        case outOfBounds(ClosedRange<Double>)
        /// So many changes have been made in this run already.
        case tooMany(Int)
    }

    private struct State {
        var schedule: Schedule
        var startNanoseconds: UInt64?
        var changes: [RateChange] = []
    }

    /// Each is told in the result.
    static let countMax = 1_000
    /// From the wish to the change. A sender looks every millisecond at the latest.
    static let leadNanoseconds: UInt64 = 20_000_000

    /// Rates that may be asked for, in questions per second.
    let bounds: ClosedRange<Double>
    private let madeCount = Atomic<Int>(0)
    private let state: Mutex<State>

    init(of schedule: Schedule, bounds: ClosedRange<Double>) {
        self.bounds = bounds
        state = Mutex(State(schedule: schedule))
    }

    /// How many changes were made; senders look at it once a batch.
    var count: Int { madeCount.load(ordering: .acquiring) }

    /// All of them, in their order.
    var all: [RateChange] { state.withLock { $0.changes } }

    /// What is planned with all changes.
    var schedule: Schedule { state.withLock { $0.schedule } }

    /// The run begins then; every sender says so, and all say the same.
    func begin(atNanoseconds start: UInt64) { state.withLock { $0.startNanoseconds = start } }

    /// Changes the rate of all that is planned from a little after now, and tells what was changed.
    func make(_ wish: Wish, nowNanoseconds now: UInt64) throws(Refusal) -> RateChange {
        let bounds = bounds
        let made = state.withLock { state -> Result<RateChange, Refusal> in
            let result = Self.change(wish, nowNanoseconds: now, in: state, bounds: bounds)
            guard case .success(let change) = result else { return result }
            state.schedule = state.schedule.changed(to: change.perSecond, atNanoseconds: change.nanoseconds)
            state.changes.append(change)
            madeCount.store(state.changes.count, ordering: .releasing)
            return result
        }
        return try made.get()
    }

    private static func change(
        _ wish: Wish,
        nowNanoseconds now: UInt64,
        in state: State,
        bounds: ClosedRange<Double>
    ) -> Result<RateChange, Refusal> {
        guard let start = state.startNanoseconds else { return .failure(.notRunning) }
        let elapsed = now > start ? now - start : 0
        // One after the other, however fast they are asked for.
        let time = max(elapsed + leadNanoseconds, (state.changes.last?.nanoseconds ?? 0) + 1)
        guard time < state.schedule.nanoseconds else { return .failure(.notRunning) }
        guard state.changes.count < countMax else { return .failure(.tooMany(countMax)) }
        let before = state.schedule.ratePerSecond(atNanoseconds: time)
        let after =
            switch wish {
            case .perSecond(let rate): rate
            case .percent(let percent): before * (1 + percent / 100)
            }
        guard bounds.contains(after) else { return .failure(.outOfBounds(bounds)) }
        return .success(RateChange(nanoseconds: time, perSecondBefore: before, perSecond: after))
    }
}
