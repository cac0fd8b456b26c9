internal import ArgumentParser
internal import Console
internal import NodeConfiguration
internal import ResolutionClient
internal import ResolutionProtocol

/// `idctl id get`: an identifier's values, those that not everyone may read too.
struct IdentifierGetCommand: IdctlCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "get",
            abstract: Speech.words("Show an identifier's values.", "查看标识的值。"),
            discussion: Speech.examples(
                "idctl id get 88.118.8/JXDY2106023 --data /var/lib/hanjiang",
                "idctl id get 88.118.8/JXDY2106023 --at 2026-05-03 --config node.toml"
            )
        )
    }

    @Argument(help: Speech.help("The identifier.", "标识。"))
    var identifier: String

    @Option(help: Speech.help("Only values of this type; may be repeated.", "只要此类型的值，可重复。"))
    var type: [String] = []

    @Option(help: Speech.help("Only the value with this index; may be repeated.", "只要此索引的值，可重复。"))
    var index: [UInt32] = []

    @Flag(help: Speech.help("Print JSON.", "输出 JSON。"))
    var json = false

    @Option(
        help: Speech.help(
            "Show them as they were then, read from the directory of --config or --data.",
            "显示该时刻的值，从 --config 或 --data 的目录读取。",
            name: "time"
        )
    )
    var at: String?

    @OptionGroup var options: AdministrationOptions
    @OptionGroup var speech: SpeechOptions

    func validate() throws {
        guard at != nil else { return }
        let settings = Settings.current
        let node = settings.node(.flags([.config: options.config, .data: options.data]))
        guard options.server == nil, options.auth == nil, settings.failure != nil || !node.isEmpty else {
            throw ValidationError(
                Speech.words(
                    "--at reads a node's directory: give --config or --data alone",
                    "--at 读取节点目录：请只给出 --config 或 --data"
                )
            )
        }
    }

    func perform(_ session: Session) throws(CommandFailure) -> ProgramExit {
        let name = try IdentifierWording.checked(identifier)
        if let at { return try show(name, at: at, session) }
        let administrator = try options.administrator(session)
        let types = type.map { Array($0.utf8) }
        let answer = try administrator.perform(name) { (asking) throws(AdministrationError) in
            try asking.resolve(name, indexes: index, types: types)
        }
        let report = AnswerReport(
            identifier: name,
            server: administrator.place,
            carrier: administrator.carrier,
            answer: answer
        )
        if json {
            try session.write(report.json())
        } else {
            try session.print(report.lines(language: session.language))
        }
        return ResponseMeaning.exit(for: report.code)
    }

    /// Shows what `name` was at a time.
    private func show(_ name: [UInt8], at text: String, _ session: Session) throws(CommandFailure) -> ProgramExit {
        let time = try MomentText.checked(text, flag: "--at", now: MomentText.now())
        let node = NodeOptions(config: options.config, data: options.data)
        let records = try HistoryWalk.states(node, name, at: [time], session).states
        for record in records {
            if json {
                try session.write(record.json(name, where: isWanted))
                continue
            }
            try session.print([record.line(session)])
            guard record.isFound else { continue }
            var table = Table(ShownValue.columns(language: session.language))
            for value in record.values where isWanted(value) {
                table.add(ShownValue.cells(value, language: session.language))
            }
            try session.print(table.lines())
        }
        return records.allSatisfy(\.isFound) ? .done : .notFound
    }

    /// Whether the value is one of those asked for by index or type, as a node selects them.
    private func isWanted(_ value: HandleValue) -> Bool {
        if index.isEmpty, type.isEmpty { return true }
        return index.contains(value.index)
            || type.contains { ValueType.selects(Array($0.utf8).span.bytes, value.type.span.bytes) }
    }
}
