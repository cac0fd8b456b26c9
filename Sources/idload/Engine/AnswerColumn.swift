internal import Console

/// The columns of a run whose first cases are kept, so that they can be looked at.
enum AnswerColumn: String, Sendable, CaseIterable {
    case wrong
    case lost
    case late
    case duplicate
    case unexpected
}

extension AnswerColumn {
    /// As people read it.
    var name: LocalizedText {
        switch self {
        case .wrong: LocalizedText(english: "wrong", chinese: "错误")
        case .lost: LocalizedText(english: "lost", chinese: "丢失")
        case .late: LocalizedText(english: "late", chinese: "迟到")
        case .duplicate: LocalizedText(english: "duplicate", chinese: "重复")
        case .unexpected: LocalizedText(english: "unexpected", chinese: "意外")
        }
    }
}
