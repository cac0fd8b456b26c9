internal import CLMDB

/// A place in a table, within a transaction.
struct Cursor: ~Copyable {
    /// A key and what stands under it, lent.
    typealias Entry = (key: UnsafeRawBufferPointer, value: UnsafeRawBufferPointer)

    let handle: OpaquePointer

    init(_ transaction: Transaction, _ table: MDB_dbi) throws(LMDBError) {
        var handle: OpaquePointer?
        try LMDBError.check(mdb_cursor_open(transaction.handle, table, &handle))
        guard let handle else { throw LMDBError(code: MDB_PANIC) }
        self.handle = handle
    }

    deinit { mdb_cursor_close(handle) }

    /// The first entry.
    func first() throws(LMDBError) -> Entry? { try move(MDB_FIRST) }
    /// The last entry.
    func last() throws(LMDBError) -> Entry? { try move(MDB_LAST) }
    /// The next entry; the first one of a new cursor.
    func next() throws(LMDBError) -> Entry? { try move(MDB_NEXT) }
    /// The entry before.
    func previous() throws(LMDBError) -> Entry? { try move(MDB_PREV) }

    /// The first entry whose key is at least `key`.
    func seek(_ key: [UInt8]) throws(LMDBError) -> Entry? {
        try key.span.bytes.withUnsafeBytes { bytes throws(LMDBError) in try seek(bytes) }
    }

    /// The first entry whose key is at least `key`.
    func seek(_ key: UnsafeRawBufferPointer) throws(LMDBError) -> Entry? {
        guard !key.isEmpty else { return try first() }
        var (key, value) = (MDB_val(key), MDB_val())
        let code = mdb_cursor_get(handle, &key, &value, MDB_SET_RANGE)
        return try Self.entry(code, key, value)
    }

    private func move(_ operation: MDB_cursor_op) throws(LMDBError) -> Entry? {
        var (key, value) = (MDB_val(), MDB_val())
        let code = mdb_cursor_get(handle, &key, &value, operation)
        return try Self.entry(code, key, value)
    }

    private static func entry(_ code: Int32, _ key: MDB_val, _ value: MDB_val) throws(LMDBError) -> Entry? {
        if code == MDB_NOTFOUND { return nil }
        try LMDBError.check(code)
        return (UnsafeRawBufferPointer(key), UnsafeRawBufferPointer(value))
    }
}
