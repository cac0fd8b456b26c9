internal import CLMDB
internal import Glibc

/// An open LMDB environment: its file, its tables, its one writer at a time, its map that can grow.
final class Environment: @unchecked Sendable {
    // Sendable: LMDB's environment is made for threads; what changes here is guarded by `writers` or atomic.

    /// `MDB_env`.
    let handle: OpaquePointer
    let path: String
    let pageByteCount: Int
    private(set) var tables = Tables()
    let gate = MapGate()
    let map = MapPlace()
    private let writers = Monitor()
    /// The error of the disk after which nothing is written any more: a later attempt might seem to succeed although
    /// the system has forgotten pages that it could not write (D10). Guarded by `writers`.
    private var refusal: LMDBError?
    /// The index of hints, if there is one: set before the first reader is made.
    private(set) var hints: HintIndex?
    /// What keeps the table of references, where that is wanted: set before the first write of records.
    private(set) var references: ReferenceIndex?
    /// Whether the data file is being brought into memory: the sweep waits for that, or it would fault page by page
    /// with the lock of writers held.
    let warming = WarmingMark()
    /// The data file's.
    let descriptor: Int32

    /// Opens the file at `path`, which is there unless `isNew`.
    init(path: String, mapSizeBytes: Int, isReadOnly: Bool, isNew: Bool) throws(LMDBError) {
        handle = try Self.open(path: path, mapSizeBytes: mapSizeBytes, isReadOnly: isReadOnly)
        self.path = path
        var statistics = MDB_stat()
        mdb_env_stat(handle, &statistics)
        pageByteCount = Int(statistics.ms_psize)
        var descriptor: Int32 = -1
        mdb_env_get_fd(handle, &descriptor)
        self.descriptor = descriptor
        // All fields are set: a throw from here on closes the environment in deinit.
        tables = try openTables(isNew: isNew, isReadOnly: isReadOnly)
        map.find(path: path)
    }

    deinit { mdb_env_close(handle) }

    private static func open(path: String, mapSizeBytes: Int, isReadOnly: Bool) throws(LMDBError) -> OpaquePointer {
        var created: OpaquePointer?
        try LMDBError.check(mdb_env_create(&created))
        guard let handle = created else { throw LMDBError(code: ENOMEM) }
        let flags = MDB_NOSUBDIR | MDB_NOTLS | MDB_NORDAHEAD | (isReadOnly ? MDB_RDONLY : 0)
        mdb_env_set_mapsize(handle, mapSizeBytes)
        mdb_env_set_maxdbs(handle, 16)
        mdb_env_set_maxreaders(handle, 1_024)
        _ = hj_lmdb_report_assertions(handle)
        let code = mdb_env_open(handle, path, UInt32(flags), 0o600)
        guard code == 0 else {
            mdb_env_close(handle)
            throw LMDBError(code: code)
        }
        return handle
    }

    /// Tables that a former format did not have are made, unless the store is only read: there they stay absent.
    private func openTables(isNew: Bool, isReadOnly: Bool) throws(LMDBError) -> Tables {
        var tables = Tables()
        try openTables(Tables.names, in: &tables, creating: isNew)
        for later in [Tables.laterNames, Tables.ledgerNames, Tables.referenceNames, Tables.reportNames] {
            do throws(LMDBError) {
                try openTables(later, in: &tables, creating: isNew)
            } catch {
                guard error == .notFound else { throw error }
                for (table, _) in later { tables[keyPath: table] = Tables.absent }
                if !isReadOnly { try openTables(later, in: &tables, creating: true) }
            }
        }
        return tables
    }

    private func openTables(
        _ names: [(WritableKeyPath<Tables, MDB_dbi>, String)],
        in tables: inout Tables,
        creating: Bool
    ) throws(LMDBError) {
        var begun: OpaquePointer?
        try LMDBError.check(mdb_txn_begin(handle, nil, creating ? 0 : UInt32(MDB_RDONLY), &begun))
        guard let transaction = begun else { throw LMDBError(code: ENOMEM) }
        for (table, name) in names {
            let code = mdb_dbi_open(transaction, name, creating ? UInt32(MDB_CREATE) : 0, &tables[keyPath: table])
            if code != 0 {
                mdb_txn_abort(transaction)
                throw LMDBError(code: code)
            }
        }
        try LMDBError.check(mdb_txn_commit(transaction))
    }

    /// Keeps the table of references from now on. Called once, before records are written.
    func keep(_ references: ReferenceIndex?) { self.references = references }

    /// Runs `body` on a snapshot. Not for the query path.
    func read<Value>(_ body: (Transaction) throws(LMDBError) -> Value) throws(LMDBError) -> Value {
        let slot = try ReadSlot(self)
        try slot.begin()
        defer { slot.end() }
        return try body(slot.transaction)
    }

    /// Runs `body` in a write transaction and commits it, durably. Where the map is full it grows, and `body` runs
    /// again. After an error of the disk each further call throws that error, and writes nothing; reading goes on.
    func write<Value>(_ body: (Transaction) throws(LMDBError) -> Value) throws(LMDBError) -> Value {
        try writers.withLock { () throws(LMDBError) -> Value in
            if let refusal { throw refusal }
            while true {
                do throws(LMDBError) {
                    return try writeOnce(body)
                } catch {
                    guard error == .mapFull else { throw refusing(error) }
                    try growMap()
                }
            }
        }
    }

