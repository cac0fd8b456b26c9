internal import CLMDB
internal import Resolution
internal import ResolutionProtocol

/// How far a backup has come.
public struct BackupProgress: Hashable, Sendable {
    /// Rows written so far, of records and log.
    public var rowCount = 0
    /// As many as there were in the beginning.
    public var expectedRowCount = 0
    /// Bytes written so far, before compression.
    public var rawByteCount = 0
    /// Bytes of the file so far.
    public var byteCount = 0
}

extension Store {
    /// Writes a consistent backup to `target` while others go on writing, and gives it its name.
    ///
    /// It holds what the store held at `lastSequence` of the summary. Records and log are walked in slices with a
    /// snapshot each, none longer than it takes to copy a megabyte; then the log tells what has changed meanwhile, and
    /// the last snapshot of all sees everything that is left (docs/decisions/0017). Writers wait for nothing.
    ///
    /// `manifest` makes the text that describes it. `goOn` is called between slices with no snapshot held: it may wait
    /// there, to be slow, and ends the backup by returning false.
    public func backUp(
        to target: BackupTarget,
        manifest: (BackupSummary) -> [UInt8],
        goOn: (BackupProgress) -> Bool
    ) throws(BackupError) -> BackupSummary {
        try backUp(to: target, sliceRowCountMax: .max, manifest: manifest, goOn: goOn)
    }

    /// The same with at most `sliceRowCountMax` rows to a slice, so that small stores have many.
    func backUp(
        to target: BackupTarget,
        sliceRowCountMax: Int,
        manifest: (BackupSummary) -> [UInt8],
        goOn: (BackupProgress) -> Bool
    ) throws(BackupError) -> BackupSummary {
        let run = try BackupRun(store: self, target: target, sliceRowCountMax: sliceRowCountMax)
        try run.walkRecords(goOn)
        try run.followLog(goOn)
        return try run.finish(manifest)
    }
}

/// One backup of a store.
private final class BackupRun {
    /// Tables whose rows carry a checksum of their own, which is compared on the way.
    private static let sealedTables: Set<String> = [
        "records", "log", "meta", "loads", "prefixes", "counts", "identifiers", "outcomes", "ledger",
        "reports",
    ]
    /// What a slice holds its snapshot for: pages that are freed meanwhile cannot be used again. Shorter than the
    /// system's own slices, so that the process is seldom held up within one.
    private static let sliceNanoseconds: UInt64 = 1_000_000
    private static let sliceByteCount = 64 << 10

    private let store: Store
    private let slot: ReadSlot
    private let output: BackupWriter
    private let storeKey: StoreKey
    private let sliceRowCountMax: Int
    private var firstSequence: UInt64 = 0
    private var lastSequence: UInt64 = 0
    /// Entries of the log up to this one have been copied.
    private var position: UInt64 = 0
    private var logRowCount = 0
    private var tables: [BackupSummary.TableRows] = []
    private var progress = BackupProgress()
    private var sliceStart = 0

    init(store: Store, target: BackupTarget, sliceRowCountMax: Int) throws(BackupError) {
        self.store = store
        self.sliceRowCountMax = sliceRowCountMax
        storeKey = StoreKey(secret: store.format.secret)
        slot = try Self.lmdb(store) { () throws(LMDBError) in try ReadSlot(store.environment) }
        output = try BackupWriter(target: target)
        try slice { (transaction) throws(BackupError) in
            try lmdb { () throws(LMDBError) in
                firstSequence = try transaction.state().lastSequence
                let (records, log) = (transaction.tables.records, transaction.tables.log)
                progress.expectedRowCount = try transaction.count(records) + transaction.count(log)
            }
        }
    }

    func finish(_ manifest: (BackupSummary) -> [UInt8]) throws(BackupError) -> BackupSummary {
        try output.finish(
            { summary in
                summary.firstSequence = firstSequence
                summary.lastSequence = lastSequence
                summary.tables = tables
            },
            manifest: manifest
        )
    }

