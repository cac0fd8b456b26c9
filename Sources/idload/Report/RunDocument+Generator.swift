internal import Console

extension RunDocument {
    /// What is told of the tool's own timing, in text and JSON.
    static let timerPercentiles: [(name: String, percent: Double)] = [("p50", 50), ("p99", 99), ("max", 100)]

    /// How the tool itself kept up, and what that means for the figures above.
    func generatorLines(_ language: Language) -> [String] {
        let generator = result.generator
        let busiest = Self.percent(busiestProcessorPercent)
        let own = Self.percent(processorPercent)
        var lines = [
            LocalizedText(
                english: "generator  CPU \(own), busiest second \(busiest)\(timerText(.english))",
                chinese: "本工具  CPU \(own)，最忙一秒 \(busiest)\(timerText(.chinese))"
            )[language]
        ]
        if isGeneratorLimited {
            lines.append(limitedText(language))
        } else if generator.notSent > 0 {
            lines.append(
                LocalizedText(
                    english: "this tool stalled: what was not sent in time is in no other figure",
                    chinese: "本工具曾停顿：未能及时发送的查询不在其他数字中"
                )[language]
            )
        } else if !plan.isOpen, limits.contains(.processor) {
            lines.append(
                LocalizedText(
                    english: "this tool took all of a processor: a rate may be its own limit, not the target's",
                    chinese: "本工具占满了一个处理器：速率可能是本工具的极限，不是目标的"
                )[language]
            )
        }
        return lines
    }

    /// That the figures say nothing of the target, and why.
    func limitedText(_ language: Language) -> String {
        let reasons = limits.map { reason($0)[language] }.joined(separator: language == .chinese ? "；" : "; ")
        return LocalizedText(
            english: "GENERATOR-LIMITED: \(reasons). The figures are this tool's limits, not the target's",
            chinese: "受本工具限制：\(reasons)。以上数字反映的是本工具的极限，不是目标的"
        )[language]
    }

    private func timerText(_ language: Language) -> String {
        guard plan.isOpen else { return "" }
        let times = Self.timerPercentiles.map { name, percent in
            let microseconds = result.generator.timerError.microseconds(atPercentile: percent) ?? 0
            return "\(name) \(TextCount.duration(.microseconds(Int64(clamping: microseconds))))"
        }
        let backlog = TextCount.grouped(result.generator.backlog)
        return LocalizedText(
            english: "; sent late by \(times.joined(separator: ", ")); backlog at most \(backlog)",
            chinese: "；发送延迟 \(times.joined(separator: "，"))；积压最多 \(backlog)"
        )[language]
    }

    private func reason(_ limit: GeneratorFigures.Limit) -> LocalizedText {
        let backlog = TextCount.grouped(result.generator.backlog)
        switch limit {
        case .backlog:
            return LocalizedText(english: "\(backlog) questions were due and unsent", chinese: "\(backlog) 个查询到期未发送")
        case .processor:
            return LocalizedText(
                english: "over 95 % of a processor's time was taken",
                chinese: "占用了一个处理器 95 % 以上的时间"
            )
        case .lateness:
            return LocalizedText(
                english: "over 1 % of the questions were not sent within 10 ms of their time",
                chinese: "1 % 以上的查询未能在计划时刻后 10 毫秒内发送"
            )
        case .ports:
            let count = TextCount.grouped(result.tally.withoutPort)
            return LocalizedText(english: "no local port was left \(count) times", chinese: "有 \(count) 次没有可用的本地端口")
        }
    }

    private static func percent(_ percent: Double) -> String { "\(Int(min(percent, 1e9).rounded())) %" }
}
