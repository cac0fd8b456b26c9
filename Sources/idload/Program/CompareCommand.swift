internal import ArgumentParser
internal import Console

/// `idload compare`: two results side by side, with a verdict.
struct CompareCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "compare",
            abstract: Speech.words("Compares two results.", "比较两次结果。"),
            discussion: Speech.examples(
                "idload compare yesterday.json today.json",
                "idload compare main.json change.json --margin 20 --fail-worse"
            ) + "\n\n"
                + Speech.words(
                    """
                    The files are what idload --json wrote. Runs that were to do different things, or that were \
                    limited by idload itself, do not compare: their figures are shown without a verdict.
                    """,
                    """
                    文件由 idload --json 写出。运行方式不同，或受 idload 本身限制的两次运行不可比较：只显示数字，不下结论。
                    """
                )
        )
    }

    @Argument(help: Speech.help("The earlier result; - for standard input.", "较早的结果；- 表示标准输入。"))
    var before: String

    @Argument(help: Speech.help("The later result.", "较晚的结果。"))
    var after: String

    @Option(
        help: Speech.help(
            "Times that differ by no more percent are the same (10).",
            "时延相差不超过该百分比视为相同（默认 10）。",
            name: "percent"
        )
    )
    var margin: Double?

    @Flag(
        help: Speech.help(
            "Exit 10 if the later one is worse, 11 if the two do not compare.",
            "较晚的结果更差则退出码为 10，两者不可比较则为 11。"
        )
    )
    var failWorse = false

    @Flag(help: Speech.help("One JSON document on standard output.", "向标准输出写一个 JSON 文档。"))
    var json = false

    @Option(help: Speech.help("Language: zh or en.", "语言：zh 或 en。", name: "zh|en"))
    var lang: String?

    static let marginPercentDefault = 10.0

    func run() throws {
        StandardOutput.ignoreClosedPipes()
        let code = LoadError.told(Speech.language) { () throws(LoadError) in try compare() }
        throw ArgumentParser.ExitCode(code.rawValue)
    }

    private func compare() throws(LoadError) -> Console.ExitCode {
        let share = try FlagNumber.checked("--margin", margin ?? Self.marginPercentDefault, in: 0...1_000) / 100
        let comparison = Comparison(
            before: try ResultFile.read(before),
            after: try ResultFile.read(after),
            timeShare: share
        )
        let names = (before, after)
        if json {
            try ResultOutputs.print(comparison.json(names: names))
        } else {
            try ResultOutputs.print(lines: comparison.lines(Speech.language, names: names))
        }
        guard failWorse else { return .done }
        guard let verdict = comparison.verdict else { return .measurementNotValid }
        return verdict == .worse ? .thresholdNotMet : .done
    }
}
