extension Threshold {
    /// Answers from which on a percentile or a share says something.
    private static let answerCountMin: UInt64 = 1_000

    /// Whether it does not hold in a run that still goes on, and its end can hardly change that: counts only grow, and
    /// a percentile or the share of the lost has at least 1,000 answers behind it. A lower bound may be reached yet.
    func isBroken(by result: LoadResult) -> Bool {
        switch measure {
        case .wrong, .lost, .late, .duplicate, .unexpected:
            switch relation {
            case .less, .atMost: !isMet(by: result)
            case .equal: !with(.atMost).isMet(by: result)
            case .greater, .atLeast: false
            }
        case .percentile, .loss:
            switch relation {
            case .less, .atMost: result.tally.answered >= Self.answerCountMin && !isMet(by: result)
            case .equal, .greater, .atLeast: false
            }
        case .rate: false
        }
    }
}
