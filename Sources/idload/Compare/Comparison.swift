internal import Console

/// Two runs side by side: what changed, whether that is more than noise, and whether they can be compared at all.
struct Comparison {
    /// Why two runs do not compare.
    enum Obstacle: Equatable {
        case plan(PlanDifference)
        /// The figures of one are the tool's own limits; true: of the later one.
        case generatorLimited(isAfter: Bool)
        /// One has no answers.
        case nothingAnswered(isAfter: Bool)
    }

    /// Answers per second that are the same.
    static let rateShare = 0.05
    /// Loss that is the same, of all questions: 0.1 %.
    static let lossLeast = 0.001
    /// Times that are the same.
    static let timeMicrosecondsLeast = 20.0
    /// Questions that must lie beyond a percentile for it to be judged.
    static let tailCountMin = 10.0

    let before: RunDocument
    let after: RunDocument
    /// Of a time, 0...1.
    let timeShare: Double

    /// What keeps the two from being compared.
    var obstacles: [Obstacle] {
        var obstacles = PlanDifference.between(before.plan, after.plan).map { Obstacle.plan($0) }
        for (document, isAfter) in [(before, false), (after, true)] {
            if document.isGeneratorLimited { obstacles.append(.generatorLimited(isAfter: isAfter)) }
            if document.result.tally.answered == 0 { obstacles.append(.nothingAnswered(isAfter: isAfter)) }
        }
        return obstacles
    }

    /// The figures, in the order in which they are shown; where the two do not compare none of them is judged.
    var judgements: [Judgement] {
        let areComparable = obstacles.isEmpty
        return allJudgements.map { judgement in
            areComparable
                ? judgement
                : Judgement(
                    key: judgement.key,
                    before: judgement.before,
                    after: judgement.after,
                    verdict: .notJudged
                )
        }
    }

    private var allJudgements: [Judgement] {
        let (one, other) = (before.result, after.result)
        let rate = Judgement.Margin(share: Self.rateShare, least: 0)
        let loss = Judgement.Margin(share: 0, least: Self.lossLeast)
        let none = Judgement.Margin(share: 0, least: 0)
        return [
            // More is better, so that the two change places.
            judgement("rate", one.answersPerSecond, other.answersPerSecond) { rate.verdict($1, $0) },
            judgement("loss", one.tally.lossShare, other.tally.lossShare, loss.verdict),
            judgement("wrong", Double(one.tally.wrong), Double(other.tally.wrong), none.verdict),
        ] + LatencyHistogram.percentiles.map(time)
    }

    /// All in all: a run that is worse in one figure is worse. nil: the two do not compare.
    var verdict: Judgement.Verdict? {
        guard obstacles.isEmpty else { return nil }
        let verdicts = judgements.map(\.verdict)
        return verdicts.contains(.worse) ? .worse : verdicts.contains(.better) ? .better : .same
    }

    private func judgement(
        _ key: String,
        _ before: Double?,
        _ after: Double?,
        _ verdict: (Double?, Double?) -> Judgement.Verdict
    ) -> Judgement {
        Judgement(key: key, before: before, after: after, verdict: verdict(before, after))
    }

    /// The longest time is one question's, and says nothing of the rest; nor does a percentile of too few.
    private func time(_ name: String, _ percent: Double) -> Judgement {
        let (one, other) = (before.result.tally, after.result.tally)
        let count = min(one.answered + one.lost, other.answered + other.lost)
        // 0.01 % of 100,000 are ten, although the nearest binary fractions say a little less.
        let isJudged = Double(count) * (100 - percent) / 100 >= Self.tailCountMin - 1e-6
        let margin = Judgement.Margin(share: timeShare, least: Self.timeMicrosecondsLeast)
        return judgement(
            RunDocument.key(name),
            one.microseconds(atPercentile: percent).map { Double($0) },
            other.microseconds(atPercentile: percent).map { Double($0) },
            isJudged ? margin.verdict : { _, _ in .notJudged }
        )
    }
}
