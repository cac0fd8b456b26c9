internal import CLMDB
internal import Synchronization

/// A larger table that is filled beside the one in use.
struct HintGrowth {
    let table: UnsafeMutablePointer<HintTable>
    /// Identifiers for which it has room.
    let capacity: Int
    /// Hints in it.
    var occupiedCount = 0
}

/// A table that was in use, and how much of its memory has been given back.
struct RetiredTable {
    let table: UnsafeMutablePointer<HintTable>
    var releasedByteCount = 0
}

/// Growing while it serves (decision 21).
///
/// A full table gets a larger one beside it. From then on whatever is cleared and published is so in both, under the
/// same lock and in the same order, so that for the new one I1 to I4 and I7 hold from its first hint on; nobody reads
/// it yet. When the sweep has walked through all records since, it is as full as it can be, and one store makes it the
/// table in use. A reader looks which that is once per batch, after it has taken its snapshot (I5): who still finds the
/// old one took its snapshot before any commit that the old one does not know of, as the writer's fence in `prepare`
/// stands between the two. The old one's memory is given back and its addresses are kept, so that such a reader finds
/// either a hint that is right for its snapshot or none (I1).
extension HintIndex {
    /// Bytes of a retired table that are given back at a time, between two commits.
    static let releasedSliceByteCount = 64 << 20

    /// Whether there are as many hints as there is room for.
    var isFull: Bool {
        options.growsAlways || tally.occupiedCount.load(ordering: .relaxed) >= tally.capacity.load(ordering: .relaxed)
    }

    /// Whether a larger table is wanted, and allowed.
    var isToGrow: Bool { isFull && growth == nil && retired == nil && canGrow }

    /// Whether a table that is worth the work may be put beside the one in use.
    var canGrow: Bool {
        let capacity = tally.capacity.load(ordering: .relaxed)
        return options.growsAlways || (!isRefused && largestCapacity >= capacity + capacity / 4)
    }

    /// Identifiers for which there is room in what the table in use leaves of the memory.
    private var largestCapacity: Int { HintTable.capacity(byteCount: options.byteCountMax - serving.pointee.byteCount) }

    /// Begins to fill a larger table, for twice the identifiers of the one in use, or for 1.15 times `recordCount`.
    func grow(recordCount: Int) {
        let present = tally.capacity.load(ordering: .relaxed)
        let wanted = max(2 * present, options.capacity(for: recordCount))
        let capacity = options.growsAlways ? present : min(wanted, largestCapacity)
        guard let table = addTable(capacity: capacity) else {
            isRefused = true
            return
        }
        growth = HintGrowth(table: table, capacity: capacity)
        tally.growingCapacity.store(capacity, ordering: .relaxed)
        tally.byteCount.store(serving.pointee.byteCount + table.pointee.byteCount, ordering: .relaxed)
        sweeping.restart()
    }

    /// All records have been walked through since the larger table was made: it is the one in use from now on.
    func finishGrowth() {
        guard let done = growth else { return }
        inUse.pointee.store(UnsafePointer(done.table), ordering: .sequentiallyConsistent)
        retired = RetiredTable(table: serving)
        serving = done.table
        growth = nil
        tally.capacity.store(done.capacity, ordering: .relaxed)
        tally.occupiedCount.store(done.occupiedCount, ordering: .relaxed)
        tally.growingCapacity.store(0, ordering: .relaxed)
        tally.growthCount.add(1, ordering: .relaxed)
    }

    /// Gives back a part of the memory of the table that was in use.
    func releaseSlice() {
        guard var old = retired else { return }
        let end = min(old.releasedByteCount + Self.releasedSliceByteCount, old.table.pointee.byteCount)
        if !isRetiredKept { old.table.pointee.clear(old.releasedByteCount..<end) }
        old.releasedByteCount = end
        let isDone = end == old.table.pointee.byteCount
        retired = isDone ? nil : old
        if isDone { tally.byteCount.store(serving.pointee.byteCount, ordering: .relaxed) }
    }

    private var isRetiredKept: Bool {
        #if DEBUG
        options.fault == .tableKept
        #else
        false
        #endif
    }
}
