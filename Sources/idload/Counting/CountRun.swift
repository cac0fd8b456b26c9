internal import Console

/// A part of a run that is for a number of questions, or whose counts are held against the node's.
final class CountRun {
    /// What the run came to, as far as its counts go.
    struct Ending {
        let state: CountState
        /// nil: nobody asked for the node's counts.
        let reconciliation: Reconciliation?
        /// Whether the count was asked for, and whether it was reached.
        let isCounting: Bool
    }

    private let plan: LoadPlan
    private let control: String?
    private let file: StateFile?
    private let isCounting: Bool
    /// Up to this part.
    private let state: CountState

    /// Begins a part: reads the node's counts, and checks that the state is this run's. Nothing has been asked yet.
    init(
        _ plan: LoadPlan,
        _ questions: QuestionSet,
        control: String?,
        file: StateFile?,
        from earlier: CountState?
    ) throws(LoadError) {
        self.plan = plan
        self.control = control
        self.file = file
        isCounting = plan.questionCountMax != nil
        let fresh = CountState(
            facts: Self.facts(plan, questions),
            seed: plan.seed,
            count: plan.questionCountMax ?? 0
        )
        if let earlier, let path = file?.path {
            if let (name, was, now) = earlier.difference(to: fresh) {
                throw LoadError(.otherRun(path, member: name, was: was, now: now), exitCode: .usage)
            }
            guard (earlier.before != nil) == (control != nil) else {
                throw LoadError(.controlInAllParts(path), exitCode: .usage)
            }
        }
        var state = earlier ?? fresh
        state.beginPart(now: try control.map { path throws(LoadError) in try LedgerReading.ledger(at: path) })
        self.state = state
        try file?.finish(state)
    }

    /// The plan of this part.
    var partPlan: LoadPlan {
        var plan = plan
        guard isCounting else { return plan }
        plan.questionCountMax = state.left
        plan.askedBefore = state.asked
        return plan
    }

    /// Whether the count had been reached before this part.
    var isNothingLeft: Bool { isCounting && state.left == 0 }

    /// A second has ended.
    func note(_ totals: RunningTotals) {
        file?.offer(state.with(CountTotals(totals.tally), sentPerSecondMax: totals.sentPerSecondMax, isOver: false))
    }

    /// How far the run is, for the live line; nil: it is not for a number.
    func progress(_ totals: RunningTotals) -> LocalizedText? {
        guard isCounting else { return nil }
        let asked = state.asked + totals.tally.sent
        let rate = totals.seconds > 0 ? Double(totals.tally.sent) / totals.seconds : 0
        let left = rate > 0 ? Double(state.count - min(state.count, asked)) / rate : 0
        let time = TextCount.duration(.seconds(min(1e9, left).rounded(.up)))
        let (done, whole) = (TextCount.grouped(asked), TextCount.grouped(state.count))
        return LocalizedText(english: "\(done) of \(whole), \(time) left", chinese: "\(done)/\(whole)，剩余 \(time)")
    }

    /// The part has ended: writes the state, and sets the node's counts beside it.
    func end(_ result: LoadResult, _ totals: RunningTotals) throws(LoadError) -> Ending {
        let ended = state.with(
            CountTotals(result.tally),
            sentPerSecondMax: totals.sentPerSecondMax,
            isOver: true
        )
        try file?.finish(ended)
        return Ending(state: ended, reconciliation: try reconciliation(ended), isCounting: isCounting)
    }

    private func reconciliation(_ state: CountState) throws(LoadError) -> Reconciliation? {
        guard let control, let before = state.before else { return nil }
        var sides = Reconciliation.Sides(state)
        sides.before = before
        sides.after = try LedgerReading.ledger(at: control)
        sides.usesDatagrams = plan.targets.contains { $0.carrier == .udp }
        return Reconciliation(sides: sides)
    }

    /// What makes two parts the same run.
    private static func facts(_ plan: LoadPlan, _ questions: QuestionSet) -> [CountState.Fact] {
        [
            CountState.Fact(name: "targets", value: plan.targets.map { "\($0) \($0.weight)" }.joined(separator: ", ")),
            CountState.Fact(name: "keys", value: "\(plan.keys)"),
            CountState.Fact(name: "missing", value: "\(plan.missingPercent)"),
            CountState.Fact(name: "identifiers", value: questions.digestText),
        ]
    }
}

extension QuestionSet {
    /// A number for all identifiers in their order, and how many they are.
    var digestText: String {
        var digest = ValueDigest()
        for question in 0..<knownCount {
            let bytes = RawSpan(_unsafeBytes: identifierBytes(of: question))
            digest.add(index: UInt32(truncatingIfNeeded: question), type: bytes.extracting(..<0), data: bytes)
        }
        return "\(knownCount) \(String(digest.word, radix: 16))"
    }
}
