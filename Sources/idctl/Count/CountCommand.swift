internal import ArgumentParser
internal import Console
internal import Resolution

/// `idctl count`: the counts of a day, of a running node or from the directory of a stopped one.
struct CountCommand: IdctlCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "count",
            abstract: Speech.words("Show the counts of a day.", "显示某日的解析计数。"),
            discussion: Speech.words(
                """
                Examples:
                  idctl count --config node.toml
                  idctl count --data /var/lib/hanjiang --day 2026-03-31 --by-prefix --json
                """,
                """
                示例：
                  idctl count --config node.toml
                  idctl count --data /var/lib/hanjiang --day 2026-03-31 --by-prefix --json
                """
            )
        )
    }

    @OptionGroup var node: NodeOptions

    @Option(help: Speech.help("The day in Asia/Shanghai; today if left out.", "日期（北京时间），默认当天。", name: "yyyy-MM-dd"))
    var day: String?

    @Flag(help: Speech.help("Print JSON.", "输出 JSON。"))
    var json = false

    @Flag(help: Speech.help("List who asked.", "列出请求来源。"))
    var sources = false

    @Flag(help: Speech.help("List the prefixes asked for.", "按前缀列出。"))
    var byPrefix = false

    @OptionGroup var speech: SpeechOptions

    func perform(_ session: Session) throws(CommandFailure) -> ProgramExit {
        let summary = CountSummary(try CountSource.report(of: node, day: Self.chosen(day), session))
        if json {
            try session.write(summary.json(withSources: sources, byPrefix: byPrefix))
        } else {
            try session.print(summary.lines(language: session.language, withSources: sources, byPrefix: byPrefix))
        }
        return .done
    }

    private static func chosen(_ text: String?) throws(CommandFailure) -> CountDay {
        guard let text else { return DayText.today() }
        if let day = DayText.day(text) { return day }
        let expected = LocalizedText(english: "a day such as 2026-03-31", chinese: "日期，例如 2026-03-31")
        throw CommandFailure(.unusableArgument("--day", value: text, expected: expected), exit: .usage)
    }
}
