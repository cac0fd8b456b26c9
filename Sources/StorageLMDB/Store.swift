internal import Glibc
internal import Resolution
public import ResolutionProtocol

/// An open data directory: records, change log, prefixes and counts in one LMDB file.
///
/// One process at a time uses a directory. `LMDBReader`s read, one for each worker; `log` changes; `counts` counts.
public final class Store: @unchecked Sendable {
    // Sendable: all fields are set in init and are made for threads.

    let paths: Paths
    let environment: Environment
    let format: FormatRecord
    let options: StoreOptions
    let damage = DamageLog()
    /// nil: another process may be at work in the directory, and this one only reads.
    private let lock: DirectoryLock?
    /// Where records change.
    public let log: LMDBChangeLog
    /// Where counts are kept.
    public let counts: LMDBCountLedger
    /// What closes days in the resolution ledger.
    package let ledger: LedgerKeeper
    /// What keeps the reports of other nodes.
    package let reports: ReportKeeper
    /// What brings the data file into memory.
    public let warming: FileWarming

    /// Opens the store in `directory` after checking it. Creates and repairs nothing.
    public static func open(directory: String, options: StoreOptions = StoreOptions()) throws(StoreError) -> Store {
        try Store(paths: Paths(directory: directory), options: options)
    }

    private init(paths: Paths, options given: StoreOptions) throws(StoreError) {
        var options = given
        options.isReadOnly = given.isReadOnly || given.isBesideOthers
        try Self.checkDirectory(paths.directory)
        if options.isBesideOthers {
            lock = nil
            try Self.checkBesideOthers(paths.dataFile)
        } else {
            var check = try DataFileCheck(path: paths.dataFile)
            lock = try DirectoryLock(path: paths.lock, isShared: options.isReadOnly)
            try check.run()
        }
        self.paths = paths
        self.options = options
        let path = paths.dataFile
        environment = try Self.lmdb(path, "open") { () throws(LMDBError) in
            try Environment(
                path: path,
                mapSizeBytes: options.mapSizeBytes,
                isReadOnly: options.isReadOnly,
                isNew: false
            )
        }
        let format = try Self.readFormat(environment)
        self.format = options.isReadOnly ? format : try Self.upgrade(format, environment)
        environment.checkReaders()
        try Self.makeHints(options, environment)
        try Self.prepareReferences(options, environment, self.format)
        warming = FileWarming(environment)
        counts = LMDBCountLedger(environment: environment, paths: paths, options: options)
        ledger = LedgerKeeper(environment: environment, counts: counts)
        reports = ReportKeeper(environment: environment)
        log = LMDBChangeLog(
            environment: environment,
            format: self.format,
            options: options,
            damage: damage,
            counts: counts,
            ledger: ledger
        )
    }

    /// A file that is being written may lack pages for a moment: those that its next commit writes.
    private static func checkBesideOthers(_ path: String) throws(StoreError) {
        for attempt in 1...5 {
            do throws(StoreError) {
                var check = try DataFileCheck(path: path)
                return try check.run()
            } catch {
                guard case .dataFileTruncated = error, attempt < 5 else { throw error }
                usleep(50_000)
            }
        }
    }

    private static func makeHints(_ options: StoreOptions, _ environment: Environment) throws(StoreError) {
        guard let index = options.index, !options.isReadOnly else { return }
        try lmdb(environment.path, "count") { () throws(LMDBError) in
            let recordCount = try environment.read { transaction throws(LMDBError) in
                try transaction.count(transaction.tables.records)
            }
            environment.makeHints(index, recordCount: recordCount)
        }
    }

    /// Brings the table of references to what is wanted; of a store that is only read it is used as it is.
    private static func prepareReferences(
        _ options: StoreOptions,
        _ environment: Environment,
        _ format: FormatRecord
    ) throws(StoreError) {
        try lmdb(environment.path, "build references") { () throws(LMDBError) in
            let build = ReferenceBuild(environment: environment, format: format)
            let index = try options.isReadOnly ? build.asItIs() : build.run(options.references)
            environment.keep(index)
        }
    }

