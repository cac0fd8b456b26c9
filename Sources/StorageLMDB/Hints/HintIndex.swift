internal import CLMDB
internal import Synchronization

/// The index of hints in front of LMDB: written by the environment's one writer, read by every reader.
///
/// What it says is believed only when it has been proved; LMDB alone is the truth. These hold:
///
/// - I1 Absence means “ask LMDB”: `HintReader` never says that there is no such identifier.
/// - I2 All that writes here is called with the environment's lock of writers held; readers never write.
/// - I3 Before a commit becomes visible, no hint with the tag of a changed key is left: `prepare`.
/// - I4 Hints are published from a read transaction begun after the commit: `publish`, `sweep`.
/// - I5 A reader takes its snapshot before it loads the first slot of a batch: `LMDBReader.withRecords`.
/// - I6 `covered` is the newest transaction known here; a reader of a newer one leaves the index alone.
/// - I7 A change is acknowledged after publishing: `Environment.write` returns then.
final class HintIndex: @unchecked Sendable {
    // Sendable: the table's words and `covered` are accessed atomically; the rest is guarded by the lock of writers.

    /// The newest transaction that the index knows of, in a cache line of its own.
    let covered: UnsafeMutableRawPointer
    /// The table that readers are to use, in the same line.
    let inUse: UnsafeMutablePointer<Atomic<UnsafePointer<HintTable>>>
    /// The same table, for the writer.
    var serving: UnsafeMutablePointer<HintTable>
    /// All tables that were made: the addresses of each stay its own, as a reader may still look there.
    private var tables: [UnsafeMutablePointer<HintTable>] = []
    /// The table that is being filled, if there is one.
    var growth: HintGrowth?
    /// The table that was in use before, until its memory is given back.
    var retired: RetiredTable?
    /// Whether there was no memory for a larger table.
    var isRefused = false
    let options: HintIndexOptions
    /// What the transaction under way changes.
    let changed = ChangedKeys()
    let tally = HintTally()
    /// What `covered` was before the transaction that is being committed.
    private var coveredBefore: UInt64 = 0
    private var committing: UInt64 = 0
    var sweeping = HintSweep()
    /// Records of a page that is being published.
    private var neighbours: [(entry: Cursor.Entry, hash: UInt64)] = []

    /// An empty index of a file whose newest transaction is `transactionID`; nil: there is no memory for it.
    init?(_ options: HintIndexOptions, recordCount: Int, pageByteCount: Int, transactionID: UInt64) {
        let capacity = options.capacity(for: recordCount)
        let hash = HintHash(keyMask: options.keyMask)
        guard var table = HintTable(capacity: capacity, pageByteCount: pageByteCount, hash: hash) else { return nil }
        #if DEBUG
        table.fault = options.fault
        #endif
        let first = UnsafeMutablePointer<HintTable>.allocate(capacity: 1)
        first.initialize(to: table)
        let line = UnsafeMutableRawPointer.allocate(byteCount: 64, alignment: 64)
        hj_hint_store(line, transactionID)
        let inUse = (line + 8).bindMemory(to: Atomic<UnsafePointer<HintTable>>.self, capacity: 1)
        inUse.initialize(to: Atomic(UnsafePointer(first)))
        self.options = options
        (covered, self.inUse, serving, tables) = (line, inUse, first, [first])
        tally.capacity.store(capacity, ordering: .relaxed)
        tally.byteCount.store(table.byteCount, ordering: .relaxed)
    }

    deinit {
        for table in tables {
            table.pointee.unmap()
            table.deallocate()
        }
        inUse.deinitialize(count: 1)
        covered.deallocate()
    }

    /// One more table like the one in use; nil: there is no memory for it.
    func addTable(capacity: Int) -> UnsafeMutablePointer<HintTable>? {
        let present = serving.pointee
        guard var table = HintTable(capacity: capacity, pageByteCount: present.pageByteCount, hash: present.hash)
        else { return nil }
        #if DEBUG
        table.fault = options.fault
        #endif
        let place = UnsafeMutablePointer<HintTable>.allocate(capacity: 1)
        place.initialize(to: table)
        tables.append(place)
        return place
    }

    /// What it has come to; any thread.
    var figures: HintFigures {
        var figures = HintFigures()
        figures.occupiedCount = tally.occupiedCount.load(ordering: .relaxed)
        figures.capacity = tally.capacity.load(ordering: .relaxed)
        figures.byteCount = tally.byteCount.load(ordering: .relaxed)
        figures.byteCountMax = options.byteCountMax
        figures.growingCapacity = tally.growingCapacity.load(ordering: .relaxed)
        figures.growthCount = tally.growthCount.load(ordering: .relaxed)
        figures.sweepRoundCount = tally.sweepRoundCount.load(ordering: .relaxed)
        figures.emptyingCount = tally.emptyingCount.load(ordering: .relaxed)
        return figures
    }

