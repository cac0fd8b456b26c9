internal import ArgumentParser
internal import Console
internal import Glibc
internal import RecordFiles
internal import Resolution

/// `idctl ledger export`: a node's ledger, or some days of it, as a file that proves itself.
struct LedgerExportCommand: IdctlCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "export",
            abstract: Speech.words("Write a node's ledger to a file for an auditor.", "将节点账本导出为审计文件。"),
            discussion: Speech.words(
                """
                Examples:
                  idctl ledger export --config node.toml audit.ledger
                  idctl ledger export --data /var/lib/hanjiang --from 2026-01-01 --to 2026-03-31 spring.ledger

                The file has the node's name and public key in it. With --from it begins in the middle of the chain:
                what was before is taken from its totals.
                """,
                """
                示例：
                  idctl ledger export --config node.toml audit.ledger
                  idctl ledger export --data /var/lib/hanjiang --from 2026-01-01 --to 2026-03-31 spring.ledger

                文件含节点名称与公钥。指定 --from 时从链的中间开始，此前的总数以其中的累计值为准。
                """
            )
        )
    }

    @OptionGroup var node: NodeOptions

    @Argument(help: Speech.help("The file, or - for standard output.", "文件，或 - 表示标准输出。"), completion: .file())
    var file: String

    @Option(help: Speech.help("The first day.", "起始日期。", name: "yyyy-MM-dd"))
    var from: String?

    @Option(help: Speech.help("The last day.", "结束日期。", name: "yyyy-MM-dd"))
    var to: String?

    @OptionGroup var speech: SpeechOptions

    func perform(_ session: Session) throws(CommandFailure) -> ProgramExit {
        Interruption.takeOn()
        let source = try LedgerOpening.source(of: node, session)
        guard let state = try source.state() else { throw CommandFailure(.noLedger(source.name), exit: .notFound) }
        let range = try range(source, state)
        let (entryCount, byteCount) = try write(source, range)
        let (entries, bytes) = (TextCount.grouped(entryCount), TextCount.bytes(UInt64(byteCount)))
        session.note(session.words("entries \(entries), \(bytes)\n", "条目 \(entries)，\(bytes)\n"))
        return .done
    }

    /// Writes the file, which has its name only once it is whole.
    private func write(
        _ source: any LedgerSource,
        _ range: Range<UInt64>
    ) throws(CommandFailure) -> (entryCount: Int, byteCount: Int) {
        let output = try output { () throws(RecordFileError) in try ExportFile(path: file) }
        var (entryCount, byteCount) = (0, 0)
        try LedgerStream.forEachFrame(of: source, entries: range) { frame throws(CommandFailure) in
            let bytes = frame.bytes
            byteCount += bytes.count
            if frame.kind == .head { entryCount += 1 }
            try self.output { () throws(RecordFileError) in try output.sink.append(bytes) }
            if Interruption.isRequested { throw .interrupted() }
        }
        try self.output { () throws(RecordFileError) in try output.keep() }
        return (entryCount, byteCount)
    }

    private func output<Value>(_ body: () throws(RecordFileError) -> Value) throws(CommandFailure) -> Value {
        do throws(RecordFileError) {
            return try body()
        } catch {
            // A reader that has gone is no failure: `| head`.
            if case .writeFailed(EPIPE) = error { throw CommandFailure([], exit: .done) }
            throw CommandFailure(.recordFile(error, path: file))
        }
    }

    /// The entries of the days that were asked for: from the one that closed the first to that before the one that
    /// closed the day after the last.
    private func range(_ source: any LedgerSource, _ state: LedgerState) throws(CommandFailure) -> Range<UInt64> {
        let (first, last) = (try LedgerDayOption.day(from, "--from"), try LedgerDayOption.day(to, "--to"))
        if let first, let last, first > last { throw CommandFailure(.timesInWrongOrder(first.text, last.text)) }
        let start = try first.map { day throws(CommandFailure) in try source.entry(closing: day) } ?? 0
        let end = try last.map { day throws(CommandFailure) in
            try source.entry(closing: CountDay(number: day.number + 1))
        }
        return start..<max(start, min(end ?? state.next, state.next))
    }
}

/// A day on the command line.
enum LedgerDayOption {
    /// The day of `text`; nil: it was left out.
    static func day(_ text: String?, _ flag: String) throws(CommandFailure) -> CountDay? {
        guard let text else { return nil }
        if let day = DayText.day(text) { return day }
        let expected = LocalizedText(english: "a day such as 2026-03-31", chinese: "日期，例如 2026-03-31")
        throw CommandFailure(.unusableArgument(flag, value: text, expected: expected), exit: .usage)
    }
}
