internal import Console

/// A run and its result, as text for people and as JSON, with the same figures.
struct LoadReport {
    let plan: LoadPlan
    let result: LoadResult
    let thresholds: [Threshold]
    let questionCount: Int
    let facts: RunFacts
    /// The condition that ended the run before its time.
    var abortedBy: Threshold?
    /// Of a run for a number of questions, or whose counts were held against the node's.
    var count: CountRun.Ending?

    /// How the program ends. A wrong answer is wrong however it was asked for; all other conditions say nothing about
    /// the target where the tool itself was the limit.
    var exitCode: Console.ExitCode {
        if count?.isUnexplained == true { return .thresholdNotMet }
        if result.tally.answered == 0 {
            if count?.isReached == true { return .done }
            return result.wasInterrupted ? .interrupted : .outcomeUnknown
        }
        let unmet = thresholds.filter { !$0.isMet(by: result) }
        if unmet.contains(where: { $0.measure == .wrong }) || count?.hadWrongBefore(result) == true {
            return .thresholdNotMet
        }
        if isGeneratorLimited { return .measurementNotValid }
        if !unmet.isEmpty || abortedBy != nil { return .thresholdNotMet }
        return result.wasInterrupted ? .interrupted : .done
    }

    /// What the tool itself limited.
    var limits: [GeneratorFigures.Limit] { result.generator.limits }

    /// Whether the run does not count. A closed loop has no plan that could be missed: its own processor time is told,
    /// and left to the reader.
    var isGeneratorLimited: Bool { plan.isOpen && !limits.isEmpty }

    /// The lines for a person, without newlines.
    func lines(_ language: Language) -> [String] {
        headLines(language) + countLines(language) + latencyLines(language) + targetLines(language)
            + factLines(language) + sampleLines(language) + portLines(language) + generatorLines(language)
            + busyLines(language) + thresholdLines(language) + (count?.lines(language) ?? [])
    }

    private func headLines(_ language: Language) -> [String] {
        let isUDP = plan.targets.allSatisfy { $0.carrier == .udp || $0.carrier == .dns }
        let seconds = Self.oneDecimal(result.seconds)
        let warmup = plan.warmupSeconds > 0 ? Self.oneDecimal(plan.warmupSeconds) : nil
        let count = TextCount.grouped(questionCount)
        return [
            LocalizedText(
                english: "\(plan.targetText)  \(plan.carrierText)  \(plan.loopText.english), "
                    + "\(plan.connections) \(isUDP ? "sockets" : "connections")\(turnover?.english ?? "")"
                    + (plan.threadCount > 1 ? " on each of \(plan.threadCount) threads" : "") + ", \(seconds) s"
                    + (warmup.map { " after \($0) s of warm-up" } ?? "")
                    + ", \(count) identifiers, \(plan.keys), seed \(plan.seed)",
                chinese: "\(plan.targetText)  \(plan.carrierText)  \(plan.loopText.chinese)，"
                    + (plan.threadCount > 1 ? "\(plan.threadCount) 个线程各 " : "")
                    + "\(plan.connections) 个\(isUDP ? "套接字" : "连接")\(turnover?.chinese ?? "")，\(seconds) 秒"
                    + (warmup.map { "（此前预热 \($0) 秒）" } ?? "")
                    + "，\(count) 个标识，\(plan.keys)，种子 \(plan.seed)"
            )[language]
        ]
    }

    /// The seed stands in the first line.
    private func factLines(_ language: Language) -> [String] {
        facts.lines(language).dropLast().map { TerminalText.safe($0) }
    }

    private func countLines(_ language: Language) -> [String] {
        let tally = result.tally
        let isChinese = language == .chinese
        var table = Table([Table.Column("", .left), Table.Column("", .right), Table.Column("", .left)])
        var rows: [(english: String, chinese: String, count: UInt64, note: String)] = [
            (
                "sent", "已发送", tally.sent,
                tally.unsent > 0
                    ? (isChinese ? "系统未接受" : "not taken by the system")
                        + " \(TextCount.grouped(tally.unsent))" : ""
            ),
            ("answered", "已应答", tally.answered, TextCount.rate(result.answersPerSecond)),
            ("wrong", "错误", tally.wrong, faultsText),
            ("lost", "丢失", tally.lost, TextCount.percent(tally.lost, of: tally.sent)),
            ("late", "迟到", tally.late, ""),
            ("duplicate", "重复", tally.duplicate, ""),
            ("unexpected", "意外", tally.unexpected, ""),
            ("disconnected", "断开", tally.disconnected, ""),
        ]
        rows += connectionRows
        if plan.isOpen {
            let planned = tally.sent + result.generator.notSent
            let share = TextCount.percent(result.generator.notSent, of: planned)
            rows.append(("not sent (generator)", "未发送（本工具）", result.generator.notSent, share))
        }
        for row in rows { table.add([isChinese ? row.chinese : row.english, TextCount.grouped(row.count), row.note]) }
        return table.lines()
    }

