internal import CLMDB
internal import ResolutionProtocol

/// Writes sorted chunks: records, log entries and numbers in the same transactions.
struct LoadWriter {
    /// Bytes of rows of one transaction: its pages are held in memory until the commit.
    private static let transactionByteCountMax = 12 << 20

    let store: Store
    let policy: LoadConflictPolicy
    let unixSeconds: UInt64
    let origin: [UInt8]

    /// Whether all rows of `runs` belong behind the last record.
    func isAppending(_ runs: [LoadRun]) throws(StoreError) -> Bool {
        let merge = try LoadMerge(runs)
        guard let least = merge.current else { return true }
        return try Store.lmdb(store.paths.dataFile, "load") { () throws(LMDBError) in
            try store.environment.read { transaction throws(LMDBError) in
                let cursor = try Cursor(transaction, transaction.tables.records)
                guard let last = try cursor.last() else { return true }
                return last.key.order(least.key) < 0
            }
        }
    }

    /// Writes all chunks of `queue`.
    func write(
        _ queue: ChunkQueue,
        isAppending: Bool,
        _ progress: (Int) -> Void,
        _ report: (LoadConflict) -> Void
    ) throws(StoreError) -> LoadReport {
        var total = LoadReport()
        var rowCount = 0
        while true {
            let chunks = try gather(queue, isAppending: isAppending)
            guard !chunks.isEmpty else { return total }
            let (part, conflicts) = try Store.lmdb(store.paths.dataFile, "load") { () throws(LMDBError) in
                try store.environment.write { transaction throws(LMDBError) in
                    try write(chunks, isAppending: isAppending, transaction)
                }
            }
            total.add(part)
            for conflict in conflicts { report(conflict) }
            rowCount += chunks.reduce(0) { $0 + $1.places.count + $1.conflicts.count }
            progress(rowCount)
            queue.recycle(chunks)
        }
    }

    /// The chunks of one transaction.
    private func gather(_ queue: ChunkQueue, isAppending: Bool) throws(StoreError) -> [SortedChunk] {
        var chunks: [SortedChunk] = []
        var byteCount = 0
        while let chunk = try queue.pop() {
            chunks.append(chunk)
            byteCount += chunk.byteCount
            if !isAppending || byteCount >= Self.transactionByteCountMax { break }
        }
        return chunks
    }

    /// Runs again from the start when the map had to grow, so it keeps nothing between runs.
    private func write(
        _ chunks: [SortedChunk],
        isAppending: Bool,
        _ transaction: Transaction
    ) throws(LMDBError) -> (LoadReport, [LoadConflict]) {
        var state = try transaction.state()
        var total = LoadReport()
        var conflicts: [LoadConflict] = []
        var tally = IdentifierTally()
        var buffer = WireWriter(capacity: 1 << 16, byteCountMax: 1 << 30)
        for chunk in chunks {
            var taking = ChunkTaking(
                chunk,
                sequence: state.lastSequence + 1,
                policy: policy,
                folding: store.folding,
                transaction
            )
            try taking.takeRows(isAppending: isAppending, &tally, &buffer)
            total.add(taking.report)
            conflicts += taking.conflicts
            guard !taking.taken.isEmpty else { continue }
            state.lastSequence += 1
            if taking.areAllTakenAsGiven {
                try LoadEntry.write(
                    .load,
                    sequence: state.lastSequence,
                    unixSeconds: unixSeconds,
                    origin: origin,
                    chunk: chunk.compressed.bytes,
                    range: chunk.range(nil),
                    transaction,
                    in: &buffer
                )
            } else {
                let rest = try chunk.compress(only: taking.taken, names: taking.names)
                try LoadEntry.write(
                    .load,
                    sequence: state.lastSequence,
                    unixSeconds: unixSeconds,
                    origin: origin,
                    chunk: rest.bytes,
                    range: chunk.range(taking.taken),
                    transaction,
                    in: &buffer
                )
            }
        }
        try tally.write(transaction, in: &buffer)
        try transaction.setState(state, in: &buffer)
        return (total, conflicts)
    }
}
