internal import Resolution

/// What came of questions in the last second: a worker that asks for the same meanwhile has not seen it yet, and nobody
/// is asked again on its behalf. Bounded in number and in bytes.
struct RecentOutcomes {
    static let countMax = 1_024
    static let recordByteCountMax = 8_192
    static let nanosecondsMax: UInt64 = 1_000_000_000
    /// What is kept for less is asked for again instead: it would come too late.
    private static let lifetimeSecondsMin: UInt64 = 5

    private var outcomes: [RecursionQuestion: RecursionOutcome] = [:]
    private var order: [(question: RecursionQuestion, nanoseconds: UInt64)] = []
    private var start = 0

    var count: Int { outcomes.count }

    /// Notes what may be kept; the oldest makes room.
    mutating func note(_ outcome: RecursionOutcome, now: UInt64) {
        guard outcome.lifetimeSeconds >= Self.lifetimeSecondsMin, !outcome.isStale else { return }
        if case .found(let record) = outcome.finding, record.count > Self.recordByteCountMax { return }
        forget(now: now)
        if outcomes.updateValue(outcome, forKey: outcome.question) == nil { order.append((outcome.question, now)) }
    }

    /// What came of `question` a moment ago; nil: nothing did.
    mutating func outcome(of question: RecursionQuestion, now: UInt64) -> RecursionOutcome? {
        forget(now: now)
        return outcomes[question]
    }

    private mutating func forget(now: UInt64) {
        while start < order.count,
            order[start].nanoseconds &+ Self.nanosecondsMax <= now || outcomes.count >= Self.countMax
        {
            outcomes[order[start].question] = nil
            start += 1
        }
        if start > Self.countMax || start == order.count {
            order.removeFirst(start)
            start = 0
        }
    }
}
