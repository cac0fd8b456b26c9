internal import CLMDB
internal import Resolution
internal import Synchronization

/// One reader's way through the index, in passes over a batch, so that the waits for memory overlap. Counts no
/// references; used by one thread, while the index lives.
struct HintReader: BitwiseCopyable {
    /// A key on its way.
    private struct Plan: BitwiseCopyable {
        var key: UnsafeRawBufferPointer
        var hash: UInt64
        var hint: Hint
    }

    /// Where the table in use stands.
    private let inUse: UnsafeMutablePointer<Atomic<UnsafePointer<HintTable>>>
    private let covered: UnsafeRawPointer
    private let counts: HintReadCounts.Writer
    private let plans: UnsafeMutablePointer<Plan>
    private let copies: UnsafeMutableRawPointer
    #if DEBUG
    /// What is wrong on purpose.
    private let fault: HintFault?
    private let kept: UnsafeMutablePointer<KeptTable>
    #endif

    init(_ index: HintIndex, counts: HintReadCounts) {
        inUse = index.inUse
        covered = UnsafeRawPointer(index.covered)
        self.counts = counts.writer
        plans = .allocate(capacity: KeyBatch.capacity)
        let none = Plan(key: UnsafeRawBufferPointer(start: nil, count: 0), hash: 0, hint: .none)
        plans.initialize(repeating: none, count: KeyBatch.capacity)
        copies = .allocate(byteCount: KeyBatch.capacity * HintTable.copyByteCountMax, alignment: 64)
        #if DEBUG
        fault = index.options.fault
        kept = .allocate(capacity: 1)
        kept.initialize(to: KeptTable(table: index.inUse.pointee.load(ordering: .acquiring)))
        #endif
    }

    func deallocate() {
        plans.deallocate()
        copies.deallocate()
        #if DEBUG
        kept.deallocate()
        #endif
    }

    /// The table in use. Looked for once per batch, in its snapshot (I5): it may be another one in the next.
    @inline(__always)
    private var table: HintTable {
        #if DEBUG
        if fault == .tableKept { return keptTable() }
        #endif
        return inUse.pointee.load(ordering: .acquiring).pointee
    }

    /// Whether the index knows of everything that the snapshot of `transaction` has, or newer (I6).
    @inline(__always)
    func covers(_ transaction: OpaquePointer) -> Bool {
        #if DEBUG
        if fault == .foreignWritesUnseen { return true }
        #endif
        let transactionID = UInt64(mdb_txn_id(transaction))
        hj_hint_fence()
        return transactionID <= hj_hint_load(covered)
    }

    /// Looks up what of `keys` the index has, and writes it to `lookups`; the others are left to `ask`, and so is every
    /// key without a hint that proves right (I1). What is found lies in memory of this reader.
    ///
    /// Called in a snapshot that was taken for this batch (I5), and is covered.
    @inline(__always)
    func find(
        _ keys: borrowing KeyBatch,
        into lookups: UnsafeMutablePointer<RecordLookup>,
        else ask: (UnsafeRawBufferPointer) -> RecordLookup
    ) {
        let (count, table) = (keys.count, self.table)
        for index in 0..<count {
            // Safe to keep: the keys are borrowed until this returns.
            let key = keys.key(at: index).withUnsafeBytes { $0 }
            let hash = key.baseAddress.map { table.hash.key($0, count: key.count) } ?? 0
            plans[index].key = key
            plans[index].hash = hash
            table.prefetch(hash)
        }
        for index in 0..<count {
            let hint = table.hint(of: plans[index].hash)
            plans[index].hint = hint
            table.prefetch(hint, keyByteCount: plans[index].key.count)
        }
        var (hits, stale) = (0, 0)
        for index in 0..<count {
            let plan = plans[index]
            if let value = proven(plan, copy: index, table) {
                hits &+= 1
                lookups[index] = Self.found(value)
            } else {
                if !plan.hint.isNone { stale &+= 1 }
                lookups[index] = ask(plan.key)
                #if DEBUG
                if fault == .readersRepair { repair(plan, lookups[index], table) }
                #endif
            }
        }
        counts.add(.hits, hits)
        counts.add(.stale, stale)
        counts.add(.absent, count &- hits &- stale)
    }

    @inline(__always)
    private func proven(_ plan: Plan, copy index: Int, _ table: HintTable) -> UnsafeRawBufferPointer? {
        // Longer keys are not in LMDB as they are, and not in the index.
        guard !plan.hint.isNone, plan.key.count <= StoreKey.plainByteCountMax else { return nil }
        let copy = copies + index &* HintTable.copyByteCountMax
        return table.copyProven(plan.hint, key: plan.key, hash: plan.hash, to: copy)
    }

    /// Counts a batch that leaves the index alone.
    func noteBypass(_ count: Int) { counts.add(.bypassed, count) }

    /// What was published was sound, and these are its bytes: the checksum in front needs no second look.
    @inline(__always)
    private static func found(_ value: UnsafeRawBufferPointer) -> RecordLookup {
        RecordLookup(
            status: .found,
            address: value.baseAddress.map { $0 + Sealed.headByteCount },
            byteCount: value.count &- Sealed.headByteCount
        )
    }
}

#if DEBUG
/// A table that a reader keeps on purpose, for some batches.
private struct KeptTable {
    var table: UnsafePointer<HintTable>
    var batchCount = 0
}

extension HintReader {
    private func keptTable() -> HintTable {
        kept.pointee.batchCount += 1
        if kept.pointee.batchCount % 64 == 0 { kept.pointee.table = inUse.pointee.load(ordering: .acquiring) }
        return kept.pointee.table.pointee
    }

    /// Whether a fault is put in: snapshots that outlive a batch.
    var keepsSnapshots: Bool { fault == .snapshotKept }

    /// What no reader may do: publishes what it found in its snapshot, which may be old by now.
    private func repair(_ plan: Plan, _ found: RecordLookup, _ table: HintTable) {
        guard let address = found.address, plan.key.count <= StoreKey.plainByteCountMax else { return }
        let value = UnsafeRawBufferPointer(
            start: address - Sealed.headByteCount,
            count: found.byteCount + Sealed.headByteCount
        )
        guard let start = value.baseAddress else { return }
        let key = UnsafeRawBufferPointer(start: start - plan.key.count, count: plan.key.count)
        guard let hint = table.makeHint(key: key, value: value, hash: plan.hash) else { return }
        _ = table.publish(hint, hash: plan.hash)
    }
}
#endif
