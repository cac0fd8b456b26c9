internal import CLMDB
internal import Synchronization

/// What `status` says of a store.
public struct StoreFigures: Hashable, Sendable {
    /// Identifiers.
    public var recordCount = 0
    /// Bytes of the pages of the records table.
    public var recordTableByteCount = 0
    /// Bytes of the pages of the log and of its indexes.
    public var logByteCount = 0
    /// Entries of the log.
    public var logEntryCount = 0
    /// Bytes of the data file.
    public var fileByteCount = 0
    /// Bytes that the disk has left.
    public var freeByteCount = 0
    /// Bytes of the map.
    public var mapByteCount = 0
    /// Damaged records met since the start.
    public var damagedCount = 0
    /// How often a worker found no page to count in.
    public var missingPageCount = 0
    /// Sets of which outcomes are kept.
    public var outcomeCount = 0
    /// Bytes of the pages of kept outcomes and of their index.
    public var outcomeByteCount = 0
    /// Commands that wait for the writer thread; at most 10,000.
    public var queuedCommandCount = 0
    /// Bytes of these, about; at most 64 MiB.
    public var queuedByteCount = 0
    /// The index of hints; nil: there is none.
    public var index: HintFigures?
}

extension Store {
    /// Sizes and counts.
    public func figures() throws(StoreError) -> StoreFigures {
        var figures = StoreFigures()
        figures.fileByteCount = environment.usedByteCount
        figures.freeByteCount = environment.freeByteCount
        figures.mapByteCount = environment.mapByteCount
        figures.damagedCount = damage.count.load(ordering: .relaxed)
        figures.missingPageCount = counts.missingPageCount
        figures.index = environment.hints?.figures
        (figures.queuedCommandCount, figures.queuedByteCount) = log.queued
        return try Self.lmdb(paths.dataFile, "status") { () throws(LMDBError) in
            try environment.read { transaction throws(LMDBError) in
                let tables = transaction.tables
                figures.recordCount = try transaction.count(tables.records)
                figures.recordTableByteCount = try transaction.byteCount(tables.records)
                figures.logEntryCount = try transaction.count(tables.log)
                for table in [tables.log, tables.history, tables.loads] {
                    figures.logByteCount += try transaction.byteCount(table)
                }
                guard tables.areComplete else { return figures }
                figures.outcomeCount = try transaction.count(tables.outcomes)
                for table in [tables.outcomes, tables.expiries] {
                    figures.outcomeByteCount += try transaction.byteCount(table)
                }
                return figures
            }
        }
    }

    /// Walks through all records at once for the index of hints, where the writer thread, which does it else, does not
    /// run: for measurements.
    public func fillIndex() {
        while environment.sweepHints(nanoseconds: 3_600_000_000_000) != .atRest {}
    }

    /// Where the data file is mapped, for `DamageReporter.install`; nil: not known.
    public var mapRange: (address: UInt, byteCount: Int)? { environment.map.range }
}

extension Transaction {
    /// Bytes of the pages of `table`.
    func byteCount(_ table: MDB_dbi) throws(LMDBError) -> Int {
        var statistics = MDB_stat()
        try LMDBError.check(mdb_stat(handle, table, &statistics))
        let pages = statistics.ms_branch_pages + statistics.ms_leaf_pages + statistics.ms_overflow_pages
        return pages * Int(statistics.ms_psize)
    }
}
