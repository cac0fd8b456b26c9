internal import Console
internal import EventLoop
internal import ResolutionProtocol
internal import StorageLMDB

/// One restore or check of a backup, with its progress on standard error.
final class RestoreRun {
    private let path: String
    private let session: Session
    private let start = ContinuousClock.now
    private var progress: ProgressLine?
    private var byteCount: UInt64 = 0
    private var fileByteCount: UInt64?

    init(_ path: String, _ session: Session) {
        self.path = path
        self.session = session
    }

    /// Reads and checks the backup; writes nothing.
    func check() throws(CommandFailure) -> BackupContents {
        do throws(BackupError) {
            let source = try open()
            let contents = try source.check { self.read($0) }
            end()
            guard BackupManifest.agrees(contents) else { throw Self.disagreement(path) }
            return contents
        } catch {
            throw CommandFailure(error)
        }
    }

    /// Puts the backup in the place of what `directory` holds.
    func restore(into directory: String, isReplacing: Bool) throws(CommandFailure) -> RestoreOutcome {
        let time = UTCTime.text(SystemClock.coarseRealtimeSeconds()).filter { $0 != "-" && $0 != ":" }
        let predecessor = isReplacing ? Restore.Predecessor.removed : .kept(name: "before-restore-\(time)")
        do throws(BackupError) {
            let restore = Restore(try open(), into: directory, predecessor: predecessor)
            let outcome = try restore.run(accepts: BackupManifest.agrees) { step in
                guard case .building(let byteCount) = step else { return !Interruption.isRequested }
                return self.read(byteCount)
            }
            end()
            return outcome
        } catch {
            throw CommandFailure(error)
        }
    }

    private static func disagreement(_ path: String) -> BackupError {
        .disagrees(path: path, reason: "manifest")
    }

    private func open() throws(BackupError) -> BackupSource {
        let source = try BackupSource(path: path)
        fileByteCount = source.fileByteCount > 0 ? UInt64(source.fileByteCount) : nil
        return source
    }

    private func read(_ byteCount: Int) -> Bool {
        self.byteCount = UInt64(byteCount)
        var line =
            progress
            ?? ProgressLine(
                label: session.words("reading", "读取"),
                total: fileByteCount,
                terminal: session.errorTerminal,
                language: session.language
            )
        if let text = line.update(done: self.byteCount, at: ContinuousClock.now - start) { session.note(text) }
        progress = line
        return !Interruption.isRequested
    }

    private func end() {
        if let text = progress?.finish(done: fileByteCount ?? byteCount, at: ContinuousClock.now - start) {
            session.note(text)
        }
    }

    /// What a person is told of a backup that is sound.
    func words(on contents: BackupContents) -> [String] {
        let sound = session.words("\(path): sound", "\(path)：完好")
        return [sound] + StatusReport.lines(of: contents.manifest)
    }

    /// What a person is told of a restore.
    func words(on outcome: RestoreOutcome, in directory: String) -> [String] {
        let records = TextCount.grouped(outcome.verification.recordCount)
        let entries = TextCount.grouped(outcome.verification.logEntryCount)
        let sequence = outcome.contents.summary.lastSequence
        var lines = [
            session.words(
                "\(directory): restored, verified: identifiers \(records), log entries \(entries), change \(sequence)",
                "\(directory)：已恢复并核查，标识 \(records)，日志条目 \(entries)，变更序号 \(sequence)"
            )
        ]
        if let kept = outcome.keptDirectory {
            lines.append(session.words("the old data is kept in \(kept)", "原数据保留在 \(kept)"))
        }
        return lines
    }
}