    /// All records, each as it is when its slice comes to it.
    func walkRecords(_ goOn: (BackupProgress) -> Bool) throws(BackupError) {
        var next: [UInt8]? = []
        while let start = next {
            try slice { (transaction) throws(BackupError) in next = try copyRecords(from: start, transaction) }
            try pause(goOn)
        }
    }

    /// Copies one slice of the records; returns where the next one begins.
    private func copyRecords(from start: [UInt8], _ transaction: Transaction) throws(BackupError) -> [UInt8]? {
        let deadline = Clock.monotonicNanoseconds + Self.sliceNanoseconds
        let cursor = try lmdb { () throws(LMDBError) in try Cursor(transaction, transaction.tables.records) }
        var found = try lmdb { () throws(LMDBError) in try cursor.seek(start) }
        var count = 0
        while let entry = found {
            if isSliceOver(count, deadline) { return [UInt8](entry.key) }
            try put("records", entry, part: .record)
            count += 1
            found = try lmdb { () throws(LMDBError) in try cursor.next() }
        }
        return nil
    }

    /// The log from its beginning to its end. Entries that came since the beginning tell which records are to be looked
    /// at again. The snapshot that sees the log's end is that of the backup: all other tables are copied in it.
    func followLog(_ goOn: (BackupProgress) -> Bool) throws(BackupError) {
        var isAtEnd = false
        while !isAtEnd {
            try slice { (transaction) throws(BackupError) in
                var changed: Set<[UInt8]> = []
                isAtEnd = try copyLog(transaction, &changed)
                try copyChanged(changed, transaction)
                if isAtEnd { try copyRest(transaction) }
            }
            try pause(goOn)
        }
    }

    /// Copies one slice of the log and collects the keys of what changed; true: there is no more.
    private func copyLog(_ transaction: Transaction, _ changed: inout Set<[UInt8]>) throws(BackupError) -> Bool {
        let deadline = Clock.monotonicNanoseconds + Self.sliceNanoseconds
        let cursor = try lmdb { () throws(LMDBError) in try Cursor(transaction, transaction.tables.log) }
        var found = try lmdb { () throws(LMDBError) in try cursor.seek((position + 1).bigEndianBytes) }
        var copied = 0
        while let entry = found {
            if isSliceOver(copied, deadline) { return false }
            try put("log", entry, part: .logEntry)
            guard let sequence = UInt64(bigEndianBytes: entry.key) else { throw damage(.logEntry, entry) }
            if sequence > firstSequence {
                // Only trimming leaves gaps, and nothing that is younger than the backup is old enough for it.
                guard sequence == max(position, firstSequence) + 1 else { throw .logHasGap(after: position) }
                try collectKeys(of: entry, &changed)
            }
            position = sequence
            (copied, logRowCount) = (copied + 1, logRowCount + 1)
            found = try lmdb { () throws(LMDBError) in try cursor.next() }
        }
        return true
    }

    /// The keys of the records that `entry`, which has been unsealed before, wrote or removed.
    private func collectKeys(of entry: Cursor.Entry, _ changed: inout Set<[UInt8]>) throws(BackupError) {
        guard let content = Sealed.open(entry.value, key: entry.key) else { throw damage(.logEntry, entry) }
        do throws(WireError) {
            try LogEntry(content.bytes).forEachName { name in
                changed.insert(storeKey.key(of: store.folding.key(of: [UInt8](name))))
            }
        } catch {
            throw damage(.logEntry, entry)
        }
    }

