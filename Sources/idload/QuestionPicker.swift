/// Which question comes next: each known one once and in order, or at random with some about what does not exist.
struct QuestionPicker: Sendable {
    private let knownCount: Int
    private let missingCount: Int
    /// Of 2³² draws, so many are about what does not exist.
    private let missingShare: UInt64
    private let asksEachOnce: Bool
    private var numbers: SeededNumbers
    private var position = 0

    init(knownCount: Int, missingCount: Int, plan: LoadPlan) {
        self.knownCount = knownCount
        self.missingCount = missingCount
        missingShare = missingCount > 0 ? UInt64(plan.missingPercent / 100 * 4_294_967_296) : 0
        asksEachOnce = plan.asksEachOnce
        numbers = SeededNumbers(seed: plan.seed)
    }

    /// The next question; nil: that was the last.
    mutating func next() -> Int? {
        if missingShare > 0, numbers.next() >> 32 < missingShare { return knownCount + numbers.below(missingCount) }
        guard asksEachOnce else { return numbers.below(knownCount) }
        guard position < knownCount else { return nil }
        defer { position += 1 }
        return position
    }
}
