internal import Glibc
internal import ResolutionProtocol

/// What a restore came to.
public struct RestoreOutcome: Hashable, Sendable {
    /// What the backup said of itself.
    public var contents: BackupContents
    /// What the restored store was found to be, when all of it was read again.
    public var verification: VerificationReport
    /// Where the data that was there before is kept; nil: there was none, or it was to be replaced.
    public var keptDirectory: String?
}

/// What a restore is at; with how many bytes of the file it has read, or 0.
public enum RestoreStep: Hashable, Sendable {
    /// Reading the file and building the store.
    case building(byteCount: Int)
    /// Making indexes.
    case indexing
    /// Reading the new store again.
    case verifying
}

extension BackupSource {
    /// Reads everything, compares it with its checksums and with what the backup says of itself; writes nothing.
    public func check(goOn: (Int) -> Bool) throws(BackupError) -> BackupContents {
        try read(
            rows: { (block) throws(BackupError) in
                let unreadable = BackupError.disagrees(path: path, reason: "rows that cannot be read")
                try BackupRows.forEach(of: block, unreadable: unreadable) { _ throws(BackupError) in }
            },
            goOn: goOn
        )
    }
}

/// Puts a backup in the place of what a data directory holds, once the new store has been built beside it and read
/// again from its beginning to its end.
public struct Restore {
    /// How the data that was there is kept from the new.
    public enum Predecessor: Hashable, Sendable {
        /// It is moved to this directory inside the data directory.
        case kept(name: String)
        /// It goes, once the new store is in its place.
        case removed
    }

    private let paths: Paths
    private let source: BackupSource
    private let predecessor: Predecessor

    /// Restores `source` in `directory`, which is made if there is none.
    public init(_ source: BackupSource, into directory: String, predecessor: Predecessor) {
        paths = Paths(directory: directory)
        self.source = source
        self.predecessor = predecessor
    }

    /// Whether `directory` holds a store already.
    public static func isOccupied(_ directory: String) -> Bool {
        let paths = Paths(directory: directory)
        return access(paths.dataFile, F_OK) == 0 || access(paths.counts, F_OK) == 0
    }

    /// Builds, verifies and replaces. Where it throws, the directory holds what it held before.
    ///
    /// `accepts` says whether the backup's manifest agrees with the rest. `goOn` is called between two pieces of work;
    /// false ends the restore.
    public func run(
        accepts: (BackupContents) -> Bool = { _ in true },
        goOn: (RestoreStep) -> Bool
    ) throws(BackupError) -> RestoreOutcome {
        let isNew = mkdir(paths.directory, 0o700) == 0
        guard isNew || errno == EEXIST else { throw BackupTarget.failure(paths.directory, "mkdir", errno) }
        do throws(BackupError) {
            return try runLocked(accepts, goOn)
        } catch {
            FileTree.remove(paths.restoring)
            if isNew { FileTree.remove(paths.directory) }
            throw error
        }
    }

    private func runLocked(
        _ accepts: (BackupContents) -> Bool,
        _ goOn: (RestoreStep) -> Bool
    ) throws(BackupError) -> RestoreOutcome {
        let lock = try Self.store { () throws(StoreError) in
            try Store.checkDirectory(paths.directory)
            return try DirectoryLock(path: paths.lock, isShared: false)
        }
        FileTree.remove(paths.restoring)
        let new = Paths(directory: paths.restoring)
        for directory in [new.directory, new.counts] where mkdir(directory, 0o700) != 0 {
            throw BackupTarget.failure(directory, "mkdir", errno)
        }
        let contents = try build(new, goOn)
        guard accepts(contents) else { throw .disagrees(path: source.path, reason: "manifest") }
        guard goOn(.verifying) else { throw .interrupted }
        let verification = try Self.verify(new, contents.summary, of: source.path) { goOn(.verifying) }
        let kept = try replace(by: new)
        _ = consume lock
        return RestoreOutcome(contents: contents, verification: verification, keptDirectory: kept)
    }

