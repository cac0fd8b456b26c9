internal import CLMDB
public import Resolution
internal import ResolutionProtocol

extension LMDBChangeLog {
    /// Drops entries older than `keepDays` days before `now` (seconds since 1970), and returns how many.
    ///
    /// What an identifier was by its newest entry is kept: it moves to a base entry, written in the same transaction,
    /// so that "before" of the next change stays known. The prefixes' current entries stay.
    @discardableResult
    public func trimHistory(keepDays: Int, now: UInt64) throws(ChangeLogError) -> Int {
        var trim = HistoryTrim(format: format, keepDays: keepDays, now: now)
        while !trim.isDone {
            do throws(LMDBError) {
                trim = try environment.write { [trim] transaction throws(LMDBError) in
                    var slice = trim
                    try slice.runSlice(transaction)
                    return slice
                }
            } catch {
                throw ChangeLogError(error)
            }
        }
        return trim.droppedCount
    }
}

/// A walk over the old part of the log, one transaction at a time.
struct HistoryTrim {
    private static let sliceEntryCountMax = 2_000

    private let format: FormatRecord
    private let storeKey: StoreKey
    private let now: UInt64
    private let cutoffUnixSeconds: UInt64
    /// Entries up to this one have been looked at.
    private var position: UInt64 = 0
    /// Whether no old entry is left.
    private(set) var isDone = false
    /// Entries dropped.
    private(set) var droppedCount = 0
    /// What the bases that stay cover, though some of their rows are no longer current.
    private var keptRanges: [LoadRange] = []

    init(format: FormatRecord, keepDays: Int, now: UInt64) {
        self.format = format
        storeKey = StoreKey(secret: format.secret)
        self.now = now
        let kept = UInt64(max(0, keepDays)) * 86_400
        cutoffUnixSeconds = now > kept ? now - kept : 0
    }

    /// A record whose newest entry goes.
    private struct Row {
        var key: [UInt8]
        var sequence: UInt64
        var name: [UInt8]
        var valueList: [UInt8]
    }

    /// What a slice does: found while reading, carried out afterwards, as LMDB lends nothing beyond a write.
    private struct Plan {
        var rows: [Row] = []
        var logKeys: [[UInt8]] = []
        var historyKeys: [[UInt8]] = []
        var loadKeys: [[UInt8]] = []
    }

    /// Looks at the next entries and drops those that are old, within `transaction`.
    mutating func runSlice(_ transaction: Transaction) throws(LMDBError) {
        var plan = Plan()
        do { try read(transaction, &plan) } catch let error as LMDBError { throw error } catch { throw .damaged }
        for key in plan.logKeys { try transaction.delete(transaction.tables.log, key) }
        for key in plan.historyKeys { try transaction.delete(transaction.tables.history, key) }
        for key in plan.loadKeys { try transaction.delete(transaction.tables.loads, key) }
        try writeBases(plan.rows, transaction)
        droppedCount += plan.logKeys.count
    }

    private mutating func read(_ transaction: Transaction, _ plan: inout Plan) throws {
        let cursor = try Cursor(transaction, transaction.tables.log)
        var found = try cursor.seek((position + 1).bigEndianBytes)
        for _ in 0..<Self.sliceEntryCountMax {
            guard let place = found, let sequence = UInt64(bigEndianBytes: place.key),
                let content = Sealed.open(place.value, key: place.key)
            else {
                guard found == nil else { throw LMDBError.damaged }
                isDone = true
                return
            }
            let entry = try LogEntry(content.bytes)
            guard entry.unixSeconds < cutoffUnixSeconds else {
                isDone = true
                return
            }
            try consider(entry, sequence, transaction, &plan)
            position = sequence
            guard plan.rows.count < LoadChunk.rowCountMax else { return }
            found = try cursor.next()
        }
    }

