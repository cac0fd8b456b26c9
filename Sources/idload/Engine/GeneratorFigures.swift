/// How well the tool itself kept up, in the measured part of a run.
struct GeneratorFigures: Sendable {
    /// Why a measurement says more about the tool than about the target.
    enum Limit: String, CaseIterable, Sendable {
        /// More than 1,000 questions were due and unsent at a time.
        case backlog
        /// Over 95 % of a processor's time in some second: there was none left to be on time.
        case processor
        /// Over 1 % of the questions were left out, or were sent over 10 ms late.
        case lateness
        /// This machine had no local port left for a connection.
        case ports
    }

    static let backlogMax: UInt64 = 1_000
    static let processorShareMax = 0.95
    /// 10 ms and the histogram's rounding.
    static let latenessMicrosecondsMax: UInt64 = 10_010

    /// Of an open loop: from planned to actual sending.
    var timerError = LatencyHistogram()
    /// Questions planned that were not sent in time, and so not at all.
    var notSent: UInt64 = 0
    /// The most questions that were due and unsent at a time.
    var backlog: UInt64 = 0
    /// How much of a processor's time the tool took, 0...1: of the whole, and of the busiest full second.
    var processorShare = 0.0
    var busiestProcessorShare = 0.0

    /// Adds another thread's, which had a processor of its own.
    mutating func add(_ other: GeneratorFigures) {
        timerError.add(other.timerError)
        notSent += other.notSent
        backlog += other.backlog
        processorShare = max(processorShare, other.processorShare)
        busiestProcessorShare = max(busiestProcessorShare, other.busiestProcessorShare)
    }

    /// What limited the run, as far as the tool's time goes.
    var limits: [Limit] {
        var limits: [Limit] = []
        if backlog > Self.backlogMax { limits.append(.backlog) }
        if max(processorShare, busiestProcessorShare) > Self.processorShareMax { limits.append(.processor) }
        if isLate { limits.append(.lateness) }
        return limits
    }

    /// Whether the 99th percentile of the lateness is too much, or among those not sent at all.
    private var isLate: Bool {
        guard timerError.count + notSent > 0 else { return false }
        guard let lateness = timerError.microseconds(atPercentile: 99, lost: notSent) else { return true }
        return lateness > Self.latenessMicrosecondsMax
    }
}
