internal import CLMDB
internal import ResolutionProtocol

/// Builds a data file out of the rows of a backup. What it writes is not durable before `finish`.
final class StoreRebuild {
    private static let historyRowCount = 20_000

    private let environment: Environment
    private let path: String
    /// The greatest key of each table so far: one that is greater goes to the end, without a search.
    private var lastKeys: [MDB_dbi: [UInt8]] = [:]

    /// Begins a new data file at `path`.
    init(path: String, mapSizeBytes: Int) throws(BackupError) {
        self.path = path
        environment = try Self.lmdb(path) { () throws(LMDBError) in
            try Environment(path: path, mapSizeBytes: mapSizeBytes, isReadOnly: false, isNew: true)
        }
        // The file is thrown away unless all of it gets to the disk at the end.
        mdb_env_set_flags(environment.handle, UInt32(MDB_NOSYNC), 1)
    }

    /// Carries out the rows of one block of the backup `source`.
    func add(_ block: RawSpan, of source: String) throws(BackupError) {
        try lmdb { () throws(LMDBError) in
            try environment.write { transaction throws(LMDBError) in
                try BackupRows.forEach(of: block, unreadable: LMDBError.damaged) { row throws(LMDBError) in
                    try apply(row, transaction)
                }
            }
        }
    }

    private func apply(_ row: borrowing BackupRows.Row, _ transaction: Transaction) throws(LMDBError) {
        switch row {
        case .put(let table, let key, let value):
            let place = try Self.table(table, transaction)
            let flags = isGreatest([UInt8](key), of: place) ? MDB_APPEND : 0
            try key.withUnsafeBytes { key throws(LMDBError) in
                try value.withUnsafeBytes { value throws(LMDBError) in
                    try transaction.put(place, key, value, flags: flags)
                }
            }
        case .remove(let table, let key):
            try transaction.delete(try Self.table(table, transaction), [UInt8](key))
        case .gap(let table, let first, let last):
            try removeRange(try Self.table(table, transaction), first, last, transaction)
        }
    }

    private func isGreatest(_ key: [UInt8], of table: MDB_dbi) -> Bool {
        if let last = lastKeys[table], !last.lexicographicallyPrecedes(key) { return false }
        lastKeys[table] = key
        return true
    }

    private func removeRange(
        _ table: MDB_dbi,
        _ first: UInt64,
        _ last: UInt64,
        _ transaction: Transaction
    ) throws(LMDBError) {
        var keys: [[UInt8]] = []
        do {
            let cursor = try Cursor(transaction, table)
            var found = try cursor.seek(first.bigEndianBytes)
            while let entry = found, let sequence = UInt64(bigEndianBytes: entry.key), sequence <= last {
                keys.append([UInt8](entry.key))
                found = try cursor.next()
            }
        }
        for key in keys { try transaction.delete(table, key) }
    }

    private static func table(_ name: String, _ transaction: Transaction) throws(LMDBError) -> MDB_dbi {
        // A table that this version does not know would be lost without a word.
        guard let known = transaction.tables.present.first(where: { $0.name == name }) else { throw .notFound }
        return known.table
    }

    /// Makes the index of the history out of the log, and everything durable.
    func finish(goOn: () -> Bool) throws(BackupError) {
        let format: FormatRecord
        do throws(StoreError) { format = try Store.readFormat(environment) } catch { throw .store(error) }
        var position: UInt64? = 0
        while let start = position {
            guard goOn() else { throw .interrupted }
            position = try lmdb { () throws(LMDBError) in
                try environment.write { transaction throws(LMDBError) in
                    try indexHistory(after: start, format, transaction)
                }
            }
        }
        try lmdb { () throws(LMDBError) in try LMDBError.check(mdb_env_sync(environment.handle, 1)) }
    }

    /// Indexes a slice of the log; returns where the next one begins.
    private func indexHistory(
        after position: UInt64,
        _ format: FormatRecord,
        _ transaction: Transaction
    ) throws(LMDBError) -> UInt64? {
        let storeKey = StoreKey(secret: format.secret)
        var (keys, last): ([[UInt8]], UInt64?) = ([], nil)
        do {
            let cursor = try Cursor(transaction, transaction.tables.log)
            var found = try cursor.seek((position + 1).bigEndianBytes)
            var count = 0
            while let entry = found, count < Self.historyRowCount {
                guard let sequence = UInt64(bigEndianBytes: entry.key),
                    let content = Sealed.open(entry.value, key: entry.key)
                else { throw .damaged }
                if let name = try Self.indexedName(content.bytes) {
                    let hash = storeKey.historyHash(of: format.folding.key(of: name))
                    keys.append(hash.bigEndianBytes + sequence.bigEndianBytes)
                }
                (count, last) = (count + 1, sequence)
                found = try cursor.next()
            }
        }
        for key in keys.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
            try transaction.put(transaction.tables.history, key, UnsafeRawBufferPointer(start: nil, count: 0))
        }
        return last
    }

    /// The name that the index holds for an entry of the log; nil: it holds none.
    private static func indexedName(_ content: RawSpan) throws(LMDBError) -> [UInt8]? {
        do throws(WireError) {
            let entry = try LogEntry(content)
            switch entry.kind {
            case .put, .removed, .prefix, .prefixRemoved:
                // A bare prefix has the key of its record.
                var reader = WireReader(entry.body)
                return try reader.lengthPrefixedBytes()
            case .load, .base: return nil
            }
        } catch {
            throw .damaged
        }
    }

    private func lmdb<Value>(_ body: () throws(LMDBError) -> Value) throws(BackupError) -> Value {
        try Self.lmdb(path, body)
    }

    private static func lmdb<Value>(
        _ path: String,
        _ body: () throws(LMDBError) -> Value
    ) throws(BackupError) -> Value {
        do throws(LMDBError) {
            return try body()
        } catch {
            throw .store(StoreError(path: path, operation: "restore", error: error))
        }
    }
}
