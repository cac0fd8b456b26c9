internal import CLMDB
internal import Resolution
internal import ResolutionProtocol

/// What a verification found.
public struct VerificationReport: Hashable, Sendable {
    /// Records looked at.
    public var recordCount = 0
    /// Log entries looked at.
    public var logEntryCount = 0
    /// Rows of other tables looked at.
    public var rowCount = 0
    /// Damaged ones of all of them.
    public var damagedCount = 0

    /// Whether all is as it was written.
    public var isSound: Bool { damagedCount == 0 }
}

extension Store {
    /// Reads everything and compares it with its checksums; `report` is told of each damage.
    ///
    /// With `comparingLog`, each record is also compared with the log entry that its sequence number names, if the log
    /// still has it. Runs in slices, so a node may go on writing.
    public func verify(
        comparingLog: Bool = false,
        report: (DamageReport) -> Void
    ) throws(StoreError) -> VerificationReport {
        var verification = VerificationReport()
        let tables = environment.tables
        var rows: [(MDB_dbi, String)] = [
            (tables.meta, "meta"), (tables.loads, "loads"), (tables.prefixes, "prefixes"), (tables.counts, "counts"),
        ]
        if tables.areComplete { rows += [(tables.identifiers, "identifiers"), (tables.outcomes, "outcomes")] }
        verification.recordCount = try verify(tables.records, part: .record, &verification, report) { content in
            guard let view = try? StoredRecordView(content) else { return false }
            return (try? view.decodedValues()) != nil
        }
        verification.logEntryCount = try verify(tables.log, part: .logEntry, &verification, report) { content in
            (try? LogEntry(content).entry(sequence: 0)) != nil
        }
        for (table, name) in rows {
            verification.rowCount += try verify(table, part: .row(table: name), &verification, report) { _ in true }
        }
        verification.rowCount += try verifyHistory(&verification, report)
        if tables.areComplete { verification.rowCount += try verifyExpiries(&verification, report) }
        if comparingLog { try compareWithLog(&verification, report) }
        return verification
    }

    /// Walks `table` in slices, with `body` on a snapshot for each entry.
    private func walk(
        _ table: MDB_dbi,
        _ body: (Transaction, Cursor.Entry) throws(LMDBError) -> Void
    ) throws(StoreError) -> Int {
        try Self.lmdb(paths.dataFile, "verify") { () throws(LMDBError) in
            let slot = try ReadSlot(environment)
            var position: [UInt8]? = []
            var count = 0
            while let start = position {
                position = nil
                try slot.begin()
                defer { slot.end() }
                let deadline = Clock.monotonicNanoseconds + 50_000_000
                let cursor = try Cursor(slot.transaction, table)
                var (found, inSlice) = (try cursor.seek(start), 0)
                while let entry = found {
                    if inSlice == Self.scanSliceCountMax || Clock.monotonicNanoseconds > deadline, inSlice > 0 {
                        position = [UInt8](entry.key)
                        break
                    }
                    try body(slot.transaction, entry)
                    (count, inSlice) = (count + 1, inSlice + 1)
                    found = try cursor.next()
                }
            }
            return count
        }
    }

    private func verify(
        _ table: MDB_dbi,
        part: DamageReport.Part,
        _ verification: inout VerificationReport,
        _ report: (DamageReport) -> Void,
        isReadable: (RawSpan) -> Bool
    ) throws(StoreError) -> Int {
        var damaged = 0
        let count = try walk(table) { (_, entry) throws(LMDBError) in
            if let content = Sealed.open(entry.value, key: entry.key), isReadable(content.bytes) { return }
            damaged += 1
            let address = entry.value.baseAddress
            report(DamageReport(part: part, key: entry.key, address: address, environment: environment))
        }
        verification.damagedCount += damaged
        return count
    }

    /// The index of the history holds keys alone: 16 bytes, and the entry that they name exists.
    private func verifyHistory(
        _ verification: inout VerificationReport,
        _ report: (DamageReport) -> Void
    ) throws(StoreError) -> Int {
        let tables = environment.tables
        return try verifyIndex(tables.history, "history", keyByteCount: 16, of: tables.log, &verification, report)
    }

