/// Searches the highest rate of an open loop that a target bears, by trials: short ones that double the rate until it
/// is too much, then halve the interval, and at last a long one that must hold.
///
/// Pure: what a trial is, the caller says. It ends after `Settings.trialCountMax` trials at the latest.
struct RateSearch {
    struct Settings: Sendable {
        /// Where it begins, in questions per second.
        var startRate = LoadPlan.ratePerSecondDefault
        var rateMax = LoadShape.ratePerSecondMax
        /// Below this no rate is tried.
        var rateMin = 1.0
        var trialSeconds = 1.5
        var finalSeconds = 30.0
        /// Good and bad lie so near each other in the end.
        var precision = 0.02
        var trialCountMax = 100
    }

    /// A trial that lost more than this is no accident, and not repeated.
    private static let clearLossShare = 0.1
    /// The rates of the long trials, of the best short one: the first twice, as a failure may be an accident.
    private static let finalFactors = [1, 1, 0.98, 0.96, 0.93, 0.9, 0.8, 0.6]

    /// The interval in which the highest rate for an aim lies.
    private struct Edge {
        var good: TrialOutcome?
        var bad: (rate: Double, verdict: TrialVerdict)?
    }

    private let settings: Settings
    private let trial: (_ ratePerSecond: Double, _ seconds: Double) -> TrialOutcome
    private var edges: [SearchAim: Edge] = [:]
    private var trials: [TrialOutcome] = []
    private var earlyEnd: SearchStop?

    init(
        _ settings: Settings,
        trial: @escaping (_ ratePerSecond: Double, _ seconds: Double) -> TrialOutcome
    ) {
        self.settings = settings
        self.trial = trial
    }

    /// Makes the trials.
    consuming func run() -> SearchResult {
        climb()
        narrow(.littleLoss)
        narrow(.noLoss)
        let little = confirmed(.littleLoss, known: nil)
        let none = confirmed(.noLoss, known: little)
        return SearchResult(figures: [none, Self.higher(little, none)], trials: trials, earlyEnd: earlyEnd)
    }

    /// What has no loss has little loss, too.
    private static func higher(_ little: SearchResult.Figure, _ none: SearchResult.Figure) -> SearchResult.Figure {
        guard let rate = none.outcome?.ratePerSecond, rate > little.outcome?.ratePerSecond ?? 0 else { return little }
        return SearchResult.Figure(
            aim: .littleLoss,
            outcome: none.outcome,
            isConfirmed: none.isConfirmed,
            stop: little.stop
        )
    }

    // MARK: short trials

    /// Doubles the rate until it is too much; where the first was too much already, halves it until it is not.
    private mutating func climb() {
        var rate = min(settings.startRate, settings.rateMax)
        while judge(rate, for: .littleLoss), rate < settings.rateMax { rate = min(rate * 2, settings.rateMax) }
        descend(.littleLoss)
    }

    /// Halves the rate until it is good, if none was.
    private mutating func descend(_ aim: SearchAim) {
        while edges[aim]?.good == nil, let bad = edges[aim]?.bad, bad.rate / 2 >= settings.rateMin, earlyEnd == nil {
            if judge(bad.rate / 2, for: aim) { return }
        }
    }

    /// Halves the interval until it is small.
    private mutating func narrow(_ aim: SearchAim) {
        if edges[aim]?.bad == nil { edges[aim, default: Edge()].bad = edges[.littleLoss]?.bad }
        if edges[aim]?.good == nil, let tried = trials.map(\.ratePerSecond).min() { _ = judge(tried, for: aim) }
        descend(aim)
        if edges[aim]?.bad == nil, let top = edges[.littleLoss]?.good?.ratePerSecond,
            top > edges[aim]?.good?.ratePerSecond ?? 0
        {
            _ = judge(top, for: aim)
        }
        while earlyEnd == nil, let good = edges[aim]?.good?.ratePerSecond, let bad = edges[aim]?.bad?.rate,
            bad > good * (1 + settings.precision)
        {
            _ = judge((good + bad) / 2, for: aim)
        }
    }

    /// Whether a rate is good enough. A failure near the edge must come twice: it may be an accident.
    private mutating func judge(_ rate: Double, for aim: SearchAim) -> Bool {
        for isLast in [false, true] {
            guard let outcome = attempt(rate, settings.trialSeconds) else { return false }
            let verdict = aim.verdict(on: outcome)
            if verdict == .met { return true }
            if verdict == .generator || isLast || outcome.lossShare > Self.clearLossShare {
                edges[aim, default: Edge()].bad = (rate, verdict)
            }
            // Of the tool's own it was the second already.
            if verdict == .generator || outcome.lossShare > Self.clearLossShare { return false }
        }
        return false
    }

    /// Makes a trial; nil: the search is over. One in which this tool was the limit is made again, once: where it is so
    /// again, no higher rate can be tried, and nothing is known of the target at this one.
    private mutating func attempt(_ rate: Double, _ seconds: Double) -> TrialOutcome? {
        for isLast in [false, true] where earlyEnd == nil {
            guard trials.count < settings.trialCountMax else {
                earlyEnd = .trials
                return nil
            }
            let outcome = trial(rate, seconds)
            trials.append(outcome)
            if outcome.wasInterrupted {
                earlyEnd = .interrupted
            } else if trials.count > 1, trials.allSatisfy({ $0.answered == 0 }) {
                earlyEnd = .silence
                return nil
            } else if isLast || !outcome.isGeneratorLimited {
                note(outcome)
                return outcome
            }
        }
        return nil
    }

    /// A good trial moves the lower end of each interval that it is good for.
    private mutating func note(_ outcome: TrialOutcome) {
        for aim in SearchAim.allCases where aim.verdict(on: outcome) == .met {
            guard outcome.ratePerSecond >= edges[aim]?.good?.ratePerSecond ?? 0 else { continue }
            edges[aim, default: Edge()].good = outcome
            if let bad = edges[aim]?.bad, bad.rate <= outcome.ratePerSecond { edges[aim]?.bad = nil }
        }
    }

    // MARK: the long trial

    /// The figure for an aim, which a long trial must show; a lower one if it does not. `known` is another aim's.
    private mutating func confirmed(_ aim: SearchAim, known: SearchResult.Figure?) -> SearchResult.Figure {
        let best = edges[aim]?.good
        var stop = edges[aim]?.bad.map { SearchStop.verdict($0.verdict, ratePerSecond: $0.rate) } ?? .bound
        if let earlyEnd { return SearchResult.Figure(aim: aim, outcome: best, stop: earlyEnd) }
        guard let best else { return SearchResult.Figure(aim: aim, stop: stop) }
        if let known, known.isConfirmed, let outcome = known.outcome, aim.verdict(on: outcome) == .met {
            return SearchResult.Figure(aim: aim, outcome: outcome, isConfirmed: true, stop: known.stop)
        }
        for factor in Self.finalFactors {
            let rate = best.ratePerSecond * factor
            guard let outcome = attempt(rate, settings.finalSeconds) else {
                return SearchResult.Figure(aim: aim, outcome: best, stop: earlyEnd ?? stop)
            }
            let verdict = aim.verdict(on: outcome)
            if verdict == .met { return SearchResult.Figure(aim: aim, outcome: outcome, isConfirmed: true, stop: stop) }
            stop = .verdict(verdict, ratePerSecond: rate)
        }
        let isOwn = stop.isGenerator
        return SearchResult.Figure(aim: aim, outcome: isOwn ? best : nil, stop: stop)
    }
}