    private func build(_ new: Paths, _ goOn: (RestoreStep) -> Bool) throws(BackupError) -> BackupContents {
        let rebuild = try StoreRebuild(path: new.dataFile, mapSizeBytes: StoreOptions().mapSizeBytes)
        let contents = try source.read(
            rows: { (block) throws(BackupError) in try rebuild.add(block, of: source.path) },
            goOn: { goOn(.building(byteCount: $0)) }
        )
        try rebuild.finish { goOn(.indexing) }
        return contents
    }

    /// Opens the new store as the node would, reads all of it, and compares it with the summary.
    private static func verify(
        _ new: Paths,
        _ summary: BackupSummary,
        of path: String,
        goOn: () -> Bool
    ) throws(BackupError) -> VerificationReport {
        try store { () throws(StoreError) in
            let restored = try Store.open(directory: new.directory)
            defer { restored.close() }
            return try restored.verified(as: summary, goOn: goOn)
        }.get(path)
    }

    /// Moves the new store to its place. The data file goes from old to new in one step; a crash before it leaves the
    /// old store, whose count pages then lie where this would have put them.
    private func replace(by new: Paths) throws(BackupError) -> String? {
        var kept: String?
        if Self.isOccupied(paths.directory) { kept = try setAside() }
        try Self.system("mkdir", paths.counts, mkdir(paths.counts, 0o700))
        try Self.system("rename", paths.dataFile, rename(new.dataFile, paths.dataFile))
        // It knows the readers and the transactions of the file that was there.
        _ = unlink(paths.readerTable)
        try DirectorySync.run(paths.directory)
        FileTree.remove(paths.restoring)
        guard predecessor == .removed, let directory = kept else { return kept }
        FileTree.remove(directory)
        return nil
    }

    private func setAside() throws(BackupError) -> String {
        let name = if case .kept(let name) = predecessor { name } else { "replaced" }
        let old = Paths(directory: paths.directory + "/" + name)
        if predecessor == .removed { FileTree.remove(old.directory) }
        try Self.system("mkdir", old.directory, mkdir(old.directory, 0o700))
        if access(paths.dataFile, F_OK) == 0 {
            // A second name for it, so that the first never is without a file.
            try Self.system("link", old.dataFile, link(paths.dataFile, old.dataFile))
        }
        if access(paths.counts, F_OK) == 0 {
            try Self.system("rename", paths.counts, rename(paths.counts, old.counts))
        }
        try DirectorySync.run(old.directory)
        return old.directory
    }

    private static func system(_ operation: String, _ path: String, _ code: Int32) throws(BackupError) {
        if code != 0 { throw BackupTarget.failure(path, operation, errno) }
    }

    private static func store<Value: ~Copyable>(
        _ body: () throws(StoreError) -> Value
    ) throws(BackupError) -> Value {
        do throws(StoreError) { return try body() } catch { throw .store(error) }
    }
}

extension Store {
    /// What a restored store turns out to be.
    fileprivate enum Verdict {
        case sound(VerificationReport)
        case wrong(String)
        case interrupted

        func get(_ path: String) throws(BackupError) -> VerificationReport {
            switch self {
            case .sound(let report): return report
            case .wrong(let reason): throw .disagrees(path: path, reason: reason)
            case .interrupted: throw .interrupted
            }
        }
    }

    fileprivate func verified(as summary: BackupSummary, goOn: () -> Bool) throws(StoreError) -> Verdict {
        let (sequence, tables) = try contents()
        for expected in summary.tables {
            let count = tables[expected.name] ?? 0
            // The index of the history is made from the log that is in the backup.
            guard count == expected.count || expected.name == "history" else {
                return .wrong("\(count) rows in \(expected.name), where \(expected.count) should be")
            }
        }
        guard sequence == summary.lastSequence else { return .wrong("its newest change is \(sequence)") }
        let report = try verify(goOn: { _ in goOn() }, report: { _ in })
        guard report.isComplete else { return .interrupted }
        return report.isSound ? .sound(report) : .wrong("\(report.damagedCount) rows are damaged")
    }

    private func contents() throws(StoreError) -> (UInt64, [String: Int]) {
        try Self.lmdb(paths.dataFile, "restore") { () throws(LMDBError) in
            try environment.read { transaction throws(LMDBError) in
                var tables: [String: Int] = [:]
                for (table, name) in transaction.tables.present { tables[name] = try transaction.count(table) }
                return (try transaction.state().lastSequence, tables)
            }
        }
    }
}
