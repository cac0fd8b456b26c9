/// Which question comes next: a known one by the choice that was made, with some about what does not exist between.
///
/// Takes the same time for each, and no memory.
struct QuestionPicker: Sendable {
    private let knownCount: Int
    private let missingCount: Int
    /// Of 2³² draws, so many are about what does not exist.
    private let missingShare: UInt64
    private let choice: KeyChoice
    private let zipf: ZipfNumbers
    private let order: ShuffledOrder
    /// Of the known ones, so many are asked for often.
    private let hotCount: Int
    private var numbers: SeededNumbers
    private let step: Int
    private var position: Int

    init(knownCount: Int, missingCount: Int, plan: LoadPlan, share: ThreadShare = .whole) {
        self.knownCount = knownCount
        self.missingCount = missingCount
        missingShare = missingCount > 0 ? UInt64(plan.missingPercent / 100 * 4_294_967_296) : 0
        choice = plan.keys
        var exponent = 1.0
        var hotShare = 1.0
        if case .zipf(let given) = plan.keys { exponent = given }
        if case .hot(_, let identifiers) = plan.keys { hotShare = identifiers }
        zipf = ZipfNumbers(count: max(1, knownCount), exponent: exponent)
        hotCount = min(knownCount, max(1, Int((Double(knownCount) * hotShare).rounded())))
        order = ShuffledOrder(count: knownCount, seed: plan.seed)
        var seeds = SeededNumbers(seed: plan.seed)
        // The first thread's is the run's own: one thread alone draws what the seed says.
        numbers = SeededNumbers(seed: share.number == 0 ? plan.seed : seeds.next() ^ UInt64(share.number))
        step = share.count
        position = share.number
        guard plan.askedBefore > 0 else { return }
        // What was drawn before is not drawn again, and what comes in order goes on.
        numbers = SeededNumbers(seed: numbers.next() ^ plan.askedBefore)
        position += Int(plan.askedBefore % UInt64(max(1, knownCount)))
    }

    /// A question about what does not exist, where it is such a one's turn.
    mutating func nextMissing() -> Int? {
        guard missingShare > 0, numbers.next() >> 32 < missingShare else { return nil }
        return knownCount + numbers.below(missingCount)
    }

    /// The next question; nil: that was the last.
    mutating func next() -> Int? {
        if let missing = nextMissing() { return missing }
        switch choice {
        case .zipf: return zipf.next(&numbers)
        case .uniform: return numbers.below(knownCount)
        case .hot(let share, _): return hot(share)
        case .inOrder(let isShuffled, let stops): return inOrder(isShuffled: isShuffled, stops: stops)
        }
    }

    private mutating func hot(_ share: Double) -> Int {
        let coldCount = knownCount - hotCount
        guard coldCount > 0, numbers.fraction() >= share else { return numbers.below(hotCount) }
        return hotCount + numbers.below(coldCount)
    }

    private mutating func inOrder(isShuffled: Bool, stops: Bool) -> Int? {
        if position >= knownCount {
            guard !stops else { return nil }
            position %= knownCount
        }
        defer { position += step }
        return isShuffled ? order[position] : position
    }
}