    /// Clears all: what follows a jump of the file, a move of the map, or a transaction of very many keys.
    func empty() {
        serving.pointee.clearAll()
        growth?.table.pointee.clearAll()
        growth?.occupiedCount = 0
        tally.occupiedCount.store(0, ordering: .relaxed)
        tally.emptyingCount.add(1, ordering: .relaxed)
        sweeping.restart()
    }
}

// One commit.
extension HintIndex {
    /// Begins with a transaction that has changed nothing yet.
    func begin() { changed.removeAll() }

    /// Before the commit of the transaction `transactionID`: takes away what it makes wrong (I3), and covers it (I6).
    func prepare(_ transactionID: UInt64) {
        coveredBefore = hj_hint_load(covered)
        committing = transactionID
        if !changed.isEmpty { sweeping.noteChange() }
        if changed.areTooMany || isJump(to: transactionID) {
            empty()
        } else if !isLeftUncleared {
            changed.forEach { key in clear(hash(of: key)) }
        }
        hj_hint_store(covered, transactionID)
        // All of this is seen by whoever sees the commit.
        hj_hint_fence()
    }

    /// Takes a changed key out of the table in use, and out of the one that is being filled.
    private func clear(_ hash: UInt64) {
        add(occupied: -serving.pointee.clear(hash))
        guard let growing = growth?.table, !isGrowthUncleared else { return }
        growth?.occupiedCount -= growing.pointee.clear(hash)
    }

    private var isGrowthUncleared: Bool {
        #if DEBUG
        options.fault == .growthUncleared
        #else
        false
        #endif
    }

    /// Whether another process has written since our last commit.
    private func isJump(to transactionID: UInt64) -> Bool {
        #if DEBUG
        if options.fault == .foreignWritesUnseen { return false }
        #endif
        return transactionID != coveredBefore + 1
    }

    private var isLeftUncleared: Bool {
        #if DEBUG
        options.fault == .notCleared
        #else
        false
        #endif
    }

    /// The commit failed: nobody sees the transaction, and its number is given again. What was cleared stays so.
    func takeBack() { hj_hint_store(covered, coveredBefore) }

    /// The commit is done, and the newest transaction of the file is `last`. One that changed nothing is none, and its
    /// number is given again.
    func settle(last: UInt64) {
        if last < committing { takeBack() }
    }

    @inline(__always)
    func hash(of key: UnsafeRawBufferPointer) -> UInt64 {
        guard let start = key.baseAddress else { return 0 }
        return serving.pointee.hash.key(start, count: key.count)
    }

    private func add(occupied count: Int) {
        tally.occupiedCount.store(tally.occupiedCount.load(ordering: .relaxed) + count, ordering: .relaxed)
    }
}

// Publishing.
extension HintIndex {
    /// After a commit: publishes the changed records and, as a commit moves all of a page, their neighbours (I4).
    ///
    /// What is not published is asked of LMDB.
    func publishChanged(_ transaction: Transaction) throws(LMDBError) {
        guard !changed.isEmpty, !changed.areTooMany else { return }
        let cursor = try Cursor(transaction, transaction.tables.records)
        var pages: Set<UInt> = []
        try changed.forEach { key throws(LMDBError) in
            var found = try cursor.seek(key)
            if found == nil { found = try cursor.last() }
            guard let entry = found, pages.insert(page(of: entry)).inserted else { return }
            try publishPage(around: entry, cursor)
        }
    }

    /// Publishes all records of the page of `entry`, where `cursor` stands.
    private func publishPage(around entry: Cursor.Entry, _ cursor: borrowing Cursor) throws(LMDBError) {
        let (page, key) = (page(of: entry), entry.key)
        neighbours.removeAll(keepingCapacity: true)
        note(entry)
        while let entry = try cursor.previous(), self.page(of: entry) == page { note(entry) }
        // Lent until the transaction ends, so the key is still there.
        _ = try cursor.seek(key)
        while let entry = try cursor.next(), self.page(of: entry) == page { note(entry) }
        for (entry, hash) in neighbours { publish(entry, hash: hash) }
    }

    /// Notes a record that is to be published, and fetches its place in the table meanwhile.
    private func note(_ entry: Cursor.Entry) {
        let hash = hash(of: entry.key)
        serving.pointee.prefetch(hash)
        neighbours.append((entry, hash))
    }

    private func page(of entry: Cursor.Entry) -> UInt {
        UInt(bitPattern: entry.key.baseAddress) / UInt(serving.pointee.pageByteCount)
    }

    /// Publishes one record, if its bytes are those that were written and the table takes it. A damaged one is left to
    /// LMDB's way, which says so.
    func publish(_ entry: Cursor.Entry) { publish(entry, hash: hash(of: entry.key)) }

    private func publish(_ entry: Cursor.Entry, hash: UInt64) {
        guard let hint = serving.pointee.makeHint(key: entry.key, value: entry.value, hash: hash),
            Sealed.open(entry.value, key: entry.key) != nil
        else { return }
        add(occupied: serving.pointee.publish(hint, hash: hash))
        if let growing = growth?.table { growth?.occupiedCount += growing.pointee.publish(hint, hash: hash) }
    }
}
