internal import ArgumentParser
internal import Console
internal import RecordFiles
internal import ResolutionProtocol
internal import StorageLMDB

/// `idctl export`: the records of a node that is stopped, in a file that `import` takes.
struct ExportCommand: IdctlCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "export",
            abstract: Speech.words("Write a node's identifiers to a file.", "把节点中的标识写入文件。"),
            discussion: Speech.words(
                """
                Examples:
                  idctl export --data /var/lib/hanjiang --output all.jsonl
                  idctl export --data /var/lib/hanjiang --prefix 88.118.8 --format csv

                Secret keys (HS_SECKEY) are never written.
                """,
                """
                示例：
                  idctl export --data /var/lib/hanjiang --output all.jsonl
                  idctl export --data /var/lib/hanjiang --prefix 88.118.8 --format csv

                密钥值（HS_SECKEY）从不导出。
                """
            )
        )
    }

    @OptionGroup var node: NodeOptions

    @Option(help: Speech.help("Only identifiers of this prefix.", "只导出此前缀的标识。"))
    var prefix: String?

    @Option(help: Speech.help("The file; - for standard output.", "输出文件；- 表示标准输出。", name: "file"))
    var output = "-"

    @Option(help: Speech.help("The format; that of the file's name, else jsonl.", "格式；默认按文件名，否则为 jsonl。"))
    var format: FormatOption?

    @Flag(help: Speech.help("Make CSV harmless to spreadsheets; not to be imported.", "使 CSV 可安全用电子表格打开；不可再导入。"))
    var spreadsheetSafe = false

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
    }

    private var chosenFormat: RecordFormat { format?.format ?? RecordFormat(path: output) ?? .jsonLines }

    func perform(_ session: Session) throws(CommandFailure) -> ProgramExit {
        Interruption.takeOn()
        let keyPrefix = try keyPrefix()
        let store = try StoreOpening.open(try node.places().data, isReadOnly: true)
        defer { store.close() }
        let writer: any RecordWriter
        do throws(RecordFileError) {
            let sink = try RowSink(path: output)
            writer = try RecordFile.writer(to: sink, format: chosenFormat, isSpreadsheetSafe: spreadsheetSafe)
        } catch {
            throw CommandFailure(.recordFile(error, path: output))
        }
        let total = keyPrefix.isEmpty ? (try? store.recordCount()).map { UInt64($0) } : nil
        let run = ExportRun(store, writer: writer, total: total, session: session)
        let isComplete = try run.run(keyPrefix: keyPrefix, path: output)
        return try tell(of: run, isComplete: isComplete, session)
    }

    private func keyPrefix() throws(CommandFailure) -> [UInt8] {
        guard let prefix else { return [] }
        guard let named = NamedPrefix(prefix: Array(prefix.utf8), name: []) else {
            throw CommandFailure(.invalidPrefix(Array(prefix.utf8)), exit: .usage)
        }
        return named.prefix + [UInt8(ascii: "/")]
    }

    private func tell(of run: ExportRun, isComplete: Bool, _ session: Session) throws(CommandFailure) -> ProgramExit {
        let counts = run.counts
        if counts.secrets > 0 { session.tell(.secretsLeftOut(counts.secrets)) }
        if let first = run.firstUnrepresentable {
            session.tell(.unrepresentable(counts.unrepresentable, first: first.name, first.error))
        }
        if counts.damaged > 0 { session.tell(.damagedRecords(counts.damaged)) }
        session.note(UserMessage.exported(counts.written)[session.language] + "\n")
        guard isComplete else { throw .interrupted() }
        return counts.damaged + counts.unrepresentable > 0 ? .partlyDone : .done
    }
}