    private var faultsText: String {
        result.tally.faults.map { "\($0.key) \($0.value)" }.sorted().joined(separator: ", ")
    }

    private func latencyLines(_ language: Language) -> [String] {
        let isChinese = language == .chinese
        var table = Table(
            [Table.Column("", .left)] + LatencyHistogram.percentiles.map { Table.Column($0.name, .right) }
        )
        let percents = LatencyHistogram.percentiles.map(\.percent)
        table.add(
            [isChinese ? "响应时间" : "response"]
                + percents.map { timeText(result.tally.microseconds(atPercentile: $0)) }
        )
        table.add(
            [isChinese ? "服务时间" : "service"]
                + percents.map { timeText(result.tally.serviceMicroseconds(atPercentile: $0)) }
        )
        return table.lines() + [plan.isOpen ? Self.openNote[language] : Self.closedNote[language]]
    }

    private static let openNote = LocalizedText(
        english: "response: from the planned sending to the answer; service: from the actual sending; "
            + "lost ones stay in both",
        chinese: "响应时间从计划发送时刻起算，服务时间从实际发送时刻起算；丢失的查询计入两者"
    )
    private static let closedNote = LocalizedText(
        english: "from sending to answer; a closed loop asks a slow server less often, "
            + "so its percentiles flatter a stall",
        chinese: "时延从发送到应答计算；闭环对变慢的服务器提问更少，因此停顿时的百分位偏乐观"
    )

    /// A time that never came was longer than the timeout.
    func timeText(_ microseconds: UInt64?) -> String {
        guard let microseconds else {
            return "> " + TextCount.duration(.nanoseconds(Int64(clamping: plan.timeoutNanoseconds)))
        }
        return TextCount.duration(.microseconds(Int64(clamping: microseconds)))
    }

    private func thresholdLines(_ language: Language) -> [String] {
        let unmet = thresholds.filter { !$0.isMet(by: result) && $0 != abortedBy }.map { threshold in
            LocalizedText(english: "not met: \(threshold.text)", chinese: "未达到：\(threshold.text)")[language]
        }
        guard let abortedBy else { return unmet }
        let ended = LocalizedText(
            english: "ended early (--abort-on-fail): not met: \(abortedBy.text)",
            chinese: "提前结束（--abort-on-fail）：未达到：\(abortedBy.text)"
        )
        return unmet + [ended[language]]
    }

    /// What a node that is too busy says, and what that means where the test is held back by the node's own bounds.
    private func busyLines(_ language: Language) -> [String] {
        guard result.tally.busy > 0 else { return [] }
        let count = TextCount.grouped(result.tally.busy)
        return [
            LocalizedText(
                english: "\(count) answers were “too busy” (code 3): the target refused questions for its own "
                    + "protection. idnode has no limit of the rate by source, and so no list of exceptions: it says "
                    + "this over limits.in_flight_bytes, or while its store cannot be read",
                chinese: "\(count) 个应答为“服务器忙”（响应码 3）：目标为保护自身而拒绝了查询。idnode 没有按来源的速率限制，"
                    + "因此也没有例外名单：超过 limits.in_flight_bytes 或暂时无法读取存储时才会如此应答"
            )[language]
        ]
    }

    private func sampleLines(_ language: Language) -> [String] {
        result.tally.samples.map { sample in
            let hex = sample.packet.prefix(96).map { byte in
                (byte < 16 ? "0" : "") + String(byte, radix: 16)
            }
            let cut = sample.packet.count > 96 ? "…" : ""
            let fault = sample.fault.map { " (\($0))" } ?? ""
            return Self.name(of: sample.column)[language] + fault
                + "  \(TerminalText.safe(sample.identifier))  \(hex.joined())\(cut)"
        }
    }

    private static func name(of column: AnswerColumn) -> LocalizedText {
        switch column {
        case .wrong: LocalizedText(english: "wrong", chinese: "错误")
        case .lost: LocalizedText(english: "lost", chinese: "丢失")
        case .late: LocalizedText(english: "late", chinese: "迟到")
        case .duplicate: LocalizedText(english: "duplicate", chinese: "重复")
        case .unexpected: LocalizedText(english: "unexpected", chinese: "意外")
        }
    }

    private static func oneDecimal(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }
}
