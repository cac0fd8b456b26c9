internal import Console

/// A run and its result, as text for people and as JSON, with the same figures.
struct LoadReport {
    static let percentiles: [(name: String, percent: Double)] = [
        ("p50", 50), ("p90", 90), ("p99", 99), ("p99.9", 99.9), ("max", 100),
    ]

    let plan: LoadPlan
    let result: LoadRun.Result
    let thresholds: [Threshold]
    let questionCount: Int
    let commandLine: [String]

    /// How the program ends.
    var exitCode: Console.ExitCode {
        if result.tally.answered == 0 { return .outcomeUnknown }
        if thresholds.contains(where: { !$0.isMet(by: result) }) { return .thresholdNotMet }
        return result.wasInterrupted ? .interrupted : .done
    }

    /// The lines for a person, without newlines.
    func lines(_ language: Language) -> [String] {
        headLines(language) + countLines(language) + latencyLines(language) + sampleLines(language)
            + thresholdLines(language)
    }

    private func headLines(_ language: Language) -> [String] {
        let carrier = plan.carrier.name
        let paced = plan.ratePerSecond.map { TextCount.rate($0) }
        let english =
            "closed loop, \(plan.outstanding) outstanding" + (paced.map { ", at most \($0)" } ?? "")
            + ", \(plan.connections) \(plan.carrier == .udp ? "sockets" : "connections")"
        let chinese =
            "闭环，\(plan.outstanding) 个在途请求" + (paced.map { "，最多 \($0)" } ?? "")
            + "，\(plan.connections) 个\(plan.carrier == .udp ? "套接字" : "连接")"
        let seconds = Self.oneDecimal(result.seconds)
        return [
            LocalizedText(
                english: "\(plan.target)  \(carrier)  \(english), \(seconds) s, "
                    + "\(TextCount.grouped(questionCount)) identifiers, seed \(plan.seed)",
                chinese: "\(plan.target)  \(carrier)  \(chinese)，\(seconds) 秒，"
                    + "\(TextCount.grouped(questionCount)) 个标识，种子 \(plan.seed)"
            )[language]
        ]
    }

    private func countLines(_ language: Language) -> [String] {
        let tally = result.tally
        let isChinese = language == .chinese
        var table = Table([Table.Column("", .left), Table.Column("", .right), Table.Column("", .left)])
        let rows: [(english: String, chinese: String, count: UInt64, note: String)] = [
            (
                "sent", "已发送", tally.sent,
                tally.unsent > 0
                    ? (isChinese ? "系统未接受" : "not taken by the system")
                        + " \(tally.unsent)" : ""
            ),
            ("answered", "已应答", tally.answered, TextCount.rate(result.answersPerSecond)),
            ("wrong", "错误", tally.wrong, faultsText),
            ("lost", "丢失", tally.lost, TextCount.percent(tally.lost, of: tally.sent)),
            ("late", "迟到", tally.late, ""),
            ("duplicate", "重复", tally.duplicate, ""),
            ("unexpected", "意外", tally.unexpected, ""),
            ("disconnected", "断开", tally.disconnected, ""),
        ]
        for row in rows { table.add([isChinese ? row.chinese : row.english, TextCount.grouped(row.count), row.note]) }
        return table.lines()
    }

    private var faultsText: String {
        result.tally.faults.map { "\($0.key) \($0.value)" }.sorted().joined(separator: ", ")
    }

    private func latencyLines(_ language: Language) -> [String] {
        let values = Self.percentiles.map { "\($0.name) \(latencyText(atPercentile: $0.percent))" }
        return [
            LocalizedText(english: "latency  ", chinese: "时延  ")[language] + values.joined(separator: "  "),
            LocalizedText(
                english: "from sending to answer; a closed loop asks a slow server less often, "
                    + "so its percentiles flatter a stall",
                chinese: "时延从发送到应答计算；闭环对变慢的服务器提问更少，因此停顿时的百分位偏乐观"
            )[language],
        ]
    }

    private func latencyText(atPercentile percent: Double) -> String {
        guard let microseconds = result.tally.microseconds(atPercentile: percent) else {
            return "> " + TextCount.duration(.nanoseconds(Int64(clamping: plan.timeoutNanoseconds)))
        }
        return TextCount.duration(.microseconds(Int64(clamping: microseconds)))
    }

    private func thresholdLines(_ language: Language) -> [String] {
        thresholds.filter { !$0.isMet(by: result) }.map { threshold in
            LocalizedText(english: "not met: \(threshold.text)", chinese: "未达到：\(threshold.text)")[language]
        }
    }

    private func sampleLines(_ language: Language) -> [String] {
        result.tally.samples.map { sample in
            let hex = sample.packet.prefix(96).map { byte in
                (byte < 16 ? "0" : "") + String(byte, radix: 16)
            }
            let cut = sample.packet.count > 96 ? "…" : ""
            return LocalizedText(english: "wrong", chinese: "错误")[language]
                + "  \(sample.fault)  \(TerminalText.safe(sample.identifier))  \(hex.joined())\(cut)"
        }
    }

    private static func oneDecimal(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }
}
