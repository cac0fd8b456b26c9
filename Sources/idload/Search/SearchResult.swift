/// What a search came to.
struct SearchResult: Sendable, Equatable {
    /// The highest rate for one aim.
    struct Figure: Sendable, Equatable {
        let aim: SearchAim
        /// The trial that shows it: the last one, or the best short one where none was; nil: no rate was good enough.
        var outcome: TrialOutcome?
        /// Whether that was a long one.
        var isConfirmed = false
        /// Why it is no higher.
        var stop: SearchStop
    }

    /// One for each aim, in the order of `SearchAim`.
    var figures: [Figure] = []
    /// All trials, in the order in which they were made.
    var trials: [TrialOutcome] = []
    /// What ended the search before its time; nil: it was carried through.
    var earlyEnd: SearchStop?

    /// Whether a rate is no higher for this tool's own limit.
    var isGeneratorLimited: Bool { figures.contains { $0.stop.isGenerator } }
}

/// Why a search went no higher.
enum SearchStop: Sendable, Equatable {
    /// At this rate the target did not keep to the aim.
    case verdict(TrialVerdict, ratePerSecond: Double)
    /// No higher rate was to be tried.
    case bound
    /// All trials that a search may take were made.
    case trials
    case interrupted
    /// Two trials had no answer at all.
    case silence

    /// Whether this tool was the limit, not the target.
    var isGenerator: Bool {
        if case .verdict(.generator, _) = self { return true }
        return false
    }
}
