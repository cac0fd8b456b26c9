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
        do throws(LMDBError) {
            try openTables(Tables.laterNames, in: &tables, creating: isNew)
        } catch {
            guard error == .notFound else { throw error }
            for (table, _) in Tables.laterNames { tables[keyPath: table] = Tables.absent }
            if !isReadOnly { try openTables(Tables.laterNames, in: &tables, creating: true) }
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
        do throws(LMDBError) {
            value = try body(Transaction(handle: transaction, tables: tables))
        } catch {
            mdb_txn_abort(transaction)
            throw error
        }
        // Frees the transaction, even when it fails.
        try LMDBError.check(mdb_txn_commit(transaction))
        makeFileWhole()
        return value
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
