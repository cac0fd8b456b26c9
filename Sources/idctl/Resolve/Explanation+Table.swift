internal import Console
internal import ResolutionClient

extension Explanation {
    /// The lines for a person: the facts, and below them what each step took.
    func lines(language: Language) -> [String] {
        ExplainedFact.lines(facts, language: language) + [""] + stepLines(language)
    }

    private func stepLines(_ language: Language) -> [String] {
        func words(_ english: String, _ chinese: String) -> String { language == .chinese ? chinese : english }
        var table = Table([
            Table.Column(words("began", "开始"), .right), Table.Column(words("took", "用时"), .right),
            Table.Column(words("step", "步骤")), Table.Column(words("outcome", "结果")),
        ])
        table.add(["", Self.time(route.findingNanoseconds), route.findingText[language], "\(route.address)"])
        var sending = 0
        for step in trace.steps {
            if case .send = step.action { sending += 1 }
            table.add([
                Self.time(step.startNanoseconds), Self.time(step.nanoseconds),
                StepText.text(step.action, sending: sending)[language], StepText.text(step)[language],
            ])
        }
        table.add(["", Self.time(trace.checkingNanoseconds), words("reading and checking what came", "解读并核验"), ""])
        table.add(["", Self.time(trace.nanoseconds), words("in all, from the first sending", "自首次发送起合计"), ""])
        return table.lines()
    }

    private static func time(_ nanoseconds: UInt64) -> String {
        TextCount.duration(.nanoseconds(Int64(clamping: nanoseconds)))
    }
}
