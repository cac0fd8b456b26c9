internal import ResolutionProtocol

/// The table of the numbers of identifiers: folded prefix → number.
enum IdentifierTable {
    /// Identifiers of `prefix` before the transaction; nil: the row is damaged.
    static func count(of prefix: [UInt8], _ transaction: Transaction) throws(LMDBError) -> UInt64? {
        guard let value = try transaction.get(transaction.tables.identifiers, prefix) else { return 0 }
        return prefix.withUnsafeBytes { Sealed.open(value, key: $0) }.flatMap { UInt64(bigEndianBytes: $0) }
    }

    /// Keeps the number of identifiers of `prefix`; one that has none needs no row.
    static func put(
        _ count: UInt64,
        of prefix: [UInt8],
        _ transaction: Transaction,
        in writer: inout WireWriter
    ) throws(LMDBError) {
        guard count > 0 else {
            try transaction.delete(transaction.tables.identifiers, prefix)
            return
        }
        try transaction.putSealed(transaction.tables.identifiers, prefix, in: &writer) { $0.uint64(count) }
    }

    /// All numbers, by folded prefix.
    static func counts(_ transaction: Transaction) throws(LMDBError) -> [[UInt8]: UInt64] {
        guard transaction.tables.areComplete else { return try recount(transaction) }
        let cursor = try Cursor(transaction, transaction.tables.identifiers)
        var counts: [[UInt8]: UInt64] = [:]
        while let entry = try cursor.next() {
            let prefix = [UInt8](entry.key)
            let count = Sealed.open(entry.value, key: entry.key).flatMap { UInt64(bigEndianBytes: $0) }
            counts[prefix] = if let count { count } else { try recount(prefix, transaction) }
        }
        return counts
    }

    /// Counts the records of `prefix`, those that the transaction has written included.
    static func recount(_ prefix: [UInt8], _ transaction: Transaction) throws(LMDBError) -> UInt64 {
        let head = prefix + [UInt8(ascii: "/")]
        let cursor = try Cursor(transaction, transaction.tables.records)
        var (found, count) = (try cursor.seek(head), UInt64(0))
        while let entry = found, entry.key.starts(with: head) {
            count += 1
            found = try cursor.next()
        }
        return count
    }

    /// Counts the records of all prefixes.
    static func recount(_ transaction: Transaction) throws(LMDBError) -> [[UInt8]: UInt64] {
        let cursor = try Cursor(transaction, transaction.tables.records)
        var tally = IdentifierTally()
        var run = IdentifierTally.Run()
        while let entry = try cursor.next() { tally.addRun(of: entry.key, &run) }
        tally.end(&run)
        return tally.additions
    }

    /// Counts all records and keeps the numbers: what a store of format 1 needs once.
    static func rebuild(_ transaction: Transaction, in writer: inout WireWriter) throws(LMDBError) {
        try transaction.clear(transaction.tables.identifiers)
        for (prefix, count) in try recount(transaction) {
            try put(count, of: prefix, transaction, in: &writer)
        }
    }
}
