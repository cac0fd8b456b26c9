internal import Console

/// All that is known of a run when it is over: what every output shows, and what a result file holds.
struct RunDocument {
    /// One of the runs that were merged.
    struct Part: Equatable, Sendable {
        var facts: RunFacts
        var target: String
        var planText: LocalizedText
        var answered: UInt64
        var lost: UInt64
        /// Of its measured part.
        var seconds: Double
    }

    /// Version of the meaning of what is in a result file. Members are only ever added.
    static let format: UInt64 = 1
    /// Targets, each with its protocol, that one result can be about.
    static let channelCountMax = 1_024
    /// Runs that one result can be merged from.
    static let partCountMax = 256

    var plan: PlanFacts
    var result: LoadResult
    var thresholds: [Threshold]
    var facts: RunFacts
    var rows: [SecondRow]
    /// How long a full row is.
    var rowSeconds: UInt64
    /// What the tool itself limited.
    var limits: [GeneratorFigures.Limit]
    /// Whether the figures are the tool's, not the target's.
    var isGeneratorLimited: Bool
    /// The condition that ended the run before its time.
    var abortedBy: Threshold?
    /// Of a run for a number of questions, or whose counts were held against the node's; written, and not read again.
    var count: CountRun.Ending?
    /// Of a run that writes; written, and not read again.
    var written: WriteFigures?
    /// Of a merged result, what it was merged from; a run's own result has none.
    var parts: [Part] = []
    /// Where the parts do not fit together.
    var warnings: [LocalizedText] = []

    /// How a program ends that made this. A wrong answer is wrong however it was asked for; all other conditions say
    /// nothing about the target where the tool itself was the limit.
    var exitCode: ExitCode {
        if count?.isUnexplained == true { return .thresholdNotMet }
        if result.tally.answered == 0 {
            if count?.isReached == true { return .done }
            return result.wasInterrupted ? .interrupted : .outcomeUnknown
        }
        let unmet = thresholds.filter { !$0.isMet(by: result) }
        if unmet.contains(where: { $0.measure == .wrong }) || count?.hadWrongBefore(result) == true {
            return .thresholdNotMet
        }
        if written.map({ $0.unchecked > 0 }) == true { return .outcomeUnknown }
        if isGeneratorLimited { return .measurementNotValid }
        if !unmet.isEmpty || abortedBy != nil { return .thresholdNotMet }
        return result.wasInterrupted ? .interrupted : .done
    }

    /// The processor's time that the tool took, in tenths of a percent: of the whole, and of the busiest second.
    var processorPercent: Double { Self.tenths(result.generator.processorShare * 100) }
    var busiestProcessorPercent: Double {
        Self.tenths(max(result.generator.processorShare, result.generator.busiestProcessorShare) * 100)
    }

    private static func tenths(_ value: Double) -> Double { (value * 10).rounded() / 10 }
}
