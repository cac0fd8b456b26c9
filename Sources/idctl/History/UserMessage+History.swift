internal import Console
internal import Resolution

extension UserMessage {
    /// What an identifier was at that time cannot be said any more.
    static func notInTheLog(
        _ name: [UInt8],
        at unixSeconds: UInt64,
        _ gap: HistoricState.Gap,
        _ start: LogStart
    ) -> UserMessage {
        let (name, time) = (TerminalText.safe(name), MomentText.text(unixSeconds))
        switch gap {
        case .beforeStart:
            let begins = start.unixSeconds.map { MomentText.text($0) }
            return UserMessage(
                "E-HISTORY-001",
                english: "what \(name) was at \(time) is not known: the change log has been trimmed, and "
                    + (begins.map { "begins at \($0)" } ?? "has no change left"),
                chinese: "\(name) 在 \(time) 的值未知：变更日志已被清理，" + (begins.map { "现存部分始于 \($0)" } ?? "已无变更"),
                adviceEnglish: "look into a backup of that time; history.keep_days says how long changes are kept",
                adviceChinese: "请查看当时的备份；history.keep_days 决定变更保留的天数"
            )
        case .changeDropped:
            return UserMessage(
                "E-HISTORY-002",
                english:
                    "what \(name) was at \(time) is not known: the change that made it has been dropped from the log",
                chinese: "\(name) 在 \(time) 的值未知：当时的变更已从日志中清除",
                adviceEnglish: "look into a backup of that time; history.keep_days says how long changes are kept",
                adviceChinese: "请查看当时的备份；history.keep_days 决定变更保留的天数"
            )
        }
    }

    /// The log has no change of the identifier.
    static func noHistory(_ name: [UInt8]) -> UserMessage {
        UserMessage(
            "E-HISTORY-003",
            english: "the change log has no change of \(TerminalText.safe(name))",
            chinese: "变更日志中没有 \(TerminalText.safe(name)) 的变更"
        )
    }

    /// A time that the clock has not reached.
    static func timeToCome(_ time: String) -> UserMessage {
        UserMessage(
            "E-HISTORY-004",
            english: "\(time) is still to come",
            chinese: "\(time) 尚未到来",
            adviceEnglish: "give a time that has passed",
            adviceChinese: "请给出已过去的时刻"
        )
    }

    /// Two times, the first of which lies behind the second.
    static func timesInWrongOrder(_ from: String, _ to: String) -> UserMessage {
        UserMessage(
            "E-HISTORY-005",
            english: "--from \(from) lies behind --to \(to)",
            chinese: "--from \(from) 晚于 --to \(to)",
            adviceEnglish: "give the earlier time as --from",
            adviceChinese: "请将较早的时刻作为 --from"
        )
    }

    /// The record as it is cannot be read.
    static func presentIsDamaged(_ name: [UInt8]) -> UserMessage {
        UserMessage(
            "E-HISTORY-006",
            english: "the record of \(TerminalText.safe(name)) as it is now is damaged",
            chinese: "\(TerminalText.safe(name)) 的当前记录已损坏",
            adviceEnglish: "run idctl verify-db; idctl id get --at shows what it was before",
            adviceChinese: "请运行 idctl verify-db；idctl id get --at 可显示此前的值"
        )
    }

    /// Older changes have been dropped from the log.
    static func historyBegins(_ start: LogStart) -> UserMessage {
        let begins = start.unixSeconds.map { MomentText.text($0) }
        return UserMessage(
            "W-HISTORY-007",
            english: begins.map { "changes before \($0) have been dropped from the log" }
                ?? "all changes have been dropped from the log",
            chinese: begins.map { "\($0) 之前的变更已从日志中清除" } ?? "全部变更已从日志中清除"
        )
    }

    /// There are more changes than the limit.
    static func historyIsLonger(omittedCount: Int) -> UserMessage {
        let count = TextCount.grouped(omittedCount)
        return UserMessage(
            "W-HISTORY-008",
            english: "older changes left out: \(count)",
            chinese: "未显示更早的变更：\(count) 条",
            adviceEnglish: "raise --limit to see them",
            adviceChinese: "可调大 --limit"
        )
    }

    /// A time that was there twice.
    static func clockWasSetBack(at unixSeconds: UInt64) -> UserMessage {
        let time = MomentText.text(unixSeconds)
        return UserMessage(
            "W-HISTORY-009",
            english: "the node's clock was set back over \(time); what is shown is the later of the two",
            chinese: "节点时钟曾回拨越过 \(time)，显示的是后一次的值"
        )
    }
}
