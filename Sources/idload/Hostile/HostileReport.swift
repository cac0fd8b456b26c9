internal import Console

/// What came of misbehaving, as text and as JSON with the same figures.
struct HostileReport {
    let plan: HostilePlan
    let tally: HostileTally
    let probe: ProbeTally?
    let facts: RunFacts
    let wasInterrupted: Bool

    /// A well-behaved client that got no answer is a condition that does not hold.
    var exitCode: Console.ExitCode {
        if let probe, probe.unanswered > 0 { return .thresholdNotMet }
        return wasInterrupted ? .interrupted : .done
    }

    private var isUDP: Bool { plan.target.carrier == .udp }

    /// The lines for a person, without newlines.
    func lines(_ language: Language) -> [String] {
        var table = Table([Table.Column("", .left), Table.Column("", .right), Table.Column("", .left)])
        for (name, count, note) in rows {
            table.add([name[language], TextCount.grouped(count), note?[language] ?? ""])
        }
        return [headLine[language]] + table.lines() + probeLines(language)
            + facts.lines(language).dropLast().map { TerminalText.safe($0) }
    }

    private var headLine: LocalizedText {
        let seconds = TextCount.duration(.seconds(plan.seconds))
        let rate = TextCount.rate(plan.ratePerSecond)
        let count = TextCount.grouped(plan.connections)
        let head = "\(plan.target.address)  \(plan.mode.rawValue)  \(plan.target.carrier.name)"
        guard !isUDP else {
            return LocalizedText(
                english: "\(head)  \(rate), \(seconds), seed \(plan.seed)",
                chinese: "\(head)  \(rate)，\(seconds)，种子 \(plan.seed)"
            )
        }
        return LocalizedText(
            english: "\(head)  at most \(count) connections at a time, \(rate) opened, \(seconds), seed \(plan.seed)",
            chinese: "\(head)  同时最多 \(count) 个连接，新建 \(rate)，\(seconds)，种子 \(plan.seed)"
        )
    }

    private typealias Row = (name: LocalizedText, count: UInt64, note: LocalizedText?)

    private var rows: [Row] {
        let own: [Row] =
            isUDP
            ? [(LocalizedText(english: "datagrams sent", chinese: "已发送数据报"), tally.datagrams, nil)]
            : [
                (LocalizedText(english: "connections opened", chinese: "已建立连接"), tally.opened, nil),
                (LocalizedText(english: "not taken by the target", chinese: "目标未接受"), tally.refused, nil),
                (LocalizedText(english: "closed by the target", chinese: "被目标关闭"), tally.closedByTarget, closedNote),
                (LocalizedText(english: "closed here", chinese: "本端关闭"), tally.closedHere, nil),
                (LocalizedText(english: "open at the end", chinese: "结束时仍打开"), tally.openAtEnd, nil),
            ]
        return own + [
            (LocalizedText(english: "not begun (this machine)", chinese: "未能发起（本机）"), tally.notBegun, nil),
            (LocalizedText(english: "bytes sent", chinese: "已发送字节"), tally.bytesSent, nil),
            (LocalizedText(english: "bytes received", chinese: "已接收字节"), tally.bytesReceived, nil),
            (LocalizedText(english: "answers", chinese: "应答"), tally.answers, codesNote),
        ]
    }

    private var closedNote: LocalizedText? {
        guard let half = tally.closedAfter.microseconds(atPercentile: 50),
            let longest = tally.closedAfter.microseconds(atPercentile: 100)
        else { return nil }
        let (p50, max) = (Self.time(half), Self.time(longest))
        return LocalizedText(english: "after p50 \(p50), max \(max)", chinese: "建立后 p50 \(p50)，max \(max)")
    }

    private var codesNote: LocalizedText? {
        guard !tally.codes.isEmpty else { return nil }
        let text = tally.codes.sorted { $0.key < $1.key }.map { "\($0.key): \(TextCount.grouped($0.value))" }
            .joined(separator: ", ")
        return LocalizedText(english: "by code \(text)", chinese: "按响应码 \(text)")
    }

    private func probeLines(_ language: Language) -> [String] {
        guard let probe else {
            return [
                LocalizedText(
                    english: "no well-behaved client was beside: give --id with an identifier that exists",
                    chinese: "没有正常客户端同时查询：请用 --id 给出一个存在的标识"
                )[language]
            ]
        }
        let p50 = Self.time(probe.times.microseconds(atPercentile: 50))
        let longest = Self.time(probe.times.microseconds(atPercentile: 100))
        let (asked, answered) = (TextCount.grouped(probe.asked), TextCount.grouped(probe.answered))
        let line = LocalizedText(
            english: "well-behaved client: \(answered) of \(asked) answered, p50 \(p50), max \(longest)",
            chinese: "正常客户端：\(asked) 次查询，\(answered) 次得到应答，p50 \(p50)，max \(longest)"
        )[language]
        return [line] + (probe.failure.map { ["  " + TerminalText.safe($0[language])] } ?? [])
    }

    private static func time(_ microseconds: UInt64?) -> String {
        microseconds.map { TextCount.duration(.microseconds(Int64(clamping: $0))) } ?? "–"
    }
}
