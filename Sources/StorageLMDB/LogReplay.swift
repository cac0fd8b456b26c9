internal import Resolution
internal import ResolutionProtocol

/// Applies entries of a log to a store, within one transaction: records, prefixes and numbers, but no log.
struct LogReplay: ~Copyable {
    private let transaction: Transaction
    private let folding: IdentifierFolding
    private let storeKey: StoreKey
    private var state: StoreState
    private var tally = IdentifierTally()
    private var writer = WireWriter(capacity: 4_096)

    init(_ transaction: Transaction, format: FormatRecord) throws(LMDBError) {
        self.transaction = transaction
        folding = format.folding
        storeKey = StoreKey(secret: format.secret)
        state = try transaction.state()
    }

    /// Keeps the numbers; called once, before the commit.
    mutating func finish() throws(LMDBError) {
        try tally.write(transaction, in: &writer)
        try transaction.setState(state, in: &writer)
    }

    /// Applies the entry `sequence`.
    mutating func apply(_ entry: borrowing LogEntry, sequence: UInt64) throws(LMDBError) {
        do { try carryOut(entry, sequence) } catch let error as LMDBError { throw error } catch { throw .damaged }
        state.lastSequence = sequence
    }

    private mutating func carryOut(_ entry: borrowing LogEntry, _ sequence: UInt64) throws {
        var reader = WireReader(entry.body)
        switch entry.kind {
        case .put:
            let name = try reader.lengthPrefixedBytes()
            try put(name, try reader.span(byteCount: reader.remaining), sequence)
        case .removed:
            let key = storeKey.key(of: folding.key(of: try reader.lengthPrefixedBytes()))
            if try transaction.delete(transaction.tables.records, key) { tally.add(-1, key: key) }
        case .prefix:
            let row = try PrefixRow(from: &reader)
            state.lastPrefixNumber = max(state.lastPrefixNumber, row.number)
            try PrefixTable.put(row, transaction, &writer)
        case .prefixRemoved:
            try transaction.delete(transaction.tables.prefixes, try reader.lengthPrefixedBytes())
        case .load, .base: try putRows(of: entry.body, sequence)
        }
    }

    private mutating func putRows(of chunk: RawSpan, _ sequence: UInt64) throws {
        // Copied out: what reads the rows throws WireError alone.
        var rows: [(name: [UInt8], valueList: [UInt8], sequence: UInt64)] = []
        try LoadChunk.forEachRow(of: chunk) { row throws(WireError) in
            rows.append(([UInt8](row.name), [UInt8](row.valueList), row.sequence == 0 ? sequence : row.sequence))
            return true
        }
        for row in rows { try put(row.name, row.valueList.span.bytes, row.sequence) }
    }

    private mutating func put(_ name: [UInt8], _ valueList: RawSpan, _ sequence: UInt64) throws {
        var reader = WireReader(valueList)
        let values: [HandleValue] = try reader.array()
        let key = storeKey.key(of: folding.key(of: name))
        if try transaction.get(transaction.tables.records, key) == nil { tally.add(1, key: key) }
        Sealed.begin(&writer)
        StoredRecord.write(
            name: name.span.bytes,
            isNameTheKey: name == key,
            sequence: sequence,
            areAllPublic: HandleValue.areAllPublic(values),
            valueList: valueList,
            to: &writer
        )
        key.withUnsafeBytes { Sealed.end(&writer, key: $0) }
        try transaction.put(transaction.tables.records, key, writer.raw)
    }
}
