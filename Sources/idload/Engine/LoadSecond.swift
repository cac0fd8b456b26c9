/// One second of a run, warm-up included, as it is shown and written while the run goes on.
struct LoadSecond: Sendable {
    /// From 1; that of the last one where a stall made one of several.
    var number = 0
    /// From the run's start to the second's end.
    var elapsedSeconds: Double = 0.0
    /// How long it was: a second, or a little more.
    var seconds: Double = 0.0
    /// Whether more of it is of the measured part than of the warm-up.
    var isMeasured: Bool = true
    /// Questions that were planned per second; nil: a closed loop without a rate.
    var targetPerSecond: Double?
    var sent: UInt64 = 0
    var answered: UInt64 = 0
    var lost: UInt64 = 0
    var wrong: UInt64 = 0
    var unsent: UInt64 = 0
    var late: UInt64 = 0
    var duplicate: UInt64 = 0
    var unexpected: UInt64 = 0
    var notSent: UInt64 = 0
    /// Response times of the answers that came in it.
    var response = LatencyHistogram()
    /// Questions under way at its end.
    var outstanding: Int = 0
    var connections: Int = 0
    /// Connections made in it.
    var connected: UInt64 = 0
    /// How much of a processor's time the tool took, 0...1.
    var processorShare: Double = 0.0

    /// Adds what another thread or channel did in the same second.
    mutating func add(_ other: LoadSecond) {
        number = max(number, other.number)
        elapsedSeconds = max(elapsedSeconds, other.elapsedSeconds)
        seconds = max(seconds, other.seconds)
        isMeasured = isMeasured && other.isMeasured
        if let own = targetPerSecond, let others = other.targetPerSecond { targetPerSecond = own + others }
        sent += other.sent
        answered += other.answered
        lost += other.lost
        wrong += other.wrong
        unsent += other.unsent
        late += other.late
        duplicate += other.duplicate
        unexpected += other.unexpected
        notSent += other.notSent
        response.add(other.response)
        outstanding += other.outstanding
        connections += other.connections
        connected += other.connected
        processorShare = max(processorShare, other.processorShare)
    }

    /// What was sent per second.
    var sentPerSecond: Double { seconds > 0 ? Double(sent) / seconds : 0 }

    /// A percentile of what ended in the second, in microseconds; nil: that one was lost, or nothing ended.
    func microseconds(atPercentile percent: Double) -> UInt64? {
        response.microseconds(atPercentile: percent, lost: lost)
    }

    /// Takes in the second that followed it: what was counted adds, shares are by length, the rest is of the later one.
    mutating func append(_ next: LoadSecond) {
        let share = seconds + next.seconds > 0 ? next.seconds / (seconds + next.seconds) : 0
        if let target = targetPerSecond, let following = next.targetPerSecond {
            targetPerSecond = target * (1 - share) + following * share
        }
        processorShare = processorShare * (1 - share) + next.processorShare * share
        elapsedSeconds = next.elapsedSeconds
        seconds += next.seconds
        isMeasured = next.isMeasured
        sent += next.sent
        answered += next.answered
        lost += next.lost
        wrong += next.wrong
        notSent += next.notSent
        connected += next.connected
        response.add(next.response)
        outstanding = next.outstanding
        connections = next.connections
    }
}
