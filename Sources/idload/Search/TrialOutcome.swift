/// What came of one trial of a search: some seconds at one rate.
struct TrialOutcome: Sendable, Equatable {
    /// Planned, in questions per second.
    var ratePerSecond: Double
    /// Planned.
    var seconds: Double
    var sent: UInt64 = 0
    var answered: UInt64 = 0
    /// Questions that were not answered in time.
    var lost: UInt64 = 0
    /// Answers by which the target said that it had too much to do: it lost them as well.
    var busy: UInt64 = 0
    /// Other answers that were not right.
    var wrong: UInt64 = 0
    /// Response times in microseconds; nil: among the lost.
    var p50: UInt64?
    var p99: UInt64?
    var p99_9: UInt64?
    /// The first limit that was not kept, as it was written; nil: all were.
    var missedLimit: String?
    /// For how long answers came after the last question, beyond the usual time of one: what had queued up.
    var drainSeconds = 0.0
    /// Whether this tool did not keep the plan: the trial says nothing of the target.
    var isGeneratorLimited = false
    var wasInterrupted = false

    /// Lost of those sent, 0...1; 1 where nothing was sent.
    var lossShare: Double { sent > 0 ? Double(lost + busy) / Double(sent) : 1 }

    /// Whether the queue grew: a target that falls behind by over 2 % does not bear the rate, even if a short trial's
    /// questions all find their answer in the end.
    var fellBehind: Bool { drainSeconds > max(Self.drainSecondsMax, seconds * Self.drainShareMax) }

    private static let drainSecondsMax = 0.05
    private static let drainShareMax = 0.02
}
