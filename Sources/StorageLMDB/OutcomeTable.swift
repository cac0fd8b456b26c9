internal import Resolution
internal import ResolutionProtocol

/// The table of kept outcomes, one entry for each set: request and first row → sealed outcomes. Beside it an index by
/// the time at which they are forgotten.
enum OutcomeTable {
    /// Bytes of a key: request and first row.
    static let keyByteCount = OutcomeName.tokenByteCount + 4
    /// Bytes of a key of the index: a time before that.
    static let expiryByteCount = keyByteCount + 8

    static func key(_ request: [UInt8], _ row: UInt32) -> [UInt8] {
        request + withUnsafeBytes(of: row.bigEndian) { Array($0) }
    }

    /// What is kept under `name`, forgotten or not, whoever its owner is.
    static func outcomes(of name: OutcomeName, _ transaction: Transaction) throws(LMDBError) -> KeptOutcomes? {
        let key = key(name.request, name.firstRow)
        guard let content = try transaction.content(transaction.tables.outcomes, key) else { return nil }
        return try read(content, key: key)
    }

    /// Keeps `new`; `old` is what was kept under its name before.
    static func keep(
        _ new: KeptOutcomes,
        insteadOf old: KeptOutcomes?,
        _ transaction: Transaction,
        _ writer: inout WireWriter
    ) throws(LMDBError) {
        let key = key(new.name.request, new.name.firstRow)
        if let old {
            try transaction.delete(transaction.tables.expiries, old.untilUnixSeconds.bigEndianBytes + key)
        }
        try transaction.putSealed(transaction.tables.outcomes, key, in: &writer) { new.write(to: &$0) }
        let nothing = UnsafeRawBufferPointer(start: nil, count: 0)
        try transaction.put(transaction.tables.expiries, new.untilUnixSeconds.bigEndianBytes + key, nothing)
    }

    /// The outcomes of `request` that cover `row` and are not forgotten.
    static func outcomes(
        of request: [UInt8],
        row: UInt32,
        unixSeconds: UInt64,
        _ transaction: Transaction
    ) throws(LMDBError) -> KeptOutcomes? {
        guard request.count == OutcomeName.tokenByteCount, transaction.tables.areComplete else { return nil }
        let cursor = try Cursor(transaction, transaction.tables.outcomes)
        let start = key(request, row)
        var found = try cursor.seek(start)
        if found.map({ !$0.key.elementsEqual(start) }) ?? true {
            found = found == nil ? try cursor.last() : try cursor.previous()
        }
        // Backwards, as far as a set reaches at most.
        let firstRowMin = UInt64(row) &- min(UInt64(row), UInt64(CommandSet.atomicStepCountMax))
        while let entry = found, entry.key.count == keyByteCount, entry.key.starts(with: request) {
            guard let content = Sealed.open(entry.value, key: entry.key) else { throw .damaged }
            // Read only where it is the one: it may have thousands of outcomes.
            let reach = try reach(content, key: entry.key)
            if reach.rows.contains(UInt64(row)), reach.untilUnixSeconds > unixSeconds {
                return try read(content, key: [UInt8](entry.key))
            }
            guard reach.rows.lowerBound >= firstRowMin else { return nil }
            found = try cursor.previous()
        }
        return nil
    }

    /// Whether outcomes of `request` that are not forgotten cover one of `rows`.
    static func hasOutcomes(
        of request: [UInt8],
        rows: Range<UInt32>,
        unixSeconds: UInt64,
        _ transaction: Transaction
    ) throws(LMDBError) -> Bool {
        guard !rows.isEmpty else { return false }
        let first = try outcomes(of: request, row: rows.lowerBound, unixSeconds: unixSeconds, transaction)
        guard first == nil else { return true }
        guard request.count == OutcomeName.tokenByteCount, transaction.tables.areComplete else { return false }
        let cursor = try Cursor(transaction, transaction.tables.outcomes)
        var found = try cursor.seek(key(request, rows.lowerBound))
        while let entry = found, entry.key.count == keyByteCount, entry.key.starts(with: request) {
            guard let content = Sealed.open(entry.value, key: entry.key) else { throw .damaged }
            let reach = try reach(content, key: entry.key)
            guard reach.rows.lowerBound < UInt64(rows.upperBound) else { return false }
            if reach.untilUnixSeconds > unixSeconds { return true }
            found = try cursor.next()
        }
        return false
    }

    private static func reach(
        _ content: UnsafeRawBufferPointer,
        key: UnsafeRawBufferPointer
    ) throws(LMDBError) -> KeptOutcomes.Reach {
        do { return try KeptOutcomes.Reach(content.bytes, key: [UInt8](key)) } catch { throw .damaged }
    }

    /// Drops at most `limit` outcomes that are forgotten at `unixSeconds`; returns how many.
    @discardableResult
    static func trim(before unixSeconds: UInt64, limit: Int, _ transaction: Transaction) throws(LMDBError) -> Int {
        let keys = try expired(before: unixSeconds, limit: limit, transaction)
        for key in keys {
            try transaction.delete(transaction.tables.outcomes, Array(key.dropFirst(8)))
            try transaction.delete(transaction.tables.expiries, key)
        }
        return keys.count
    }

    /// Keys of the index whose time is `unixSeconds` or before, at most `limit`.
    static func expired(
        before unixSeconds: UInt64,
        limit: Int,
        _ transaction: Transaction
    ) throws(LMDBError) -> [[UInt8]] {
        let cursor = try Cursor(transaction, transaction.tables.expiries)
        var keys: [[UInt8]] = []
        while keys.count < limit, let entry = try cursor.next() {
            guard let until = UInt64(bigEndianBytes: entry.key), until <= unixSeconds else { break }
            keys.append([UInt8](entry.key))
        }
        return keys
    }

    private static func read(_ content: UnsafeRawBufferPointer, key: [UInt8]) throws(LMDBError) -> KeptOutcomes {
        do { return try KeptOutcomes(content.bytes, key: key) } catch { throw .damaged }
    }
}
