internal import Console
internal import StorageLMDB

/// How far a backup has come, on standard error.
final class BackupProgressLine {
    private let session: Session
    private var line: ProgressLine?
    private var rowCount: UInt64 = 0

    init(_ session: Session) { self.session = session }

    /// Shows `progress` at `elapsed`, if it is time.
    func show(_ progress: BackupProgress, at elapsed: Duration) {
        rowCount = UInt64(progress.rowCount)
        var line =
            line
            ?? ProgressLine(
                label: session.words("backing up", "备份"),
                total: UInt64(progress.expectedRowCount),
                terminal: session.errorTerminal,
                language: session.language
            )
        if let text = line.update(done: rowCount, at: elapsed) { session.note(text) }
        self.line = line
    }

    /// Shows the last state.
    func end(at elapsed: Duration) {
        if let text = line?.finish(done: rowCount, at: elapsed) { session.note(text) }
    }
}
