internal import CLMDB

/// The named databases of a data file.
struct Tables: Sendable {
    /// Format and counters of the store itself.
    var meta: MDB_dbi = 0
    /// Key → sealed record.
    var records: MDB_dbi = 0
    /// Sequence → sealed entry.
    var log: MDB_dbi = 0
    /// Hash of the key and sequence → nothing.
    var history: MDB_dbi = 0
    /// Sequence → first and last key of a chunk.
    var loads: MDB_dbi = 0
    /// Folded prefix → sealed row.
    var prefixes: MDB_dbi = 0
    /// Day, worker, kind and number → sealed counts.
    var counts: MDB_dbi = 0
    /// Folded prefix → sealed number of its identifiers.
    var identifiers: MDB_dbi = Tables.absent
    /// Request and first row → sealed outcomes of a set.
    var outcomes: MDB_dbi = Tables.absent
    /// Time of being forgotten, request and first row → nothing.
    var expiries: MDB_dbi = Tables.absent
    /// The resolution ledger: `LedgerTable`.
    var ledger: MDB_dbi = Tables.absent

    /// What refers to what: `ReferenceIndex`.
    var references: MDB_dbi = Tables.absent
    /// Reports to the level above and from the level below: `ReportTable`.
    var reports: MDB_dbi = Tables.absent

    /// No table: what a store of an earlier build that is only read has in place of the later ones.
    static let absent = MDB_dbi.max

    /// Whether the file has the tables of the current format.
    var areComplete: Bool { expiries != Self.absent }

    /// Whether the file has a ledger's table. An earlier build leaves it alone, so it is no other format.
    var hasLedger: Bool { ledger != Self.absent }

    /// Whether the file has a table of references, which an earlier build leaves alone, too.
    var hasReferences: Bool { references != Self.absent }

    /// Whether the file has a table of reports, which came later still.
    var hasReports: Bool { reports != Self.absent }

    static var names: [(WritableKeyPath<Tables, MDB_dbi>, String)] {
        [
            (\.meta, "meta"), (\.records, "records"), (\.log, "log"), (\.history, "history"), (\.loads, "loads"),
            (\.prefixes, "prefixes"), (\.counts, "counts"),
        ]
    }

    /// Those that format 2 has added.
    static var laterNames: [(WritableKeyPath<Tables, MDB_dbi>, String)] {
        [(\.identifiers, "identifiers"), (\.outcomes, "outcomes"), (\.expiries, "expiries")]
    }

    /// The one that came after them.
    static var ledgerNames: [(WritableKeyPath<Tables, MDB_dbi>, String)] { [(\.ledger, "ledger")] }

    /// And after that one.
    static var referenceNames: [(WritableKeyPath<Tables, MDB_dbi>, String)] { [(\.references, "references")] }

    /// And those.
    static var reportNames: [(WritableKeyPath<Tables, MDB_dbi>, String)] { [(\.reports, "reports")] }

    /// The tables that the file has, with their names: what a backup holds. That of references is built from records.
    var present: [(table: MDB_dbi, name: String)] {
        let later =
            (areComplete ? Self.laterNames : []) + (hasLedger ? Self.ledgerNames : [])
            + (hasReports ? Self.reportNames : [])
        return (Self.names + later).map { (self[keyPath: $0.0], $0.1) }
    }
}

/// Reads and writes within a transaction that someone else begins and ends. What is lent is gone with the transaction,
/// and with the next write.
struct Transaction {
    let handle: OpaquePointer
    let tables: Tables
    /// Where a write transaction notes the keys whose records it changes; nil: there is no index of hints.
    var changed: ChangedKeys?
    /// What keeps the table of references beside the records; nil: there is none.
    var references: ReferenceIndex?

