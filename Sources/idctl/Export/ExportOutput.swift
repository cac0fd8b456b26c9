internal import Console
internal import Glibc
internal import RecordFiles
internal import ResolutionProtocol

/// Writes the records of an export, whoever has them, and counts what becomes of them.
final class ExportOutput {
    /// How records are written.
    struct Form {
        var format = RecordFormat.jsonLines
        /// Whether CSV is made harmless to spreadsheets.
        var isSpreadsheetSafe = false
        /// Whether the time stamps of values are written.
        var keepsTimestamps = true
    }

    private let file: ExportFile
    private let writer: any RecordWriter
    private let form: Form
    private let session: Session
    private let start = ContinuousClock.now
    private var progress: ProgressLine
    /// Records seen, whatever became of them.
    private(set) var seenCount = 0
    private var row = ExportRow()
    /// What has been done so far.
    var counts = ExportCounts()
    /// The first record that this format cannot hold, and why.
    private(set) var firstUnrepresentable: (name: [UInt8], error: RecordFileError)?

    /// Opens the file at `path`, `-` for standard output.
    init(path: String, form: Form, session: Session) throws(CommandFailure) {
        self.form = form
        self.session = session
        do throws(RecordFileError) {
            file = try ExportFile(path: path)
            writer = try RecordFile.writer(
                to: file.sink,
                format: form.format,
                isSpreadsheetSafe: form.isSpreadsheetSafe
            )
        } catch {
            throw CommandFailure(.recordFile(error, path: path))
        }
        progress = ProgressLine(
            label: session.words("exporting", "导出"),
            total: nil,
            terminal: session.errorTerminal,
            language: session.language
        )
    }

    /// So many records are expected.
    func expect(total: Int) { progress.expect(total: UInt64(total)) }

    /// A record was seen, whatever becomes of it.
    func noteSeen() { seenCount += 1 }

    /// Shows how far it has come, where it is time to.
    func showProgress() {
        if let text = progress.update(done: UInt64(seenCount), at: ContinuousClock.now - start) { session.note(text) }
    }

    /// Writes a stored record.
    func write(name: RawSpan, valueList: RawSpan) throws(CommandFailure) {
        row.begin(name)
        do throws(WireError) { try row.add(valueList) } catch {
            counts.damaged += 1
            return
        }
        try writeRow()
    }

    /// Writes a record as a server gave it.
    func write(name: [UInt8], values: [HandleValue]) throws(CommandFailure) {
        row.begin(name.span.bytes)
        for value in values { row.add(value) }
        try writeRow()
    }

    private func writeRow() throws(CommandFailure) {
        counts.secrets += row.secretCount
        guard !row.row.values.isEmpty else {
            counts.onlySecrets += 1
            return
        }
        let stampedCount = row.row.values.count { $0.timestamp != nil }
        if !form.keepsTimestamps { row.dropTimestamps() }
        do throws(RecordFileError) {
            try writer.write(row.row)
            counts.written += 1
            if form.keepsTimestamps, !form.format.holdsTimestamps { counts.lostTimestamps += stampedCount }
        } catch .unrepresentable(let code) {
            counts.unrepresentable += 1
            if firstUnrepresentable == nil {
                firstUnrepresentable = (row.row.copy(row.row.identifier), .unrepresentable(code))
            }
        } catch {
            throw failure(error)
        }
    }

    /// Ends the file, which keeps its name only where it `isComplete`.
    func finish(isComplete: Bool) throws(CommandFailure) {
        do throws(RecordFileError) {
            try writer.finish()
            if isComplete { try file.keep() }
        } catch {
            throw failure(error)
        }
        if let text = progress.finish(done: UInt64(seenCount), at: ContinuousClock.now - start) { session.note(text) }
    }

    private func failure(_ error: RecordFileError) -> CommandFailure {
        // A reader that has gone is no failure: `| head`.
        if case .writeFailed(EPIPE) = error { return CommandFailure([], exit: .done) }
        return CommandFailure(.recordFile(error, path: file.path))
    }
}
