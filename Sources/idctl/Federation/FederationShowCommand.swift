internal import ArgumentParser
internal import Console
internal import NodeConfiguration
internal import Resolution
internal import ResolutionProtocol

/// `idctl federation show`: who reported how much to a node, and how far all of them are to two billion.
struct FederationShowCommand: IdctlCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "show",
            abstract: Speech.words("Rank the nodes below by what they report.", "按上报解析量排列下级节点。"),
            discussion: Speech.words(
                """
                Examples:
                  idctl federation show --config node.toml
                  idctl federation show 88.118 --day 2026-08-01 --json --config node.toml

                With a prefix: its rows by prefix and origin class. The node's own queries stand apart and are never
                added: a look-up may be counted here and below.
                """,
                """
                示例：
                  idctl federation show --config node.toml
                  idctl federation show 88.118 --day 2026-08-01 --json --config node.toml

                给出前缀时，按前缀与来源类别列出其明细。本节点自身的请求单独列出，不与下级相加：同一次查询可能在两级都有计数。
                """
            )
        )
    }

    @Argument(help: Speech.help("A prefix that reports; left out: all.", "上报的前缀；省略为全部。"))
    var prefix: String?

    @Option(help: Speech.help("Counts of a day too (with a prefix).", "同时列出某日计数（与前缀同用）。", name: "yyyy-MM-dd"))
    var day: String?

    @Option(help: Speech.help("The number to reach; usually ledger.target.", "目标次数，默认取 ledger.target。"))
    var target: UInt64?

    @Flag(help: Speech.help("Print JSON.", "输出 JSON。"))
    var json = false

    @OptionGroup var node: NodeOptions

    @OptionGroup var speech: SpeechOptions

    func validate() throws {
        guard target != 0 else { throw ValidationError(Speech.words("--target is 1 or more", "--target 至少为 1")) }
        guard day == nil || prefix != nil else {
            throw ValidationError(Speech.words("--day needs a prefix", "--day 需要给出前缀"))
        }
    }

    func perform(_ session: Session) throws(CommandFailure) -> ProgramExit {
        let source = ReportSource(socket: try node.places().controlSocket)
        if let prefix { return try showRows(try NamedPrefix.checked(prefix).prefix, source, session) }
        let ranking = FederationRanking(try source.overview(), own: try source.ownTotals(), target: try usualTarget())
        if json { try session.write(ranking.json()) } else { try session.print(ranking.lines(session)) }
        return .done
    }

    private func usualTarget() throws(CommandFailure) -> UInt64 {
        if let target { return target }
        guard let config = try node.chosen().config else { return StatusScreen.resolutionGoal }
        return UInt64(clamping: try ConfigurationLoading.load(config).ledger.target)
    }

    private func showRows(
        _ prefix: [UInt8],
        _ source: ReportSource,
        _ session: Session
    ) throws(CommandFailure) -> ProgramExit {
        let day = try chosenDay()
        let rows = try source.rows(of: prefix, day: day)
        guard !rows.isEmpty else { throw CommandFailure(.nothingReported(prefix), exit: .notFound) }
        let report = ReportedRows(prefix: prefix, day: day, rows: rows)
        if json { try session.write(report.json()) } else { try session.print(report.lines(session)) }
        return .done
    }

    private func chosenDay() throws(CommandFailure) -> CountDay? {
        guard let day else { return nil }
        if let found = DayText.day(day) { return found }
        let expected = LocalizedText(english: "a day, yyyy-MM-dd", chinese: "日期，格式 yyyy-MM-dd")
        throw CommandFailure(.unusableArgument("--day", value: day, expected: expected), exit: .usage)
    }
}

/// What a running node says of reports.
struct ReportSource {
    /// The control socket.
    let socket: String

    func overview() throws(CommandFailure) -> ReportOverview { try read(ask(.overview)) }

    func rows(of prefix: [UInt8], day: CountDay?) throws(CommandFailure) -> [LedgerRow] {
        let list: ReportedRowList = try read(ask(.rows(prefix: prefix, day: day)))
        return list.rows
    }

    /// What the node itself has counted, by its ledger.
    func ownTotals() throws(CommandFailure) -> LedgerCounts {
        try NodeLedger(socket: socket).state()?.cumulative ?? LedgerCounts()
    }

    private func ask(_ question: ReportQuestion) throws(CommandFailure) -> [UInt8] {
        try ControlAsking.ask(socket, .reports, argument: question.wire)
    }

    private func read<Value: WireCodable>(_ bytes: [UInt8]) throws(CommandFailure) -> Value {
        do throws(WireError) { return try Value(wire: bytes) } catch {
            throw CommandFailure(.unreadableReports(socket))
        }
    }
}

/// The answer about rows: a list of them.
private struct ReportedRowList: WireCodable {
    static var byteCountMin: Int { 4 }

    var rows: [LedgerRow]

    init(from reader: inout WireReader) throws(WireError) { rows = try reader.array() }

    func write(to writer: inout WireWriter) { writer.array(rows) }
}
