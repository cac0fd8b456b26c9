internal import Console

/// A search and its result, as text for people and as JSON, with the same figures.
struct SearchReport {
    let plan: LoadPlan
    let limits: [Threshold]
    let result: SearchResult
    let questionCount: Int
    let facts: RunFacts
    /// In all trials together; nil: nothing was to be.
    var written: WriteFigures?

    /// How the program ends. Wrong answers are wrong at any rate.
    var exitCode: Console.ExitCode {
        if result.earlyEnd == .interrupted { return .interrupted }
        if result.trials.allSatisfy({ $0.answered == 0 }) { return .outcomeUnknown }
        if result.trials.contains(where: { $0.wrong > 0 }) { return .thresholdNotMet }
        if let written, written.missing + written.different > 0 { return .thresholdNotMet }
        if let written, written.unchecked > 0 { return .outcomeUnknown }
        if result.earlyEnd != nil || result.isGeneratorLimited { return .measurementNotValid }
        return result.figures.contains { $0.outcome == nil } ? .thresholdNotMet : .done
    }

    /// The lines for a person, without newlines.
    func lines(_ language: Language) -> [String] {
        [headLine(language)] + trialLines(language) + result.figures.map { figureLine($0)[language] }
            + endLines(language) + (written?.lines(language) ?? [])
            + facts.lines(language).dropLast().map { TerminalText.safe($0) }
    }

    private func headLine(_ language: Language) -> String {
        let count = questionCount > 0 ? TextCount.grouped(questionCount) : nil
        let isUDP = plan.targets.allSatisfy { $0.carrier == .udp }
        let kept = limits.map(\.text).joined(separator: ", ")
        return LocalizedText(
            english:
                "\(plan.targetText)  \(plan.carrierText)  search for the highest rate, open loop, \(plan.connections) "
                + "\(isUDP ? "sockets" : "connections"), \(kept.isEmpty ? "no limit of time" : kept), "
                + (count.map { "\($0) identifiers, " } ?? "") + "\(plan.keysText), seed \(plan.seed)",
            chinese: "\(plan.targetText)  \(plan.carrierText)  查找最高速率，开环，\(plan.connections) 个\(isUDP ? "套接字" : "连接")，"
                + "\(kept.isEmpty ? "无时延限制" : kept)，" + (count.map { "\($0) 个标识，" } ?? "")
                + "\(plan.keysText)，种子 \(plan.seed)"
        )[language]
    }

    private func trialLines(_ language: Language) -> [String] {
        let isChinese = language == .chinese
        let titles =
            isChinese
            ? ["速率", "秒", "已应答", "丢失", "p50", "p99", "p99.9", "判定"]
            : ["rate", "s", "answered", "loss", "p50", "p99", "p99.9", "verdict"]
        var table = Table(titles.enumerated().map { Table.Column($1, $0 == titles.count - 1 ? .left : .right) })
        for trial in result.trials { table.add(cells(of: trial, language)) }
        return table.lines()
    }

    private func cells(of trial: TrialOutcome, _ language: Language) -> [String] {
        [
            TextCount.rate(trial.ratePerSecond), "\((trial.seconds * 10).rounded() / 10)",
            TextCount.grouped(trial.answered), TextCount.percent(trial.lost + trial.busy, of: trial.sent),
            timeText(trial.p50), timeText(trial.p99), timeText(trial.p99_9), Self.verdictText(of: trial)[language],
        ]
    }

    /// What one trial says for both aims.
    static func verdictText(of trial: TrialOutcome) -> LocalizedText {
        if trial.wasInterrupted { return LocalizedText(english: "interrupted", chinese: "被中断") }
        let strict = SearchAim.noLoss.verdict(on: trial)
        if strict == .loss, SearchAim.littleLoss.verdict(on: trial) == .met {
            return LocalizedText(english: "good with ≤ 0.5 % loss", chinese: "丢失 ≤ 0.5 % 时达标")
        }
        return strict.text
    }

    private func figureLine(_ figure: SearchResult.Figure) -> LocalizedText {
        let name = figure.aim.text
        let why = figure.stop.text
        guard let outcome = figure.outcome else {
            return LocalizedText(
                english: "\(name.english): no rate; \(why.english)",
                chinese: "\(name.chinese)：没有达标的速率；\(why.chinese)"
            )
        }
        let rate = TextCount.rate(outcome.ratePerSecond)
        let p99 = timeText(outcome.p99)
        guard figure.isConfirmed else {
            return LocalizedText(
                english: "\(name.english): at least \(rate) (short trial), p99 \(p99); \(why.english)",
                chinese: "\(name.chinese)：至少 \(rate)（短时试验），p99 \(p99)；\(why.chinese)"
            )
        }
        return LocalizedText(
            english: "\(name.english): \(rate), p99 \(p99); \(why.english)",
            chinese: "\(name.chinese)：\(rate)，p99 \(p99)；\(why.chinese)"
        )
    }

    private func endLines(_ language: Language) -> [String] {
        guard result.isGeneratorLimited else { return [] }
        return [
            LocalizedText(
                english: "GENERATOR-LIMITED: this tool could not keep a trial's plan, twice. The target may bear more",
                chinese: "受本工具限制：本工具两次未能按计划完成同一次试验，目标的极限可能更高"
            )[language]
        ]
    }

    /// A time that never came was longer than the timeout.
    private func timeText(_ microseconds: UInt64?) -> String {
        guard let microseconds else {
            return "> " + TextCount.duration(.nanoseconds(Int64(clamping: plan.timeoutNanoseconds)))
        }
        return TextCount.duration(.microseconds(Int64(clamping: microseconds)))
    }
}
