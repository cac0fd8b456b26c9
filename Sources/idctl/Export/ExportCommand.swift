internal import ArgumentParser
internal import Console
internal import NodeConfiguration
internal import RecordFiles
internal import ResolutionClient
internal import ResolutionProtocol
internal import StorageLMDB

/// `idctl export`: records in a file that `import` takes, from a server as its asker may read them, or from the
/// directory of a node that is stopped.
struct ExportCommand: IdctlCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "export",
            abstract: Speech.words("Write identifiers to a file.", "把标识写入文件。"),
            discussion: Speech.words(
                """
                Examples:
                  idctl export --server 192.0.2.7:2641 --auth 300:0.NA/88.118.8 --key-file key.pem \\
                      --prefix 88.118.8 --output parts.csv
                  idctl export --data /var/lib/hanjiang --output all.jsonl  (a stopped node's directory)

                Secret keys (HS_SECKEY) are never written.
                """,
                """
                示例：
                  idctl export --server 192.0.2.7:2641 --auth 300:0.NA/88.118.8 --key-file key.pem \\
                      --prefix 88.118.8 --output parts.csv
                  idctl export --data /var/lib/hanjiang --output all.jsonl  （已停止节点的目录）

                密钥值（HS_SECKEY）从不导出。
                """
            )
        )
    }

    @Option(help: Speech.help("Only identifiers of this prefix.", "只导出此前缀的标识。"))
    var prefix: String?

    @Option(help: Speech.help("The file; - for standard output.", "输出文件；- 表示标准输出。", name: "file"))
    var output = "-"

    @Option(help: Speech.help("The format; that of the file's name, else jsonl.", "格式；默认按文件名，否则为 jsonl。"))
    var format: FormatOption?

    @Flag(help: Speech.help("Make CSV harmless to spreadsheets; not to be imported.", "使 CSV 可安全用电子表格打开；不可再导入。"))
    var spreadsheetSafe = false

    @Flag(
        name: .customLong("no-timestamps"),
        help: Speech.help("Leave the time stamps of values out.", "不写值的时间戳。")
    )
    var hasNoTimestamps = false

    @OptionGroup var administration: AdministrationOptions
    @OptionGroup var speech: SpeechOptions

    func validate() throws {
        if !chosenFormat.isWritable {
            let reason = RecordFileError.cannotWrite
            throw ValidationError(Speech.words(reason.message(.english), reason.message(.chinese)))
        }
        if spreadsheetSafe, chosenFormat != .csv {
            throw ValidationError(
                Speech.words("--spreadsheet-safe needs --format csv", "--spreadsheet-safe 需要 --format csv")
            )
        }
        guard Settings.current.failure == nil else { return }
        guard administration.isRunningNodeMeant || administration.choice[.data] != nil else {
            throw ValidationError(
                Speech.words("give --server, --config, or --data", "请给出 --server、--config 或 --data")
            )
        }
        guard prefix != nil || !administration.isRunningNodeMeant else {
            throw ValidationError(Speech.words("a server is asked for one --prefix", "询问服务器时请用 --prefix 指明前缀"))
        }
    }

    private var chosenFormat: RecordFormat { format?.format ?? RecordFormat(path: output) ?? .jsonLines }

    func perform(_ session: Session) throws(CommandFailure) -> ProgramExit {
        Interruption.takeOn()
        _ = try Settings.current.checked()
        let prefix = try prefix.map { text throws(CommandFailure) in try NamedPrefix.checked(text).prefix }
        let form = ExportOutput.Form(
            format: chosenFormat,
            isSpreadsheetSafe: spreadsheetSafe,
            keepsTimestamps: !hasNoTimestamps
        )
        if administration.isRunningNodeMeant { return try exportOverTheWire(prefix ?? [], form, session) }
        let store = try StoreOpening.open(administration.choice[.data] ?? "", isReadOnly: true)
        defer { store.close() }
        let output = try ExportOutput(path: output, form: form, session: session)
        let run = ExportRun(store, output: output)
        let isComplete = try run.run(keyPrefix: prefix.map { $0 + [UInt8(ascii: "/")] } ?? [])
        return try tell(of: output, isComplete: isComplete, session)
    }

    private func exportOverTheWire(
        _ prefix: [UInt8],
        _ form: ExportOutput.Form,
        _ session: Session
    ) throws(CommandFailure) -> ProgramExit {
        let administrator = try administration.administrator(session)
        let output = try ExportOutput(path: output, form: form, session: session)
        let walk = try PrefixWalk(administrator, hasRights: administration.choice.hasRights, session)
        let run = WireExportRun(walk, output: output)
        let isComplete = try run.run(prefix: prefix)
        if let first = run.firstRefused {
            session.tell(.notGiven(output.counts.refused, first: first.name, first.code))
        }
        return try tell(of: output, isComplete: isComplete, session)
    }

    private func tell(
        of output: ExportOutput,
        isComplete: Bool,
        _ session: Session
    ) throws(CommandFailure) -> ProgramExit {
        guard isComplete else { throw .interrupted(resume: .exportAgain) }
        let counts = output.counts
        if counts.secrets > 0 { session.tell(.secretsLeftOut(counts.secrets)) }
        if counts.lostTimestamps > 0 { session.tell(.timestampsLeftOut(counts.lostTimestamps)) }
        if counts.hidden > 0 { session.tell(.notReadable(counts.hidden)) }
        if let first = output.firstUnrepresentable {
            session.tell(.unrepresentable(counts.unrepresentable, first: first.name, first.error))
        }
        if counts.damaged > 0 { session.tell(.damagedRecords(counts.damaged)) }
        session.note(UserMessage.exported(counts.written)[session.language] + "\n")
        return counts.damaged + counts.unrepresentable + counts.refused > 0 ? .partlyDone : .done
    }
}