    /// A view of the records for one thread; by the index of hints, if there is one and `usingIndex`.
    public func makeReader(usingIndex: Bool = true) throws(StoreError) -> LMDBReader {
        try Self.lmdb(paths.dataFile, "read") { () throws(LMDBError) in
            let index = usingIndex ? environment.hints : nil
            return try LMDBReader(environment: environment, format: format, damage: damage, index: index)
        }
    }

    /// Stops warming, the keeper of reports and the writer thread, where they run, and folds the counts. The file is
    /// closed when the store is released.
    public func close() {
        warming.stop()
        reports.close()
        log.close()
    }

    /// How identifiers become keys here.
    public var folding: IdentifierFolding { format.folding }

    /// The store's UUID, 16 bytes.
    public var uuid: [UInt8] { format.uuid }

    /// Seconds since 1970 at which the store was made.
    public var createdUnixSeconds: UInt64 { format.createdUnixSeconds }

    /// Whether a node, or another process that writes, is at work in the directory.
    public var isUsedByOthers: Bool { lock == nil && DirectoryLock.isHeld(path: paths.lock) }

    /// The directory.
    public var directory: String { paths.directory }

    static func checkDirectory(_ path: String) throws(StoreError) {
        var status = stat()
        guard stat(path, &status) == 0 else {
            if errno == ENOENT || errno == ENOTDIR { throw .directoryMissing(path: path) }
            throw .system(path: path, operation: "stat", errno: errno)
        }
        guard status.st_mode & S_IFMT == S_IFDIR else { throw .directoryMissing(path: path) }
        guard status.st_uid == geteuid() else {
            throw .wrongOwner(path: path, owner: status.st_uid, expected: geteuid())
        }
        guard status.st_mode & 0o700 == 0o700 else {
            throw .wrongPermissions(path: path, mode: status.st_mode & 0o7777)
        }
    }

    static func readFormat(_ environment: Environment) throws(StoreError) -> FormatRecord {
        let path = environment.path
        let format = try lmdb(path, "read the format") { () throws(LMDBError) in
            try environment.read { transaction throws(LMDBError) -> FormatRecord in
                guard let content = try transaction.content(transaction.tables.meta, FormatRecord.key) else {
                    throw .damaged
                }
                var reader = WireReader(content.bytes)
                do { return try FormatRecord(from: &reader) } catch { throw .damaged }
            }
        }
        guard format.version <= FormatRecord.currentVersion else {
            throw .newerFormat(path: path, version: format.version, supported: FormatRecord.currentVersion)
        }
        return format
    }

    /// Brings a store of an older format to the current one, in one transaction.
    private static func upgrade(
        _ format: FormatRecord,
        _ environment: Environment
    ) throws(StoreError) -> FormatRecord {
        guard format.version < FormatRecord.currentVersion else { return format }
        var current = format
        current.version = FormatRecord.currentVersion
        return try lmdb(environment.path, "upgrade") { () throws(LMDBError) in
            try environment.write { [current] transaction throws(LMDBError) in
                var writer = WireWriter(capacity: 256)
                try IdentifierTable.rebuild(transaction, in: &writer)
                try transaction.putSealed(transaction.tables.meta, FormatRecord.key, in: &writer) {
                    current.write(to: &$0)
                }
                return current
            }
        }
    }

    /// Runs `body` and says of LMDB's errors where they came about.
    static func lmdb<Value>(
        _ path: String,
        _ operation: String,
        _ body: () throws(LMDBError) -> Value
    ) throws(StoreError) -> Value {
        do {
            return try body()
        } catch {
            throw StoreError(path: path, operation: operation, error: error)
        }
    }
}

extension StoreError {
    init(path: String, operation: String, error: LMDBError) {
        self =
            switch error {
            case let error where error.isNoRoom: .storageFull(path: path)
            case .damaged, .pageNotFound: .dataFileDamaged(path: path, reason: "\(operation): \(error.text)")
            case .notFound, .invalid: .notADataFile(path: path)
            case let error where error.code > 0: .system(path: path, operation: operation, errno: error.code)
            default: .lmdb(path: path, operation: operation, error: error)
            }
    }
}
