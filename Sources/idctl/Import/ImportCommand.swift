internal import ArgumentParser
internal import Console
internal import NodeConfiguration
internal import RecordFiles
internal import ResolutionClient
internal import StorageLMDB

/// `idctl import`: registers a file of records with a server, or loads it into the directory of a node that is stopped.
struct ImportCommand: IdctlCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "import",
            abstract: Speech.words("Register the identifiers of a file.", "登记文件中的标识。"),
            discussion: Speech.words(
                """
                Examples:
                  idctl import parts.csv --server 192.0.2.7:2641 --auth 300:0.NA/88.118.8 --key-file key.pem
                  idctl import parts.csv --data /var/lib/hanjiang          (a stopped node's directory)

                Exit codes: 0 all records are there; 6 some were refused (see the rejects file); 7 the server was not
                reached any more (go on with --resume); 4 not permitted; 1 failed; 130 interrupted.
                """,
                """
                示例：
                  idctl import parts.csv --server 192.0.2.7:2641 --auth 300:0.NA/88.118.8 --key-file key.pem
                  idctl import parts.csv --data /var/lib/hanjiang          （已停止节点的目录）

                退出码：0 全部导入；6 有记录被拒绝（见拒绝文件）；7 服务器不可达（用 --resume 继续）；4 无权限；1 失败；130 中断。
                """
            )
        )
    }

    enum Conflict: String, CaseIterable, ExpressibleByArgument { case reject, update }

    @Argument(help: Speech.help("The file; - for standard input.", "文件；- 表示标准输入。"), completion: .file())
    var file = ""

    @OptionGroup var input: InputOptions

    @Option(help: Speech.help("What to do with identifiers that have other values.", "标识已存在且值不同时的做法。"))
    var onConflict = Conflict.reject

    @Flag(help: Speech.help("Home the prefixes that are not known yet (--data only).", "托管尚未托管的前缀（仅用于 --data）。"))
    var homePrefixes = false

    @Flag(help: Speech.help("Check everything here, change nothing.", "仅在本地检查，不作任何变更。"))
    var dryRun = false

    @Flag(help: Speech.help("Have the server check too: --dry-run=server.", "服务器也参与检查：--dry-run=server。"))
    var dryRunServer = false

    @Option(help: Speech.help("Where refused records go.", "被拒绝的记录写到哪里。", name: "file"))
    var rejects: String?

    @Option(help: Speech.help("Stop when more are refused than this.", "被拒绝的记录超过此数即停止。", name: "n|p%"))
    var maxRejects: RejectLimit?

    @Option(
        help: Speech.help(
            "Of which data template records are that name none: its version, its identifier, or a file of JSON.",
            "未指明数据模板的记录所属的模板：版本号、标识或 JSON 文件。",
            name: "template"
        )
    )
    var dataTemplate: String?

    @Flag(
        help: Speech.help(
            "Print an example file instead, and what its columns mean.",
            "改为输出示例文件及各列的含义。"
        )
    )
    var template = false

    @Flag(help: Speech.help("Print JSON.", "输出 JSON。"))
    var json = false

    @Flag(name: .customLong("no-verify"), help: Speech.help("Do not look a sample up afterwards.", "导入后不抽查。"))
    var noVerify = false

    @OptionGroup var wire: WireImportFlags
    @OptionGroup var administration: AdministrationOptions
    @OptionGroup var speech: SpeechOptions

    func validate() throws {
        guard !template else { return }
        guard !file.isEmpty else {
            throw ValidationError(Speech.words("give the file, or - for standard input", "请给出文件，或 - 表示标准输入"))
        }
        try input.validate(for: file)
        guard Settings.current.failure == nil else { return }
        guard isOverTheWire else {
            guard administration.choice[.data] != nil else {
                let (english, chinese) = (
                    "give --server with --auth, --config, or --data", "请给出 --server 与 --auth，或 --config，或 --data"
                )
                throw ValidationError(Speech.words(english, chinese))
            }
            guard !wire.isAnySet, !dryRunServer else {
                let (english, chinese) = (
                    "with --data alone there is no server: leave out \(wire.names) and --dry-run=server",
                    "仅用 --data 时没有服务器：请去掉 \(wire.names) 与 --dry-run=server"
                )
                throw ValidationError(Speech.words(english, chinese))
            }
            return
        }
        guard !homePrefixes else {
            let (english, chinese) = (
                "--home-prefixes needs --data of a stopped node", "--home-prefixes 仅用于停止节点的 --data"
            )
            throw ValidationError(Speech.words(english, chinese))
        }
    }

    /// Whether a server is asked, rather than a stopped node's directory written.
    private var isOverTheWire: Bool {
        administration.isRunningNodeMeant || dryRun && !dryRunServer && administration.choice[.data] == nil
    }

    func perform(_ session: Session) throws(CommandFailure) -> ProgramExit {
        if template { return try showExample(session) }
        Interruption.takeOn()
        _ = try Settings.current.checked()
        let result = isOverTheWire ? try importOverTheWire(session) : try importIntoDirectory(session)
        for message in Self.messages(result, path: file, isOverTheWire: isOverTheWire) { session.tell(message) }
        if json {
            try session.write(result.json())
        } else {
            try session.conclude([result.summary(language: session.language)], isAllWell: result.exit == .done)
        }
        return result.exit
    }

    private func importIntoDirectory(_ session: Session) throws(CommandFailure) -> ImportResult {
        let store = try StoreOpening.open(options.directory, isReadOnly: dryRun)
        defer { store.close() }
        var options = options
        options.form = try input.form()
        if let dataTemplate {
            let chosen = try TemplateChoice.chosen(dataTemplate, in: store)
            options.template = chosen
            options.form.mapping = chosen.mapping(options.form.mapping)
        }
        return try ImportRun(options, store: store, session: session).run()
    }

    private func importOverTheWire(_ session: Session) throws(CommandFailure) -> ImportResult {
        let choice = administration.choice
        var options = try wire.options(for: file, creator: choice[.auth])
        options.form = try input.form()
        options.additions.updates = onConflict == .update
        options.dryRun = dryRunServer ? .server : dryRun ? .local : .none
        options.rejectsPath = rejects
        options.rejectLimit = maxRejects
        options.isVerified = !noVerify
        if let dataTemplate {
            let chosen = try TemplateChoice.chosen(dataTemplate, administration, session)
            options.additions.template = chosen
            options.form.mapping = chosen.mapping(options.form.mapping)
        }
        let administrator = try administration.administrator(session)
        options.target = administrator.place + " " + (choice[.auth] ?? "")
        let hasAddress = choice[.server] != nil || choice[.config] != nil
        let server =
            hasAddress && options.isVerified && options.dryRun == .none
            ? try ServerChoice.address(choice.given) : nil
        return try WireImportRun(options, asking: administrator.asking, server: server, session: session).run()
    }

    private var options: ImportOptions {
        var options = ImportOptions(directory: administration.choice[.data] ?? "", path: file)
        options.policy = onConflict == .update ? .overwrite : .reject
        options.homesPrefixes = homePrefixes
        options.isDryRun = dryRun
        options.rejectsPath = rejects
        options.rejectLimit = maxRejects
        options.isVerified = !noVerify
        return options
    }

    /// Prints a file to begin with; what its columns mean goes where messages go.
    private func showExample(_ session: Session) throws(CommandFailure) -> ProgramExit {
        var chosen: ChosenTemplate?
        if let dataTemplate { chosen = try TemplateChoice.chosen(dataTemplate, administration, session) }
        let example = try ImportExample(try input.form().format ?? RecordFormat(path: file) ?? .csv, template: chosen)
        try session.write(Array(example.text.utf8))
        try session.finish()
        session.note(example.help.joined(separator: "\n") + "\n")
        return .done
    }

    private static func messages(_ result: ImportResult, path: String, isOverTheWire: Bool) -> [UserMessage] {
        var messages = result.faults.messages
        if let rejectsPath = result.rejectsPath { messages.append(.rejectsWritten(path: rejectsPath)) }
        if result.rejectsMissingCount > 0 {
            messages.append(.rejectsIncomplete(result.rejectsMissingCount, path: result.rejectsPath ?? path))
        }
        if let verification = result.verification, !verification.wrong.isEmpty {
            messages.append(.verificationFailed(verification.wrong))
        }
        if result.wasStopped {
            messages.append(isOverTheWire ? .stoppedAtRejects(path: path) : .tooManyRejects(path: path))
        }
        if result.wasInterrupted {
            let again = LocalizedText(english: "import the same file again", chinese: "请再次导入同一文件")
            let resume = LocalizedText(english: "the same command with --resume", chinese: "在同一命令后加 --resume")
            messages.append(.interrupted(resume: isOverTheWire && path != "-" ? resume : again))
        }
        return messages
    }
}

extension RejectLimit: ExpressibleByArgument {
    init?(argument: String) { self.init(argument) }
}
