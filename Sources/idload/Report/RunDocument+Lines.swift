internal import Console

extension RunDocument {
    /// One of the counts of a run, as it is shown.
    struct CountLine {
        /// The member of the same figure in JSON.
        let key: String
        let name: LocalizedText
        let count: UInt64
        let note: LocalizedText?
    }

    /// One of the times of a run, as it is shown.
    struct TimeLine {
        let key: String
        let name: LocalizedText
        /// At each of `LatencyHistogram.percentiles`; nil: among the lost.
        let microseconds: [UInt64?]
    }

    /// The lines for a person, without newlines.
    func lines(_ language: Language) -> [String] {
        [TerminalText.safe(headText[language])] + rateChangeLines(language) + countLines(language)
            + latencyLines(language) + targetLines(language)
            + factLines(language) + partLines(language) + sampleLines(language) + generatorLines(language)
            + portLines(language) + busyLines(language) + rateLimitLines(language) + thresholdLines(language)
            + (count?.lines(language) ?? []) + (written?.lines(language) ?? [])
    }

    /// What was run, in one line.
    var headText: LocalizedText {
        let carrier = plan.carrierName
        let isUDP = plan.carriers.allSatisfy { ["udp", "dns"].contains($0) }
        let threads = plan.threadCount
        let seconds = Self.oneDecimal(result.seconds)
        let warmup = plan.warmupSeconds > 0 ? Self.oneDecimal(plan.warmupSeconds) : nil
        let count = TextCount.grouped(plan.identifierCount)
        return LocalizedText(
            english: "\(plan.target)  \(carrier)  \(plan.text.english), "
                + "\(plan.connections) \(isUDP ? "sockets" : "connections")\(turnover?.english ?? "")"
                + (threads > 1 ? " on each of \(threads) threads" : "") + ", \(seconds) s"
                + (warmup.map { " after \($0) s of warm-up" } ?? "")
                + (plan.identifierCount > 0 ? ", \(count) identifiers" : "") + ", \(plan.keys)"
                + (parts.isEmpty ? ", seed \(facts.seed)" : ""),
            chinese: "\(plan.target)  \(carrier)  \(plan.text.chinese)，"
                + (threads > 1 ? "\(threads) 个线程各 " : "")
                + "\(plan.connections) 个\(isUDP ? "套接字" : "连接")\(turnover?.chinese ?? "")，\(seconds) 秒"
                + (warmup.map { "（此前预热 \($0) 秒）" } ?? "")
                + (plan.identifierCount > 0 ? "，\(count) 个标识" : "") + "，\(plan.keys)"
                + (parts.isEmpty ? "，种子 \(facts.seed)" : "")
        )
    }

    /// The seed stands in the first line.
    private func factLines(_ language: Language) -> [String] {
        facts.lines(language).dropLast().map { TerminalText.safe($0) }
    }

    private func rateChangeLines(_ language: Language) -> [String] { rateChangeText.map { [$0[language]] } ?? [] }

    /// What a merged result was merged from, and where that does not fit together.
    private func partLines(_ language: Language) -> [String] {
        parts.map { TerminalText.safe($0.text[language]) } + warnings.map { TerminalText.safe($0[language]) }
    }

    private func countLines(_ language: Language) -> [String] {
        var table = Table([Table.Column("", .left), Table.Column("", .right), Table.Column("", .left)])
        for line in counts {
            table.add([line.name[language], TextCount.grouped(line.count), line.note?[language] ?? ""])
        }
        return table.lines()
    }

