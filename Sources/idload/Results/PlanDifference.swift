internal import Console

/// Something that two runs were to do differently, so that their figures do not speak of the same.
struct PlanDifference: Equatable {
    /// The member of result files.
    let key: String
    let name: LocalizedText
    let before: LocalizedText
    let after: LocalizedText

    /// All of them.
    static func between(_ one: PlanFacts, _ other: PlanFacts) -> [PlanDifference] {
        let (before, after) = (facts(of: one), facts(of: other))
        return zip(before, after).compactMap { before, after in
            guard before.value != after.value else { return nil }
            return PlanDifference(key: before.key, name: before.name, before: before.value, after: after.value)
        }
    }

    private typealias Fact = (key: String, name: LocalizedText, value: LocalizedText)

    private static func facts(of plan: PlanFacts) -> [Fact] {
        func fact(_ key: String, _ english: String, _ chinese: String, _ value: some CustomStringConvertible) -> Fact {
            let text = value.description
            return (
                key, LocalizedText(english: english, chinese: chinese), LocalizedText(english: text, chinese: text)
            )
        }
        return [
            ("plan", LocalizedText(english: "mode and rate", chinese: "方式与速率"), plan.text),
            (
                "rate_changes", LocalizedText(english: "changes of the rate", chinese: "速率更改"),
                plan.rateChanges.isEmpty ? LocalizedText(english: "–", chinese: "–") : plan.rateChanges.text
            ),
            fact("targets", "number of targets", "目标数", plan.targets.count),
            fact("protocol", "protocol", "协议", plan.carrierName),
            fact("weights", "shares of the targets", "各目标占比", plan.shares.joined(separator: ", ")),
            fact("threads", "threads", "线程数", plan.threadCount),
            fact("connections", "connections", "连接数", plan.connections),
            fact(
                "per_connection",
                "questions of a connection",
                "每个连接的查询数",
                plan.questionsPerConnection.map(String.init) ?? "–"
            ),
            fact("keys", "choice of identifiers", "标识选取方式", plan.keys),
            fact("identifiers", "number of identifiers", "标识数", plan.identifierCount),
            fact("missing_percent", "percentage of missing ones", "不存在标识的百分比", plan.missingPercent),
            fact("verify", "verification", "核对方式", plan.verification),
            fact("warmup_seconds", "warm-up in seconds", "预热秒数", plan.warmupSeconds),
            fact("timeout_us", "timeout in µs", "超时（µs）", plan.timeoutMicroseconds),
        ]
    }

    /// In one line.
    var text: LocalizedText {
        LocalizedText(
            english: "\(name.english): \(before.english) and \(after.english)",
            chinese: "\(name.chinese)：\(before.chinese) 与 \(after.chinese)"
        )
    }
}
