internal import Console

/// One figure of two runs side by side, and what is to be said of it.
struct Judgement: Equatable {
    enum Verdict: String {
        case better
        case worse
        case same
        /// Shown, and left to the reader.
        case notJudged = "not_judged"

        var text: LocalizedText {
            switch self {
            case .better: LocalizedText(english: "better", chinese: "更好")
            case .worse: LocalizedText(english: "worse", chinese: "更差")
            case .same: LocalizedText(english: "the same", chinese: "相同")
            case .notJudged: LocalizedText(english: "not judged", chinese: "不作判断")
            }
        }
    }

    /// By how much two figures may differ and still be the same.
    struct Margin: Equatable {
        /// Of the first one, 0...1.
        let share: Double
        /// In the figure's unit, and at least so much.
        let least: Double

        /// What `after` is beside `before`, where less is better. One that has no value is longer than any.
        func verdict(_ before: Double?, _ after: Double?) -> Verdict {
            guard let before else { return after == nil ? .same : .better }
            guard let after else { return .worse }
            let bound = max(before * share, least)
            return after > before + bound ? .worse : after < before - bound ? .better : .same
        }
    }

    /// As in result files.
    let key: String
    /// nil: among the lost.
    let before: Double?
    let after: Double?
    let verdict: Verdict
}
