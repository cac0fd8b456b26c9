/// What a rate must keep to, beside the limits that were given.
enum SearchAim: String, CaseIterable, Sendable {
    case noLoss = "no_loss"
    case littleLoss = "little_loss"

    /// Of the questions sent, 0...1.
    var lossShareMax: Double { self == .noLoss ? 0 : 0.005 }

    /// How a trial ended for this aim. What was this tool's own limit is never held against the target.
    func verdict(on outcome: TrialOutcome) -> TrialVerdict {
        if outcome.isGeneratorLimited { return .generator }
        if outcome.wrong > 0 { return .wrong }
        if outcome.lossShare > lossShareMax { return .loss }
        if let limit = outcome.missedLimit { return .limit(limit) }
        return outcome.fellBehind ? .behind : .met
    }
}

/// How a trial ended.
enum TrialVerdict: Sendable, Equatable {
    case met
    /// More was lost than is allowed.
    case loss
    /// A limit, as it was written, was not kept.
    case limit(String)
    /// The queue grew all the time.
    case behind
    /// There were wrong answers.
    case wrong
    /// This tool was the limit.
    case generator
}
