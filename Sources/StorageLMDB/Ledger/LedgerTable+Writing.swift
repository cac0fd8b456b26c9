internal import Resolution
internal import ResolutionProtocol

extension LedgerTable {
    /// Stores `entry` with the state behind it. The transaction makes one of both, so a day has one entry of its own
    /// whatever happens in between.
    static func put(
        _ entry: LedgerEntry,
        _ state: LedgerState,
        _ transaction: Transaction
    ) throws(LMDBError) {
        var writer = WireWriter(capacity: 2 * partByteCount)
        let table = transaction.tables.ledger
        try putParts(of: entry, transaction, &writer)
        if let identity = entry.identity {
            try transaction.putSealed(table, identityKey(entry.head.sequence), in: &writer) { identity.write(to: &$0) }
        } else {
            try transaction.putSealed(table, dayKey(entry.head.day, entry.head.sequence), in: &writer) { _ in }
            // What is folded from now on for the day is marked anew.
            try transaction.delete(table, lateKey(entry.head.day))
        }
        try transaction.putSealed(table, stateKey, in: &writer) { state.write(to: &$0) }
    }

    private static func putParts(
        of entry: LedgerEntry,
        _ transaction: Transaction,
        _ writer: inout WireWriter
    ) throws(LMDBError) {
        var (bytes, part): ([UInt8], UInt32) = ([], 0)
        bytes.reserveCapacity(partByteCount + LedgerFrame.contentByteCountMax)
        func flush(_ writer: inout WireWriter) throws(LMDBError) {
            let key = partKey(entry.head.sequence, part)
            try transaction.putSealed(transaction.tables.ledger, key, in: &writer) { $0.bytes(bytes) }
            bytes.removeAll(keepingCapacity: true)
            part += 1
        }
        try entry.forEachFrame { frame throws(LMDBError) in
            bytes += frame.bytes
            if bytes.count >= partByteCount { try flush(&writer) }
        }
        if !bytes.isEmpty { try flush(&writer) }
    }
}