    /// Notes `error` where it is one of the disk.
    private func refusing(_ error: LMDBError) -> LMDBError {
        if error.isOfTheDisk { refusal = error }
        hj_lmdb_keep_reading(handle)
        return error
    }

    private func writeOnce<Value>(_ body: (Transaction) throws(LMDBError) -> Value) throws(LMDBError) -> Value {
        var begun: OpaquePointer?
        try LMDBError.check(mdb_txn_begin(handle, nil, 0, &begun))
        guard let transaction = begun else { throw LMDBError(code: ENOMEM) }
        let value: Value
        hints?.begin()
        do throws(LMDBError) {
            value = try body(
                Transaction(
                    handle: transaction,
                    tables: tables,
                    changed: hints?.changed,
                    references: references
                )
            )
        } catch {
            mdb_txn_abort(transaction)
            throw error
        }
        try commit(transaction)
        makeFileWhole()
        publishHints()
        return value
    }

    /// Commits `transaction` with what the index of hints needs before and after; frees it, even when it fails.
    private func commit(_ transaction: OpaquePointer) throws(LMDBError) {
        hints?.prepare(UInt64(mdb_txn_id(transaction)))
        let code = mdb_txn_commit(transaction)
        guard code == 0 else {
            hints?.takeBack()
            throw LMDBError(code: code)
        }
        hints?.settle(last: transactionID)
    }

    /// Publishes what was committed, before `write` returns and it is acknowledged (I7).
    private func publishHints() {
        guard let hints, !hints.changed.isEmpty else { return }
        // A failure is none of the commit: what has no hint is asked of LMDB.
        try? read { transaction throws(LMDBError) in try hints.publishChanged(transaction) }
    }

    /// Makes the file as long as its pages say: pages that were freed in the transaction that added them are not
    /// written, and reading a map beyond its file's end is a fault. LMDB reads no free page, so a failure here is none
    /// of the commit, which is durable by now.
    private func makeFileWhole() {
        let wanted = usedByteCount
        let byteCount = hj_file_byte_count(descriptor)
        if byteCount >= 0, byteCount < wanted { _ = ftruncate(descriptor, wanted) }
    }
}

extension Environment {
    /// Bytes of the file that its last page reaches to.
    var usedByteCount: Int { (information.me_last_pgno + 1) * pageByteCount }

    /// Bytes of the map.
    var mapByteCount: Int { information.me_mapsize }

    /// Number of the newest transaction.
    var transactionID: UInt64 { UInt64(information.me_last_txnid) }

    private var information: MDB_envinfo {
        var information = MDB_envinfo()
        mdb_env_info(handle, &information)
        return information
    }

    /// Enlarges the map to twice its size, or as far as the disk has room. Called by the one writer, outside of a
    /// transaction. `ENOSPC` when there is no room.
    private func growMap() throws(LMDBError) {
        let current = mapByteCount
        let wanted = min(current * 2, usedByteCount + freeByteCount) / pageByteCount * pageByteCount
        guard wanted > current else { throw LMDBError(code: ENOSPC) }
        let code = gate.whileParked {
            let code = mdb_env_set_mapsize(handle, wanted)
            // The addresses of all hints are those of the old map.
            hints?.empty()
            // LMDB has given the old map up by now: without one the environment is of no use.
            if code != 0 { mdb_env_set_mapsize(handle, current) }
            map.find(path: path)
            return code
        }
        try LMDBError.check(code)
    }

    /// Enlarges the map until `byteCount` further bytes fit.
    func makeRoom(for byteCount: Int) throws(LMDBError) {
        try writers.withLock { () throws(LMDBError) in
            while mapByteCount - usedByteCount < byteCount { try growMap() }
        }
    }

    /// Puts an index of hints for `recordCount` records in front; without memory for it there is none. Called once,
    /// before the first reader.
    func makeHints(_ options: HintIndexOptions, recordCount: Int) {
        hints = HintIndex(
            options,
            recordCount: recordCount,
            pageByteCount: pageByteCount,
            transactionID: transactionID
        )
    }

    /// Publishes the next records of the walk through all of them, and says when it wants to go on. Called by the
    /// writer thread, between commits.
    func sweepHints(nanoseconds: UInt64 = HintSweep.sliceNanoseconds) -> HintSweep.Pace {
        guard !warming.isUnderWay else { return .nowAndThen }
        return writers.withLock {
            guard let hints else { return .atRest }
            guard hints.pace != .atRest else { return .atRest }
            do throws(LMDBError) {
                try read { transaction throws(LMDBError) in try hints.workSlice(transaction, nanoseconds: nanoseconds) }
            } catch {
                // Without hints LMDB answers; a later slice tries again.
                return .nowAndThen
            }
            return hints.pace
        }
    }

    /// Bytes that the disk has left for us.
    var freeByteCount: Int {
        var status = statvfs()
        guard statvfs(path, &status) == 0 else { return 0 }
        return Int(status.f_bavail) * Int(status.f_frsize)
    }

    /// Frees the slots of readers whose process has ended.
    @discardableResult
    func checkReaders() -> Int {
        var dead: Int32 = 0
        mdb_reader_check(handle, &dead)
        return Int(dead)
    }
}
