internal import ArgumentParser
internal import Console
internal import EventLoop
internal import Glibc
internal import ResolutionProtocol
internal import StorageLMDB

/// `idctl backup`: a consistent copy of a node's data in one file, while the node runs or not.
struct BackupCommand: IdctlCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "backup",
            abstract: Speech.words("Back a node up into one file, while it runs.", "将节点在线备份到一个文件。"),
            discussion: Speech.words(
                """
                Examples:
                  idctl backup --config /etc/hanjiang/node.toml --to /var/backups
                  idctl backup --data /var/lib/hanjiang --to - | ssh store 'cat >node.backup'

                In it: records, change log, prefixes, and counts as last folded (each second). Not in it: the
                configuration, keys and certificates. Secret keys of records are in it: keep it as safe as the node.
                """,
                """
                示例：
                  idctl backup --config /etc/hanjiang/node.toml --to /var/backups
                  idctl backup --data /var/lib/hanjiang --to - | ssh store 'cat >node.backup'

                包含：记录、变更日志、前缀，以及最近一次（每秒）归并的计数。不包含：配置、密钥文件和证书。记录中的密钥也在其中，
                请与节点同等妥善保管。
                """
            )
        )
    }

    @OptionGroup var node: NodeOptions

    @Option(help: Speech.help("The file, a directory, or - for standard output.", "文件、目录，或 - 表示标准输出。"))
    var to: String

    @OptionGroup var speed: LimitOption

    @Flag(help: Speech.help("Print the manifest as JSON.", "以 JSON 输出清单。"))
    var json = false

    @OptionGroup var speech: SpeechOptions

    func validate() throws {
        guard json, to == "-" else { return }
        throw ValidationError(Speech.words("--json and --to - exclude each other", "--json 与 --to - 不能同时使用"))
    }

    func perform(_ session: Session) throws(CommandFailure) -> ProgramExit {
        Interruption.takeOn()
        let directory = try node.places().data
        let store = try StoreOpening.openBesideOthers(directory)
        defer { store.close() }
        let now = SystemClock.coarseRealtimeSeconds()
        let made: Made
        do throws(BackupError) {
            made = try backUp(store, unixSeconds: now, session)
        } catch {
            LastBackup.note(nil, in: directory, unixSeconds: UInt64(clamping: now))
            throw CommandFailure(error)
        }
        let done = (made.manifest.summary, made.manifest.summary.byteCount)
        if !LastBackup.note(done, in: directory, unixSeconds: UInt64(clamping: now)) {
            session.tell(.backupNotNoted(directory))
        }
        if to != "-" { try tell(of: made, session) }
        return .done
    }

    private struct Made {
        var path: String
        var manifest: BackupManifest
        var took: Duration
    }

    private func backUp(_ store: Store, unixSeconds: Int64, _ session: Session) throws(BackupError) -> Made {
        let facts: BackupManifest.Node
        do throws(StoreError) { facts = try BackupManifest.Node(store) } catch { throw .store(error) }
        let path = Self.path(to, facts, unixSeconds: unixSeconds)
        let target = try BackupTarget(path: path)
        let run = BackupProgressLine(session)
        var (pace, pages) = (speed.pace(beside: store), MappedPages())
        let summary = try store.backUp(
            to: target,
            manifest: { BackupManifest(node: facts, madeUnixSeconds: unixSeconds, summary: $0).json },
            goOn: { progress in
                run.show(progress, at: pace.elapsed)
                pages.keepFew(of: store, byteCount: progress.rawByteCount)
                pace.rest(byteCount: progress.rawByteCount)
                return !Interruption.isRequested
            }
        )
        run.end(at: pace.elapsed)
        let manifest = BackupManifest(node: facts, madeUnixSeconds: unixSeconds, summary: summary)
        return Made(path: path, manifest: manifest, took: pace.elapsed)
    }

    /// `target`, or in it, where it is a directory, a name that says of what and when.
    static func path(_ target: String, _ node: BackupManifest.Node, unixSeconds: Int64) -> String {
        var status = stat()
        guard target != "-", stat(target, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else { return target }
        let time = UTCTime.text(unixSeconds).filter { $0 != "-" && $0 != ":" }
        let name = node.prefix.isEmpty ? node.uuid : node.prefix.filter { $0.isASCII && $0 != "/" }
        return target + (target.hasSuffix("/") ? "" : "/") + "hanjiang-\(name)-\(time).backup"
    }

    private func tell(of made: Made, _ session: Session) throws(CommandFailure) {
        let summary = made.manifest.summary
        guard !json else { return try session.write(made.manifest.json) }
        let (records, bytes) = (TextCount.grouped(summary.recordCount), TextCount.grouped(summary.byteCount))
        let time = TextCount.duration(made.took)
        let lines = [
            session.words(
                "\(made.path): identifiers \(records), change \(summary.lastSequence), bytes \(bytes), \(time)",
                "\(made.path)：标识 \(records)，变更序号 \(summary.lastSequence)，字节 \(bytes)，\(time)"
            )
        ]
        try session.conclude(lines, isAllWell: true)
    }
}