    /// What stands under `key`, or nil.
    func get(_ table: MDB_dbi, _ key: UnsafeRawBufferPointer) throws(LMDBError) -> UnsafeRawBufferPointer? {
        var (key, value) = (MDB_val(key), MDB_val())
        let code = mdb_get(handle, table, &key, &value)
        if code == MDB_NOTFOUND { return nil }
        try LMDBError.check(code)
        return UnsafeRawBufferPointer(value)
    }

    /// What stands under `key`, or nil.
    func get(_ table: MDB_dbi, _ key: [UInt8]) throws(LMDBError) -> UnsafeRawBufferPointer? {
        try key.span.bytes.withUnsafeBytes { bytes throws(LMDBError) in try get(table, bytes) }
    }

    /// Writes `value` under `key`.
    func put(
        _ table: MDB_dbi,
        _ key: UnsafeRawBufferPointer,
        _ value: UnsafeRawBufferPointer,
        flags: Int32 = 0
    ) throws(LMDBError) {
        noteChange(table, key)
        if let references, table == tables.records { try references.note(key, new: value, self) }
        var (key, value) = (MDB_val(key), MDB_val(value))
        try LMDBError.check(mdb_put(handle, table, &key, &value, UInt32(flags)))
    }

    private func noteChange(_ table: MDB_dbi, _ key: UnsafeRawBufferPointer) {
        if let changed, table == tables.records { changed.note(key) }
    }

    /// Writes `value` under `key`.
    func put(_ table: MDB_dbi, _ key: [UInt8], _ value: UnsafeRawBufferPointer, flags: Int32 = 0) throws(LMDBError) {
        try key.span.bytes.withUnsafeBytes { bytes throws(LMDBError) in try put(table, bytes, value, flags: flags) }
    }

    /// Removes `key`; false: it was not there.
    @discardableResult
    func delete(_ table: MDB_dbi, _ key: [UInt8]) throws(LMDBError) -> Bool {
        if let references, table == tables.records {
            try key.span.bytes.withUnsafeBytes { bytes throws(LMDBError) in
                try references.note(bytes, new: nil, self)
            }
        }
        let code = key.withUnsafeBytes { bytes in
            noteChange(table, bytes)
            var key = MDB_val(bytes)
            return mdb_del(handle, table, &key, nil)
        }
        if code == MDB_NOTFOUND { return false }
        try LMDBError.check(code)
        return true
    }

    /// A transaction within this write transaction, which is not used until that has ended.
    func beginNested() throws(LMDBError) -> Transaction {
        var begun: OpaquePointer?
        try LMDBError.check(mdb_txn_begin(mdb_txn_env(handle), handle, 0, &begun))
        guard let begun else { throw LMDBError(code: MDB_PANIC) }
        return Transaction(handle: begun, tables: tables, changed: changed, references: references)
    }

    /// Hands what a nested transaction has changed to the outer one. Ends it, even when it fails.
    func commitNested() throws(LMDBError) { try LMDBError.check(mdb_txn_commit(handle)) }

    /// Gives up what has been changed.
    func abort() { mdb_txn_abort(handle) }

    /// Empties `table`, or removes it altogether.
    func clear(_ table: MDB_dbi, isRemoved: Bool = false) throws(LMDBError) {
        if table == tables.records { changed?.noteAll() }
        try LMDBError.check(mdb_drop(handle, table, isRemoved ? 1 : 0))
    }

    /// Entries of `table`.
    func count(_ table: MDB_dbi) throws(LMDBError) -> Int {
        var statistics = MDB_stat()
        try LMDBError.check(mdb_stat(handle, table, &statistics))
        return statistics.ms_entries
    }
}

extension MDB_val {
    /// Lends `bytes` to LMDB, which only reads them.
    init(_ bytes: UnsafeRawBufferPointer) {
        self.init(mv_size: bytes.count, mv_data: UnsafeMutableRawPointer(mutating: bytes.baseAddress))
    }
}

extension UnsafeRawBufferPointer {
    /// What LMDB lends.
    init(_ value: MDB_val) { self.init(start: value.mv_data, count: value.mv_size) }
}
