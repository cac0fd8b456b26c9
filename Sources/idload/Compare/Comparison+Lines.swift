internal import Console

extension Comparison {
    /// The lines for a person, without newlines.
    func lines(_ language: Language, names: (before: String, after: String)) -> [String] {
        let isChinese = language == .chinese
        var heads = Table([Table.Column(""), Table.Column(""), Table.Column("")])
        heads.add([isChinese ? "之前" : "before", names.before, before.headText[language]])
        heads.add([isChinese ? "之后" : "after", names.after, after.headText[language]])
        return heads.lines() + figureLines(language) + (obstacles.isEmpty ? [marginText[language]] : [])
            + obstacles.map { TerminalText.safe(Self.text(of: $0)[language]) } + [verdictText[language]]
    }

    private func figureLines(_ language: Language) -> [String] {
        let isChinese = language == .chinese
        var table = Table([
            Table.Column(""), Table.Column(isChinese ? "之前" : "before", .right),
            Table.Column(isChinese ? "之后" : "after", .right), Table.Column(isChinese ? "变化" : "change", .right),
            Table.Column(isChinese ? "判断" : "verdict"),
        ])
        for judgement in judgements {
            table.add([
                Self.name(of: judgement.key)[language], text(judgement.before, judgement.key, in: before),
                text(judgement.after, judgement.key, in: after), Self.change(judgement),
                judgement.verdict.text[language],
            ])
        }
        return table.lines()
    }

    private func text(_ value: Double?, _ key: String, in document: RunDocument) -> String {
        let tally = document.result.tally
        return switch key {
        case "rate": TextCount.rate(value ?? 0)
        case "loss": TextCount.percent(tally.lost, of: tally.sent)
        case "wrong": TextCount.grouped(tally.wrong)
        default: document.timeText(value.map { UInt64($0) })
        }
    }

    /// In percent of what it was; of what was nothing, or is among the lost, there is none.
    private static func change(_ judgement: Judgement) -> String {
        guard let before = judgement.before, let after = judgement.after, before > 0, judgement.key != "loss" else {
            return ""
        }
        let tenths = Int((min(after / before - 1, 1e9) * 1_000).rounded())
        return "\(tenths > 0 ? "+" : tenths < 0 ? "-" : "")\(abs(tenths) / 10).\(abs(tenths) % 10) %"
    }

    private static func name(of key: String) -> LocalizedText {
        switch key {
        case "rate": LocalizedText(english: "answered", chinese: "已应答")
        case "loss": LocalizedText(english: "lost", chinese: "丢失")
        case "wrong": LocalizedText(english: "wrong", chinese: "错误")
        default:
            LocalizedText(
                english: "response \(key.replacing("_us", with: "").replacing("_", with: "."))",
                chinese: "响应时间 \(key.replacing("_us", with: "").replacing("_", with: "."))"
            )
        }
    }

    /// By what it was judged.
    private var marginText: LocalizedText {
        let tenths = (timeShare * 1_000).rounded() / 10
        let percent = Int(exactly: tenths).map(String.init) ?? "\(tenths)"
        return LocalizedText(
            english: "the same: rates within 5 %, loss within 0.1 % of all, wrong as many, times within \(percent) % "
                + "or 20 µs; not judged: the longest time, and percentiles with fewer than 10 beyond",
            chinese: "视为相同：速率相差 5 % 以内，丢失相差总数的 0.1 % 以内，错误数相等，时延相差 \(percent) % 或 20 µs 以内；"
                + "不作判断：最长时间，以及其外不足 10 个的百分位"
        )
    }

    private var verdictText: LocalizedText {
        switch verdict {
        case .worse: LocalizedText(english: "verdict: worse", chinese: "结论：更差")
        case .better: LocalizedText(english: "verdict: better", chinese: "结论：更好")
        case .same, .notJudged: LocalizedText(english: "verdict: the same", chinese: "结论：相同")
        case nil: LocalizedText(english: "verdict: these runs do not compare", chinese: "结论：这两次运行不可比较")
        }
    }

    /// Why they do not.
    static func text(of obstacle: Obstacle) -> LocalizedText {
        switch obstacle {
        case .plan(let difference):
            LocalizedText(
                english: "different runs: \(difference.text.english)",
                chinese: "运行方式不同：\(difference.text.chinese)"
            )
        case .generatorLimited(let isAfter): isAfter ? Self.laterLimited : Self.earlierLimited
        case .nothingAnswered(let isAfter): isAfter ? Self.laterUnanswered : Self.earlierUnanswered
        }
    }

    private static let earlierLimited = LocalizedText(
        english: "the earlier run was limited by idload itself",
        chinese: "之前的运行受 idload 本身限制"
    )
    private static let laterLimited = LocalizedText(
        english: "the later run was limited by idload itself",
        chinese: "之后的运行受 idload 本身限制"
    )
    private static let earlierUnanswered = LocalizedText(
        english: "the earlier run got no answers",
        chinese: "之前的运行没有收到应答"
    )
    private static let laterUnanswered = LocalizedText(
        english: "the later run got no answers",
        chinese: "之后的运行没有收到应答"
    )
}
