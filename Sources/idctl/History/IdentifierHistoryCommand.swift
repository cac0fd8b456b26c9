internal import ArgumentParser
internal import Console
internal import Resolution

/// `idctl id history`: every change of an identifier that the change log still has.
struct IdentifierHistoryCommand: IdctlCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "history",
            abstract: Speech.words("Show who changed an identifier, when and how.", "查看标识的变更历史。"),
            discussion: Speech.words(
                """
                Examples:
                  idctl id history 88.118.8/JXDY2106023 --data /var/lib/hanjiang
                  idctl id history 88.118.8/JXDY2106023 --config node.toml --limit 10 --json

                Reads the node's directory; the node may run meanwhile. Oldest first.
                """,
                """
                示例：
                  idctl id history 88.118.8/JXDY2106023 --data /var/lib/hanjiang
                  idctl id history 88.118.8/JXDY2106023 --config node.toml --limit 10 --json

                读取节点目录，节点可同时运行。按时间先后排列。
                """
            )
        )
    }

    /// Changes shown unless the command line says otherwise, and the most it may say.
    private static let (limitUsual, limitMax) = (1_000, 1_000_000)

    @Argument(help: Speech.help("The identifier.", "标识。"))
    var identifier: String

    @OptionGroup var node: NodeOptions

    @Option(help: Speech.help("Only the newest changes, at most so many; usually 1000.", "只显示最近的若干条变更，默认 1000。"))
    var limit = Self.limitUsual

    @Flag(help: Speech.help("Print JSON.", "输出 JSON。"))
    var json = false

    @OptionGroup var speech: SpeechOptions

    func validate() throws {
        guard (1...Self.limitMax).contains(limit) else {
            throw ValidationError(Speech.words("--limit is from 1 to 1000000", "--limit 的范围是 1 到 1000000"))
        }
    }

    func perform(_ session: Session) throws(CommandFailure) -> ProgramExit {
        let name = try IdentifierWording.checked(identifier)
        var report = HistoryReport(name, limit: limit)
        report.start = try HistoryWalk.run(node, name, session) { entry, start in report.take(entry, start: start) }
            .start
        let changes = report.changes
        if json {
            try session.write(report.json())
        } else if !changes.isEmpty {
            try session.print(HistoryChange.lines(changes, language: session.language))
        }
        if report.start.droppedThrough > 0 { session.tell(.historyBegins(report.start)) }
        if report.omittedCount > 0 { session.tell(.historyIsLonger(omittedCount: report.omittedCount)) }
        guard changes.isEmpty else { return .done }
        throw CommandFailure(.noHistory(name), exit: .notFound)
    }
}
