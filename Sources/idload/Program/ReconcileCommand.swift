internal import ArgumentParser
internal import Console

/// `idload reconcile`: a run set beside the counts of a node on another machine.
struct ReconcileCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "reconcile",
            abstract: Speech.words("Sets a run beside the counts of its node.", "将一次运行与节点的计数对账。"),
            discussion: Speech.examples(
                "idload reconcile result.json --before before.json --after after.json",
                "idload reconcile count.state --before before.json --after after.json --json"
            ) + "\n\n"
                + Speech.words(
                    """
                    For a node on another machine: idctl status --json writes its counts there, into a file before the \
                    run and into another after it. A difference that nothing explains ends with 10. The results of \
                    several machines are merged first.
                    """,
                    """
                    用于位于另一台机器上的节点：在该机器上，运行之前与之后分别用 idctl status --json 把计数写入文件。\
                    存在无法解释的差异时退出码为 10。多台机器的结果须先合并。
                    """
                )
        )
    }

    @Argument(
        help: Speech.help(
            "What --json or --state of the run wrote; - for standard input.",
            "该次运行由 --json 或 --state 写出的文件；- 表示标准输入。"
        ),
        completion: .file()
    )
    var file: String

    @Option(
        help: Speech.help("The node's status before the run.", "运行之前的节点状态。", name: "file"),
        completion: .file()
    )
    var before: String

    @Option(
        help: Speech.help("The node's status after the run.", "运行之后的节点状态。", name: "file"),
        completion: .file()
    )
    var after: String

    @Flag(help: Speech.help("One JSON document on standard output.", "向标准输出写一个 JSON 文档。"))
    var json = false

    @Option(help: Speech.help("Language: zh or en.", "语言：zh 或 en。", name: "zh|en"))
    var lang: String?

    func run() throws {
        StandardOutput.ignoreClosedPipes()
        let code = LoadError.told(Speech.language) { () throws(LoadError) in try reconcile() }
        throw ArgumentParser.ExitCode(code.rawValue)
    }

    private func reconcile() throws(LoadError) -> Console.ExitCode {
        var sides = try KeptCounts.sides(at: file)
        sides.before = try LedgerReading.ledger(inFile: before)
        sides.after = try LedgerReading.ledger(inFile: after)
        sides.adopt()
        let reconciliation = Reconciliation(sides: sides)
        if json {
            var text = JSONText()
            text.object { reconciliation.write(&$0) }
            text.endLine()
            try ResultOutputs.print(text.take())
        } else {
            try ResultOutputs.print(lines: reconciliation.lines(Speech.language))
        }
        return reconciliation.unexplained > 0 ? .thresholdNotMet : .done
    }
}