    private mutating func consider(
        _ entry: borrowing LogEntry,
        _ sequence: UInt64,
        _ transaction: Transaction,
        _ plan: inout Plan
    ) throws {
        let key = sequence.bigEndianBytes
        switch entry.kind {
        case .put:
            var reader = WireReader(entry.body)
            let name = try reader.lengthPrefixedBytes()
            let list = try reader.bytes(byteCount: reader.remaining)
            try keep(name, sequence, list, transaction, &plan)
            plan.historyKeys.append(historyKey(name, sequence))
        case .removed:
            var reader = WireReader(entry.body)
            let name = try reader.lengthPrefixedBytes()
            // A base before it may still hold the record: without this entry the log would bring it back.
            guard !isKept(name) else { return }
            plan.historyKeys.append(historyKey(name, sequence))
        case .prefix:
            var reader = WireReader(entry.body)
            let row = try PrefixRow(from: &reader)
            guard try PrefixTable.row(row.prefix, transaction) != row else { return }
            plan.historyKeys.append(historyKey(row.prefix, sequence))
        case .prefixRemoved:
            var reader = WireReader(entry.body)
            plan.historyKeys.append(historyKey(try reader.lengthPrefixedBytes(), sequence))
        case .load, .base:
            guard try keepRows(entry, sequence, transaction, &plan) else { return }
            plan.loadKeys.append(key)
        }
        plan.logKeys.append(key)
    }

    /// Takes the rows that are still current; false: the entry is a base and stays, as at least half of it is.
    private mutating func keepRows(
        _ entry: borrowing LogEntry,
        _ sequence: UInt64,
        _ transaction: Transaction,
        _ plan: inout Plan
    ) throws -> Bool {
        var part = Plan()
        var rowCount = 0
        var failure: LMDBError?
        try LoadChunk.forEachRow(of: entry.body) { row throws(WireError) in
            rowCount += 1
            do throws(LMDBError) {
                try keep(
                    [UInt8](row.name),
                    row.sequence == 0 ? sequence : row.sequence,
                    [UInt8](row.valueList),
                    transaction,
                    &part
                )
            } catch {
                failure = error
            }
            return failure == nil
        }
        if let failure { throw failure }
        if entry.kind == .base, part.rows.count * 2 >= rowCount {
            if part.rows.count < rowCount { try keepRange(of: sequence, transaction) }
            return false
        }
        plan.rows += part.rows
        return true
    }

    private mutating func keepRange(of sequence: UInt64, _ transaction: Transaction) throws {
        let key = sequence.bigEndianBytes
        guard let content = try transaction.content(transaction.tables.loads, key) else { throw LMDBError.damaged }
        keptRanges.append(try LoadRange(content.bytes))
    }

    private func isKept(_ name: [UInt8]) -> Bool {
        guard !keptRanges.isEmpty else { return false }
        let key = storeKey.key(of: format.folding.key(of: name))
        return keptRanges.contains { $0.contains(key) }
    }

    private func keep(
        _ name: [UInt8],
        _ sequence: UInt64,
        _ valueList: [UInt8],
        _ transaction: Transaction,
        _ plan: inout Plan
    ) throws(LMDBError) {
        let key = storeKey.key(of: format.folding.key(of: name))
        guard let value = try transaction.get(transaction.tables.records, key),
            let content = key.withUnsafeBytes({ Sealed.open(value, key: $0) }),
            let view = try? StoredRecordView(content.bytes), view.sequence == sequence
        else { return }
        plan.rows.append(Row(key: key, sequence: sequence, name: name, valueList: valueList))
    }

    private func historyKey(_ name: [UInt8], _ sequence: UInt64) -> [UInt8] {
        storeKey.historyHash(of: format.folding.key(of: name)).bigEndianBytes + sequence.bigEndianBytes
    }

    private func writeBases(_ rows: [Row], _ transaction: Transaction) throws(LMDBError) {
        guard !rows.isEmpty else { return }
        let sorted = rows.sorted { $0.key.lexicographicallyPrecedes($1.key) }
        var state = try transaction.state()
        var start = 0
        while start < sorted.count {
            let end = min(start + LoadChunk.rowCountMax, sorted.count)
            state.lastSequence += 1
            try writeBase(sorted[start..<end], state.lastSequence, transaction)
            start = end
        }
        var writer = WireWriter(capacity: 64)
        try transaction.setState(state, in: &writer)
    }

    private func writeBase(
        _ rows: ArraySlice<Row>,
        _ sequence: UInt64,
        _ transaction: Transaction
    ) throws(LMDBError) {
        var uncompressed = WireWriter(capacity: 1 << 20, byteCountMax: 1 << 30)
        for row in rows {
            LoadChunk.appendRow(
                sequence: row.sequence,
                name: row.name.span.bytes,
                valueList: row.valueList.span.bytes,
                to: &uncompressed
            )
        }
        try LoadEntry.write(
            .base,
            sequence: sequence,
            unixSeconds: now,
            origin: Array("trim".utf8),
            rows: uncompressed.raw,
            rowCount: rows.count,
            range: LoadRange(first: rows.first?.key ?? [], last: rows.last?.key ?? []),
            transaction
        )
    }
}
