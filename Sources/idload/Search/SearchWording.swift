internal import Console

extension SearchAim {
    /// As people read it.
    var text: LocalizedText {
        switch self {
        case .noLoss: LocalizedText(english: "highest rate without loss", chinese: "无丢失的最高速率")
        case .littleLoss: LocalizedText(english: "highest rate with ≤ 0.5 % loss", chinese: "丢失 ≤ 0.5 % 的最高速率")
        }
    }
}

extension TrialVerdict {
    /// As people read it.
    var text: LocalizedText {
        switch self {
        case .met: LocalizedText(english: "good", chinese: "达标")
        case .loss: LocalizedText(english: "loss", chinese: "丢失")
        case .limit(let limit): LocalizedText(english: "not \(limit)", chinese: "未满足 \(limit)")
        case .behind: LocalizedText(english: "fell behind", chinese: "跟不上")
        case .wrong: LocalizedText(english: "wrong answers", chinese: "应答错误")
        case .generator: LocalizedText(english: "this tool was the limit", chinese: "受本工具限制")
        }
    }

    /// In JSON.
    var name: String {
        switch self {
        case .met: "good"
        case .loss: "loss"
        case .limit: "limit"
        case .behind: "behind"
        case .wrong: "wrong"
        case .generator: "generator"
        }
    }
}

extension SearchStop {
    /// Why a search went no higher, as people read it.
    var text: LocalizedText {
        switch self {
        case .verdict(let verdict, let rate):
            LocalizedText(
                english: "stopped at \(TextCount.rate(rate)): \(verdict.text.english)",
                chinese: "止于 \(TextCount.rate(rate))：\(verdict.text.chinese)"
            )
        case .bound: LocalizedText(english: "no higher rate was to be tried", chinese: "已达允许尝试的最高速率")
        case .trials: LocalizedText(english: "all trials were used up", chinese: "试验次数已用完")
        case .interrupted: LocalizedText(english: "interrupted", chinese: "被中断")
        case .silence: LocalizedText(english: "nobody answers", chinese: "无人应答")
        }
    }

    /// In JSON.
    var name: String {
        switch self {
        case .verdict(let verdict, _): verdict.name
        case .bound: "bound"
        case .trials: "trials"
        case .interrupted: "interrupted"
        case .silence: "silence"
        }
    }
}
