internal import ArgumentParser
internal import Console
internal import StorageLMDB

/// `idctl verify-db`: reads everything in a node's directory and compares it with its checksums.
struct VerifyDatabaseCommand: IdctlCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "verify-db",
            abstract: Speech.words("Check all that is stored in a node's directory.", "检查节点目录中的全部数据。"),
            discussion: Speech.words(
                """
                Examples:
                  idctl verify-db --data /var/lib/hanjiang
                  idctl verify-db --data /var/lib/hanjiang --compare-log --limit 20
                  idctl verify-db --data /var/lib/hanjiang --replay /var/tmp/replayed

                The node may run meanwhile. Exit codes: 0 all is sound; 5 something is damaged; 1 it could not be read.
                """,
                """
                示例：
                  idctl verify-db --data /var/lib/hanjiang
                  idctl verify-db --data /var/lib/hanjiang --compare-log --limit 20
                  idctl verify-db --data /var/lib/hanjiang --replay /var/tmp/replayed

                节点可同时运行。退出码：0 数据完好；5 有损坏；1 无法读取。
                """
            )
        )
    }

    /// Damages that are told one by one; more are only counted.
    private static let toldCountMax = 100

    @OptionGroup var node: NodeOptions

    @Flag(help: Speech.help("Compare records with the change log too.", "同时与变更日志比对。"))
    var compareLog = false

    @OptionGroup var speed: LimitOption

    @Option(
        help: Speech.help(
            "Replay the change log into a new directory, which stays, and compare all records with it.",
            "将变更日志重放到新目录（予以保留），并与全部记录逐字节比对。",
            name: "dir"
        ),
        completion: .directory
    )
    var replay: String?

    @OptionGroup var speech: SpeechOptions

    func perform(_ session: Session) throws(CommandFailure) -> ProgramExit {
        Interruption.takeOn()
        let store = try StoreOpening.openBesideOthers(try node.places().data)
        defer { store.close() }
        let report = try verify(store, session)
        try session.conclude([Self.summary(report, session)], isAllWell: report.isSound)
        guard report.isComplete else { throw .interrupted() }
        if report.damagedCount > 0 { session.tell(.whatToDoAboutDamage) }
        let differenceCount = try replay.map { directory throws(CommandFailure) in
            try compare(store, withReplayIn: directory, session)
        }
        return report.isSound && differenceCount ?? 0 == 0 ? .done : .conflict
    }

    private func verify(_ store: Store, _ session: Session) throws(CommandFailure) -> VerificationReport {
        var (pace, pages) = (speed.pace(beside: store), MappedPages())
        var told = 0
        let total = (try? store.figures().fileByteCount).map { UInt64($0) }
        var line = ProgressLine(
            label: session.words("verifying, bytes", "核查（字节）"),
            total: total,
            terminal: session.errorTerminal,
            language: session.language
        )
        do throws(StoreError) {
            return try store.verify(
                comparingLog: compareLog,
                goOn: { byteCount in
                    if let text = line.update(done: UInt64(byteCount), at: pace.elapsed) { session.note(text) }
                    pages.keepFew(of: store, byteCount: byteCount)
                    pace.rest(byteCount: byteCount)
                    return !Interruption.isRequested
                },
                report: { damage in
                    told += 1
                    if told <= Self.toldCountMax { session.tell(.damage(damage)) }
                }
            )
        } catch {
            throw CommandFailure(.store(error))
        }
    }

    /// Replays the log into a new store in `directory`; how many rows differ.
    private func compare(
        _ store: Store,
        withReplayIn directory: String,
        _ session: Session
    ) throws(CommandFailure) -> Int {
        var (entryCount, count) = (0, 0)
        do throws(StoreError) {
            try store.createTwin(in: directory)
            let twin = try Store.open(directory: directory)
            defer { twin.close() }
            entryCount = try twin.replay(from: store)
            var told = 0
            count = try twin.differences(from: store) { table, key in
                told += 1
                if told <= Self.toldCountMax { session.tell(.replayDiffers(table: table, key: key)) }
            }
        } catch {
            throw CommandFailure(.store(error))
        }
        let (entries, rows) = (TextCount.grouped(entryCount), TextCount.grouped(count))
        let lines = [
            session.words(
                "log entries replayed \(entries), rows that differ \(rows)",
                "重放日志条目 \(entries)，不一致的行 \(rows)"
            )
        ]
        try session.conclude(lines, isAllWell: count == 0)
        return count
    }

    private static func summary(_ report: VerificationReport, _ session: Session) -> String {
        let (records, entries) = (TextCount.grouped(report.recordCount), TextCount.grouped(report.logEntryCount))
        let (rows, damaged) = (TextCount.grouped(report.rowCount), TextCount.grouped(report.damagedCount))
        return session.words(
            "records \(records), log entries \(entries), other rows \(rows), damaged \(damaged)",
            "记录 \(records)，日志条目 \(entries)，其他行 \(rows)，损坏 \(damaged)"
        )
    }
}