    /// Each of the records as it is now.
    private func copyChanged(_ changed: Set<[UInt8]>, _ transaction: Transaction) throws(BackupError) {
        for key in changed.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
            let value = try lmdb { () throws(LMDBError) in try transaction.get(transaction.tables.records, key) }
            try key.span.bytes.withUnsafeBytes { (bytes) throws(BackupError) in
                if let value {
                    try put("records", (bytes, value), part: .record)
                } else {
                    output.remove("records", bytes)
                }
            }
        }
    }

    /// All other tables, and what has been trimmed from the log since it was copied. The index of the history is not
    /// among them: it is made anew from the log.
    private func copyRest(_ transaction: Transaction) throws(BackupError) {
        lastSequence = try lmdb { () throws(LMDBError) in try transaction.state().lastSequence }
        for (table, name) in transaction.tables.present {
            let count = try lmdb { () throws(LMDBError) in try transaction.count(table) }
            tables.append(BackupSummary.TableRows(name: name, count: count))
            switch name {
            case "records", "history": break
            case "log": if count != logRowCount { try noteGaps(transaction) }
            default: try copyTable(table, name, transaction)
            }
        }
    }

    private func copyTable(_ table: MDB_dbi, _ name: String, _ transaction: Transaction) throws(BackupError) {
        let cursor = try lmdb { () throws(LMDBError) in try Cursor(transaction, table) }
        while let entry = try lmdb({ () throws(LMDBError) in try cursor.next() }) {
            try put(name, entry, part: .row(table: name))
            if output.isFull { progress.byteCount += try output.flush() }
        }
    }

    private func noteGaps(_ transaction: Transaction) throws(BackupError) {
        let cursor = try lmdb { () throws(LMDBError) in try Cursor(transaction, transaction.tables.log) }
        var previous: UInt64 = 0
        while let entry = try lmdb({ () throws(LMDBError) in try cursor.next() }) {
            guard let sequence = UInt64(bigEndianBytes: entry.key) else { throw damage(.logEntry, entry) }
            if sequence > previous + 1 { output.gap("log", from: previous + 1, to: sequence - 1) }
            previous = sequence
        }
        if position > previous { output.gap("log", from: previous + 1, to: position) }
    }
}

// The small steps.
extension BackupRun {
    /// Whether a slice of `count` rows so far is to end; none ends without a row.
    private func isSliceOver(_ count: Int, _ deadline: UInt64) -> Bool {
        guard count > 0 else { return false }
        return output.waitingByteCount - sliceStart >= Self.sliceByteCount || count >= sliceRowCountMax
            || count % 64 == 0 && Clock.monotonicNanoseconds > deadline
    }

    private func put(_ table: String, _ entry: Cursor.Entry, part: DamageReport.Part) throws(BackupError) {
        if Self.sealedTables.contains(table), Sealed.open(entry.value, key: entry.key) == nil {
            throw damage(part, entry)
        }
        output.put(table, entry.key, entry.value)
        progress.rowCount += 1
    }

    private func damage(_ part: DamageReport.Part, _ entry: Cursor.Entry) -> BackupError {
        let address = entry.value.baseAddress
        return .damaged(
            DamageReport(part: part, key: entry.key, address: address, environment: store.environment)
        )
    }

    private func pause(_ goOn: (BackupProgress) -> Bool) throws(BackupError) {
        if output.isFull { progress.byteCount += try output.flush() }
        progress.rawByteCount = output.summary.rawByteCount + output.waitingByteCount
        guard goOn(progress) else { throw .interrupted }
    }

    /// Runs `body` on a snapshot of its own.
    private func slice(_ body: (Transaction) throws(BackupError) -> Void) throws(BackupError) {
        try lmdb { () throws(LMDBError) in try slot.begin() }
        defer { slot.end() }
        sliceStart = output.waitingByteCount
        try body(slot.transaction)
    }

    private func lmdb<Value: ~Copyable>(_ body: () throws(LMDBError) -> Value) throws(BackupError) -> Value {
        try Self.lmdb(store, body)
    }

    private static func lmdb<Value: ~Copyable>(
        _ store: Store,
        _ body: () throws(LMDBError) -> Value
    ) throws(BackupError) -> Value {
        do throws(LMDBError) {
            return try body()
        } catch {
            throw .store(StoreError(path: store.paths.dataFile, operation: "backup", error: error))
        }
    }
}

extension LogEntry {
    /// Calls `body` with the name of each record that the entry wrote or removed.
    func forEachName(_ body: (RawSpan) -> Void) throws(WireError) {
        switch kind {
        case .put, .removed:
            var reader = WireReader(self.body)
            body(try reader.lengthPrefixedSpan())
        case .load, .base:
            try LoadChunk.forEachRow(of: self.body) { row throws(WireError) in
                body(row.name)
                return true
            }
        case .prefix, .prefixRemoved: break
        }
    }
}