    /// The index of kept outcomes holds keys alone: a time, and the key of outcomes that exist.
    private func verifyExpiries(
        _ verification: inout VerificationReport,
        _ report: (DamageReport) -> Void
    ) throws(StoreError) -> Int {
        let tables = environment.tables
        let byteCount = OutcomeTable.expiryByteCount
        let (index, rows) = (tables.expiries, tables.outcomes)
        return try verifyIndex(index, "expiries", keyByteCount: byteCount, of: rows, &verification, report)
    }

    /// Keys of an index: eight bytes, and the key of a row of `rows`.
    private func verifyIndex(
        _ index: MDB_dbi,
        _ name: String,
        keyByteCount: Int,
        of rows: MDB_dbi,
        _ verification: inout VerificationReport,
        _ report: (DamageReport) -> Void
    ) throws(StoreError) -> Int {
        var damaged = 0
        let count = try walk(index) { (transaction, entry) throws(LMDBError) in
            if entry.key.count == keyByteCount {
                let row = UnsafeRawBufferPointer(rebasing: entry.key[8...])
                if try transaction.get(rows, row) != nil { return }
            }
            damaged += 1
            let part = DamageReport.Part.row(table: name)
            report(DamageReport(part: part, key: entry.key, address: entry.key.baseAddress, environment: environment))
        }
        verification.damagedCount += damaged
        return count
    }

    private func compareWithLog(
        _ verification: inout VerificationReport,
        _ report: (DamageReport) -> Void
    ) throws(StoreError) {
        var comparison = LogComparison(folding: folding)
        var damaged = 0
        _ = try walk(environment.tables.records) { (transaction, entry) throws(LMDBError) in
            guard let content = Sealed.open(entry.value, key: entry.key),
                let view = try? StoredRecordView(content.bytes),
                try !comparison.agrees(view, key: entry.key, transaction)
            else { return }
            damaged += 1
            let address = entry.value.baseAddress
            report(DamageReport(part: .mismatch, key: entry.key, address: address, environment: environment))
        }
        verification.damagedCount += damaged
    }
}

/// Compares records with the entries that wrote them; keeps the last load chunk, as its rows follow each other.
struct LogComparison {
    let folding: IdentifierFolding
    private var chunkSequence: UInt64 = 0
    private var chunk: [[UInt8]: [UInt8]] = [:]

    init(folding: IdentifierFolding) { self.folding = folding }

    /// Whether the entry with the record's sequence number, if it is there, holds the same values.
    mutating func agrees(
        _ view: borrowing StoredRecordView,
        key: UnsafeRawBufferPointer,
        _ transaction: Transaction
    ) throws(LMDBError) -> Bool {
        let sequence = view.sequence
        let name = view.name.byteCount == 0 ? [UInt8](key) : [UInt8](view.name)
        if sequence != chunkSequence {
            guard let content = try? transaction.content(transaction.tables.log, sequence.bigEndianBytes),
                let entry = try? LogEntry(content.bytes)
            else { return true }
            chunkSequence = sequence
            chunk = (try? Self.rows(of: entry, folding)) ?? [:]
        }
        return chunk[folding.key(of: name)] == [UInt8](view.valueList)
    }

    private static func rows(
        of entry: borrowing LogEntry,
        _ folding: IdentifierFolding
    ) throws(WireError) -> [[UInt8]: [UInt8]] {
        var rows: [[UInt8]: [UInt8]] = [:]
        switch entry.kind {
        case .put:
            var reader = WireReader(entry.body)
            let name = try reader.lengthPrefixedBytes()
            rows[folding.key(of: name)] = try reader.bytes(byteCount: reader.remaining)
        case .load, .base:
            try LoadChunk.forEachRow(of: entry.body) { row throws(WireError) in
                rows[folding.key(of: [UInt8](row.name))] = [UInt8](row.valueList)
                return true
            }
        case .removed, .prefix, .prefixRemoved: break
        }
        return rows
    }
}
