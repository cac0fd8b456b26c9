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
    #if DEBUG
    /// Batches of a snapshot that is kept on purpose.
    private var batchesInSnapshot = 0
    #endif
    private let lookups: UnsafeMutablePointer<RecordLookup>
    /// The way through the index of hints, if there is one.
    private let hints: HintReader?
    /// What became of look-ups in the index; nil: there is none.
    public let hintCounts: HintReadCounts?
    /// A key of the second kind, while it is looked up.
    private let digestedKey: UnsafeMutableRawPointer
    /// The folded name of a record under such a key; behind a pointer, so that using it checks nothing.
    private let foldedName: UnsafeMutablePointer<WireWriter>

    /// `index`: the environment's, or nil to leave it alone.
    init(
        environment: Environment,
        format: FormatRecord,
        damage: DamageLog,
        index: HintIndex?
    ) throws(LMDBError) {
        slot = try ReadSlot(environment)
        transaction = slot.handle
        table = environment.tables.records
        storeKey = StoreKey(secret: format.secret)
        folding = format.folding
        self.damage = damage
        let counts = index.map { _ in HintReadCounts() }
        hintCounts = counts
        hints = if let index, let counts { HintReader(index, counts: counts) } else { nil }
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
        hints?.deallocate()
    }

    /// Looks all keys up in one snapshot, which ends when `body` has returned. Allocates nothing.
    public func withRecords(of keys: borrowing KeyBatch, _ body: (borrowing RecordBatch) -> Void) {
        let count = keys.count
        do {
            try beginSnapshot()
        } catch {
            for index in 0..<count { lookups[index] = RecordLookup(status: .unavailable) }
            lend(count, of: keys, body)
            return
        }
        if let hints {
            lookUp(keys, hints)
        } else {
            lookUp(keys)
        }
        lend(count, of: keys, body)
        endSnapshot()
    }

    /// Takes a snapshot for this batch, before the first slot of the index is loaded (I5).
    @inline(__always)
    private func beginSnapshot() throws(LMDBError) {
        #if DEBUG
        if batchesInSnapshot > 0 { return }
        #endif
        try slot.begin()
    }

    @inline(__always)
    private func endSnapshot() {
        #if DEBUG
        if let hints, hints.keepsSnapshots {
            batchesInSnapshot = (batchesInSnapshot + 1) % 16
            if batchesInSnapshot > 0 { return }
        }
        #endif
        slot.end()
    }

    /// By the index of hints, and by LMDB what that does not have.
    @inline(__always)
    private func lookUp(_ keys: borrowing KeyBatch, _ hints: HintReader) {
        guard hints.covers(transaction) else {
            hints.noteBypass(keys.count)
            return lookUp(keys)
        }
        hints.find(keys, into: lookups) { look(for: $0) }
    }

    @inline(never)
    private func lookUp(_ keys: borrowing KeyBatch) {
        for index in 0..<keys.count {
            lookups[index] = keys.key(at: index).withUnsafeBytes { look(for: $0) }
        }
    }

    @inline(__always)
    private func lend(_ count: Int, of keys: borrowing KeyBatch, _ body: (borrowing RecordBatch) -> Void) {
        let batch = RecordBatch(lookups: lookups, count: count, owner: keys)
        body(batch)
    }

    @inline(__always)
    private func look(for folded: UnsafeRawBufferPointer) -> RecordLookup {
        guard folded.count > StoreKey.plainByteCountMax else { return get(folded) }
        return getDigested(folded)
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
