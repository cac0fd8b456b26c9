internal import Synchronization

/// The walk through all records, slice by slice, that fills an empty table and mends what commits have moved.
struct HintSweep {
    /// When the next slice is due.
    enum Pace {
        /// The table is being filled.
        case atOnce
        /// Records change: the walk goes on slowly.
        case nowAndThen
        /// The table holds what there is to hold.
        case atRest
    }

    /// The most records of a slice.
    static let sliceCountMax = 1_000
    /// The longest slice; between two the snapshot is given back, and commits are made.
    static let sliceNanoseconds: UInt64 = 1_000_000
    /// Time between two slices of a slow walk: 25,000 records a second.
    static let pauseNanoseconds: UInt64 = 40_000_000

    /// Where the next slice begins.
    var position: [UInt8] = []
    private var isFilling = true
    private var hasChanged = false
    private var isUnderWay = true

    var pace: Pace { isFilling ? .atOnce : isUnderWay ? .nowAndThen : .atRest }

    /// The table has been emptied.
    mutating func restart() {
        position = []
        (isFilling, isUnderWay, hasChanged) = (true, true, false)
    }

    /// Records change.
    mutating func noteChange() { hasChanged = true; isUnderWay = true }

    /// All records have been walked through. After changes there is another round, and only then rest.
    mutating func endRound() {
        position = []
        isFilling = false
        isUnderWay = hasChanged
        hasChanged = false
    }
}

extension HintIndex {
    /// When the writer is to come again.
    var pace: HintSweep.Pace { isToGrow || retired != nil ? .atOnce : sweeping.pace }

    /// The next piece of work between two commits: gives memory back, begins to grow, walks on.
    func workSlice(_ transaction: Transaction, nanoseconds: UInt64) throws(LMDBError) {
        if retired != nil { return releaseSlice() }
        if isToGrow { grow(recordCount: try transaction.count(transaction.tables.records)) }
        try sweepSlice(transaction, nanoseconds: nanoseconds)
    }

    /// Publishes the next records, for as long as a slice may take; called between commits (I4).
    func sweepSlice(_ transaction: Transaction, nanoseconds: UInt64) throws(LMDBError) {
        let deadline = Clock.monotonicNanoseconds + nanoseconds
        let cursor = try Cursor(transaction, transaction.tables.records)
        var found = try cursor.seek(sweeping.position)
        var count = 0
        while let entry = found {
            // The clock is looked at once in a page or so: reading one may take the disk a while.
            guard count < options.sliceCountMax, count & 7 != 7 || Clock.monotonicNanoseconds < deadline else {
                sweeping.position = [UInt8](entry.key)
                return
            }
            publish(entry)
            count += 1
            found = try cursor.next()
        }
        sweeping.endRound()
        finishGrowth()
        tally.sweepRoundCount.add(1, ordering: .relaxed)
    }
}
