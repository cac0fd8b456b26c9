internal import ArgumentParser
internal import Console
internal import StorageLMDB

/// `idctl import`: loads a file of records into the directory of a node that is stopped.
struct ImportCommand: IdctlCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "import",
            abstract: Speech.words("Load identifiers from a file into a node's directory.", "把文件中的标识导入节点目录。"),
            discussion: Speech.words(
                """
                Examples:
                  idctl import --data /var/lib/hanjiang parts.csv
                  idctl import --data /var/lib/hanjiang parts.jsonl --dry-run

                Exit codes: 0 all records are there; 6 some were refused (see the rejects file); 1 failed.
                """,
                """
                示例：
                  idctl import --data /var/lib/hanjiang parts.csv
                  idctl import --data /var/lib/hanjiang parts.jsonl --dry-run

                退出码：0 全部导入；6 有记录被拒绝（见拒绝文件）；1 失败。
                """
            )
        )
    }

    enum Conflict: String, CaseIterable, ExpressibleByArgument { case reject, update }

    @Argument(help: Speech.help("The file; - for standard input.", "文件；- 表示标准输入。"))
    var file: String

    @Option(help: Speech.help("The node's data directory.", "节点数据目录。", name: "dir"))
    var data: String

    @Option(help: Speech.help("The file's format, if its name does not tell.", "文件格式（文件名看不出时）。"))
    var format: FormatOption?

    @Option(help: Speech.help("What to do with identifiers that have other values.", "标识已存在且值不同时的做法。"))
    var onConflict = Conflict.reject

    @Flag(help: Speech.help("Home the prefixes that are not known yet.", "托管尚未托管的前缀。"))
    var homePrefixes = false

    @Flag(help: Speech.help("Check everything, write nothing.", "只检查，不写入。"))
    var dryRun = false

    @Option(help: Speech.help("Where refused records go.", "被拒绝的记录写到哪里。", name: "file"))
    var rejects: String?

    @Option(help: Speech.help("Stop when more are refused than this.", "被拒绝的记录超过此数即停止。", name: "n|p%"))
    var maxRejects: RejectLimit?

    @Flag(help: Speech.help("Print JSON.", "输出 JSON。"))
    var json = false

    @Flag(name: .customLong("no-verify"), help: Speech.help("Do not look a sample up afterwards.", "导入后不抽查。"))
    var noVerify = false

    @OptionGroup var speech: SpeechOptions

    func perform(_ session: Session) throws(CommandFailure) -> ProgramExit {
        Interruption.takeOn()
        let store = try StoreOpening.open(data, isReadOnly: dryRun)
        defer { store.close() }
        let result = try ImportRun(options, store: store, session: session).run()
        for message in Self.messages(result, path: file) { session.tell(message) }
        if json {
            try session.write(result.json())
        } else {
            try session.print([result.summary(language: session.language)])
        }
        return result.exit
    }

    private var options: ImportOptions {
        var options = ImportOptions(directory: data, path: file)
        options.format = format?.format
        options.policy = onConflict == .update ? .overwrite : .reject
        options.homesPrefixes = homePrefixes
        options.isDryRun = dryRun
        options.rejectsPath = rejects
        options.rejectLimit = maxRejects
        options.isVerified = !noVerify
        return options
    }

    private static func messages(_ result: ImportResult, path: String) -> [UserMessage] {
        var messages = result.faults.messages
        if let rejectsPath = result.rejectsPath { messages.append(.rejectsWritten(path: rejectsPath)) }
        if result.rejectsMissingCount > 0 {
            messages.append(.rejectsIncomplete(result.rejectsMissingCount, path: result.rejectsPath ?? path))
        }
        if let verification = result.verification, !verification.wrong.isEmpty {
            messages.append(.verificationFailed(verification.wrong))
        }
        if result.wasStopped { messages.append(.tooManyRejects(path: path)) }
        if result.wasInterrupted {
            messages.append(
                .interrupted(resume: .init(english: "import the same file again", chinese: "请再次导入同一文件"))
            )
        }
        return messages
    }
}

extension RejectLimit: ExpressibleByArgument {
    init?(argument: String) { self.init(argument) }
}