    /// What was counted, in the order in which it is shown.
    var counts: [CountLine] {
        let tally = result.tally
        let generator = result.generator
        let unsent = TextCount.grouped(tally.unsent)
        let rate = TextCount.rate(result.answersPerSecond)
        let loss = TextCount.percent(tally.lost, of: tally.sent)
        let faults = tally.faults.map { "\($0.key) \($0.value)" }.sorted().joined(separator: ", ")
        let untaken = LocalizedText(english: "not taken by the system \(unsent)", chinese: "系统未接受 \(unsent)")
        func line(_ key: String, _ name: LocalizedText, _ count: UInt64, _ note: String = "") -> CountLine {
            CountLine(key: key, name: name, count: count, note: LocalizedText(english: note, chinese: note))
        }
        var lines = [
            CountLine(key: "sent", name: Self.sentName, count: tally.sent, note: tally.unsent > 0 ? untaken : nil),
            line("answered", Self.answeredName, tally.answered, rate),
            line("wrong", AnswerColumn.wrong.name, tally.wrong, faults),
            line("lost", AnswerColumn.lost.name, tally.lost, loss),
            line("late", AnswerColumn.late.name, tally.late),
            line("duplicate", AnswerColumn.duplicate.name, tally.duplicate),
            line("unexpected", AnswerColumn.unexpected.name, tally.unexpected),
            line("disconnected", LocalizedText(english: "disconnected", chinese: "断开"), tally.disconnected),
        ]
        lines += connectionCounts
        if plan.isOpen {
            let share = TextCount.percent(generator.notSent, of: tally.sent + generator.notSent)
            lines.append(line("not_sent", Self.notSentName, generator.notSent, share))
        }
        return lines
    }

    private static let sentName = LocalizedText(english: "sent", chinese: "已发送")
    private static let answeredName = LocalizedText(english: "answered", chinese: "已应答")
    private static let notSentName = LocalizedText(english: "not sent (generator)", chinese: "未发送（本工具）")

    /// Response and service times.
    var times: [TimeLine] {
        let percents = LatencyHistogram.percentiles.map(\.percent)
        return [
            TimeLine(
                key: "",
                name: LocalizedText(english: "response", chinese: "响应时间"),
                microseconds: percents.map { result.tally.microseconds(atPercentile: $0) }
            ),
            TimeLine(
                key: "service_",
                name: LocalizedText(english: "service", chinese: "服务时间"),
                microseconds: percents.map { result.tally.serviceMicroseconds(atPercentile: $0) }
            ),
        ]
    }

    private func latencyLines(_ language: Language) -> [String] {
        var table = Table(
            [Table.Column("", .left)] + LatencyHistogram.percentiles.map { Table.Column($0.name, .right) }
        )
        for line in times { table.add([line.name[language]] + line.microseconds.map(timeText)) }
        return table.lines() + [timesNote[language]]
    }

    /// What the times are counted from.
    var timesNote: LocalizedText { plan.isOpen ? Self.openNote : Self.closedNote }

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
            return "> " + TextCount.duration(.microseconds(Int64(clamping: plan.timeoutMicroseconds)))
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
                    + "protection. idnode says this over limits.in_flight_bytes, or while its store cannot be read",
                chinese: "\(count) 个应答为“服务器忙”（响应码 3）：目标为保护自身而拒绝了查询。idnode "
                    + "在超过 limits.in_flight_bytes 或暂时无法读取存储时才会如此应答"
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
            return sample.column.name[language] + fault
                + "  \(TerminalText.safe(sample.identifier))  \(hex.joined())\(cut)"
        }
    }

    private static func oneDecimal(_ value: Double) -> String {
        let tenths = Int((min(value, 1e12) * 10).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }
}

extension RunDocument.Part {
    /// What it was, in one line.
    var text: LocalizedText {
        let answered = TextCount.grouped(answered)
        let lost = TextCount.grouped(lost)
        let command = facts.commandLine.joined(separator: " ")
        return LocalizedText(
            english: "merged: \(target), \(planText.english): answered \(answered), lost \(lost); "
                + "\(command); \(facts.version); \(facts.host.line); seed \(facts.seed)",
            chinese: "合并自：\(target)，\(planText.chinese)：已应答 \(answered)，丢失 \(lost)；"
                + "\(command)；\(facts.version)；\(facts.host.line)；种子 \(facts.seed)"
        )
    }
}
