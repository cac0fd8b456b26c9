internal import CLMDB
internal import Glibc
public import Resolution
internal import ResolutionProtocol

/// A worker's view of the records; used by one thread at a time.
public final class LMDBReader: RecordStore {
    private let slot: ReadSlot
    private let transaction: OpaquePointer
    private let table: MDB_dbi
    private let storeKey: StoreKey
    private let folding: IdentifierFolding
    private let damage: DamageLog
    private let lookups: UnsafeMutablePointer<RecordLookup>
    /// A key of the second kind, while it is looked up.
    private let digestedKey: UnsafeMutableRawPointer
    /// The folded name of a record under such a key; behind a pointer, so that using it checks nothing.
    private let foldedName: UnsafeMutablePointer<WireWriter>

    init(environment: Environment, format: FormatRecord, damage: DamageLog) throws(LMDBError) {
        slot = try ReadSlot(environment)
        transaction = slot.handle
        table = environment.tables.records
        storeKey = StoreKey(secret: format.secret)
        folding = format.folding
        self.damage = damage
        lookups = .allocate(capacity: KeyBatch.capacity)
        lookups.initialize(repeating: RecordLookup(status: .absent), count: KeyBatch.capacity)
        digestedKey = .allocate(byteCount: StoreKey.digestedByteCount, alignment: 16)
        foldedName = .allocate(capacity: 1)
        foldedName.initialize(to: WireWriter(capacity: IdentifierGrammar.foldedByteCountMax + 8))
    }

    deinit {
        foldedName.deinitialize(count: 1)
        foldedName.deallocate()
        digestedKey.deallocate()
        lookups.deallocate()
    }

    /// Looks all keys up in one snapshot, which ends when `body` has returned. Allocates nothing.
    public func withRecords(of keys: borrowing KeyBatch, _ body: (borrowing RecordBatch) -> Void) {
        let count = keys.count
        do {
            try slot.begin()
        } catch {
            for index in 0..<count { lookups[index] = RecordLookup(status: .unavailable) }
            lend(count, of: keys, body)
            return
        }
        for index in 0..<count { lookups[index] = look(for: keys.key(at: index)) }
        lend(count, of: keys, body)
        slot.end()
    }

    @inline(__always)
    private func lend(_ count: Int, of keys: borrowing KeyBatch, _ body: (borrowing RecordBatch) -> Void) {
        let batch = RecordBatch(lookups: lookups, count: count, owner: keys)
        body(batch)
    }

    @inline(__always)
    private func look(for key: RawSpan) -> RecordLookup {
        key.withUnsafeBytes { folded in
            guard folded.count > StoreKey.plainByteCountMax else { return get(folded) }
            return getDigested(folded)
        }
    }

    @inline(__always)
    private func get(_ key: UnsafeRawBufferPointer) -> RecordLookup {
        var (wanted, found) = (MDB_val(key), MDB_val())
        let code = mdb_get(transaction, table, &wanted, &found)
        guard code == 0 else { return failure(code) }
        guard let content = Sealed.open(UnsafeRawBufferPointer(found), key: key) else {
            return damaged(key, at: UnsafeRawPointer(found.mv_data))
        }
        return RecordLookup(status: .found, address: content.baseAddress, byteCount: content.count)
    }

    /// A record under a digested key is the wanted one only if its name is.
    @inline(never)
    private func getDigested(_ folded: UnsafeRawBufferPointer) -> RecordLookup {
        storeKey.writeDigested(folded, to: digestedKey)
        let key = UnsafeRawBufferPointer(start: digestedKey, count: StoreKey.digestedByteCount)
        let found = get(key)
        guard found.status == .found else { return found }
        let record = UnsafeRawBufferPointer(start: found.address, count: found.byteCount)
        guard let view = try? StoredRecordView(record.bytes) else { return damaged(key, at: found.address) }
        foldedName.pointee.removeAll()
        _ = folding.appendKey(of: view.name, to: &foldedName.pointee)
        guard let wanted = folded.baseAddress else { return RecordLookup(status: .absent) }
        let isWanted =
            foldedName.pointee.count == folded.count
            && memcmp(foldedName.pointee.address(of: 0), wanted, folded.count) == 0
        return isWanted ? found : RecordLookup(status: .absent)
    }

    @inline(never)
    private func failure(_ code: Int32) -> RecordLookup {
        RecordLookup(status: code == MDB_NOTFOUND ? .absent : code == MDB_CORRUPTED ? .damaged : .unavailable)
    }

    @inline(never)
    private func damaged(_ key: UnsafeRawBufferPointer, at address: UnsafeRawPointer?) -> RecordLookup {
        damage.note(DamageReport(part: .record, key: key, address: address, environment: slot.environment))
        return RecordLookup(status: .damaged)
    }
}
