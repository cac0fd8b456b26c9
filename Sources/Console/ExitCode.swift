/// How a program ends, the same in all of them and listed in every man page.
package enum ExitCode: Int32, Sendable, CaseIterable {
    /// All of it was done.
    case done = 0
    /// It failed.
    case failed = 1
    /// What was asked for does not exist.
    case notFound = 3
    /// Not authenticated, or not permitted.
    case notPermitted = 4
    /// It already exists, or what exists differs.
    case conflict = 5
    /// Some of it was done: rows were rejected.
    case partlyDone = 6
    /// The node could not be reached, or what became of the request is not known.
    case outcomeUnknown = 7
    /// A threshold of a measurement was not met.
    case thresholdNotMet = 10
    /// The measurement does not count.
    case measurementNotValid = 11
    /// The command line was wrong (EX_USAGE of sysexits.h).
    case usage = 64
    /// Ended by Ctrl-C.
    case interrupted = 130

    /// What the code means, for man pages and help.
    package var meaning: LocalizedText {
        switch self {
        case .done: LocalizedText(english: "done", chinese: "完成")
        case .failed: LocalizedText(english: "failed", chinese: "失败")
        case .notFound: LocalizedText(english: "not found", chinese: "未找到")
        case .notPermitted: LocalizedText(english: "not authenticated or not permitted", chinese: "未认证或无权限")
        case .conflict: LocalizedText(english: "conflict: already exists or differs", chinese: "冲突：已存在或内容不同")
        case .partlyDone: LocalizedText(english: "partly done: some rows rejected", chinese: "部分完成：有被拒绝的行")
        case .outcomeUnknown:
            LocalizedText(english: "outcome unknown or node unreachable", chinese: "结果未知或节点不可达")
        case .thresholdNotMet: LocalizedText(english: "threshold not met", chinese: "未达到阈值")
        case .measurementNotValid: LocalizedText(english: "measurement not valid", chinese: "测量无效")
        case .usage: LocalizedText(english: "usage error", chinese: "用法错误")
        case .interrupted: LocalizedText(english: "interrupted", chinese: "被中断")
        }
    }
}
