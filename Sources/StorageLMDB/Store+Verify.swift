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
    /// Bytes looked at.
    public var byteCount = 0
    /// Whether all was looked at: nobody ended it.
    public var isComplete = true

    /// Whether all is as it was written.
    public var isSound: Bool { damagedCount == 0 && isComplete }
}

extension Store {
    /// Reads everything, compares it with its checksums and reads it as what it should be; `report` is told of each
    /// damage. `goOn` is called between slices, with the bytes looked at so far and no snapshot held: it may wait
    /// there, to be slow, and ends the verification by returning false.
    ///
    /// With `comparingLog`, each record is also compared with the log entry that its sequence number names, if the log
    /// still has it. Runs in slices, so a node may go on writing.
    public func verify(
        comparingLog: Bool = false,
        goOn: (Int) -> Bool = { _ in true },
        report: (DamageReport) -> Void
    ) throws(StoreError) -> VerificationReport {
        var verification = VerificationReport()
        var (byteCount, isComplete) = (0, true)
        let step: Step = { bytes in
            byteCount += bytes
            isComplete = isComplete && goOn(byteCount)
            return isComplete
        }
        let tables = environment.tables
        var rows: [(MDB_dbi, String, Reading)] = [
            (tables.meta, "meta", { _, _ in true }),
            (tables.loads, "loads", { _, row in (try? LoadRange(row)) != nil }),
            (tables.prefixes, "prefixes", Self.isPrefixRow), (tables.counts, "counts", Self.isCountRow),
        ]
        if tables.areComplete {
            rows += [
                (tables.identifiers, "identifiers", { _, _ in true }), (tables.outcomes, "outcomes", { _, _ in true }),
            ]
        }
        if tables.hasLedger { rows.append((tables.ledger, "ledger", LedgerTable.isReadable)) }
        if tables.hasReports { rows.append((tables.reports, "reports", ReportTable.isReadable)) }
        verification.recordCount = try verify(tables.records, part: .record, step, &verification, report) {
            _,
            content in
            guard let view = try? StoredRecordView(content) else { return false }
            return (try? view.decodedValues()) != nil
        }
        verification.logEntryCount = try verify(tables.log, part: .logEntry, step, &verification, report) {
            _,
            content in
            (try? LogEntry(content).entry(sequence: 0)) != nil
        }
        for (table, name, isReadable) in rows {
            let part = DamageReport.Part.row(table: name)
            verification.rowCount += try verify(
                table,
                part: part,
                step,
                &verification,
                report,
                isReadable: isReadable
            )
        }
        verification.rowCount += try verifyHistory(step, &verification, report)
        if tables.areComplete { verification.rowCount += try verifyExpiries(step, &verification, report) }
        verification.rowCount += try verifyReferences(step, &verification, report)
        if comparingLog { try compareWithLog(step, &verification, report) }
        (verification.byteCount, verification.isComplete) = (byteCount, isComplete)
        return verification
    }

    /// Takes the bytes of a slice; false: enough.
    typealias Step = (Int) -> Bool
    /// Whether a row's content can be read as what stands under such a key.
    private typealias Reading = (UnsafeRawBufferPointer, RawSpan) -> Bool

    private static func isPrefixRow(_ key: UnsafeRawBufferPointer, _ content: RawSpan) -> Bool {
        var reader = WireReader(content)
        guard let row = try? PrefixRow(from: &reader) else { return false }
        return row.prefix == [UInt8](key)
    }

    private static func isCountRow(_ key: UnsafeRawBufferPointer, _ content: RawSpan) -> Bool {
        var reader = WireReader(key.bytes)
        guard let key = try? CountRow.Key(from: &reader) else { return false }
        switch key.kind {
        case .slot, .header: return (try? CountRow.words(content)) != nil
        case .sources: return (try? CountRow.sources(content)) != nil
        }
    }

    /// Walks `table` in slices, with `body` on a snapshot for each entry.
    func walk(
        _ table: MDB_dbi,
        _ step: Step,
        _ body: (Transaction, Cursor.Entry) throws(LMDBError) -> Void
    ) throws(StoreError) -> Int {
        try Self.lmdb(paths.dataFile, "verify") { () throws(LMDBError) in
            let slot = try ReadSlot(environment)
            var position: [UInt8]? = []
            var count = 0
            var byteCount = 0
            while let start = position, step(byteCount) {
                (position, byteCount) = (nil, 0)
                try slot.begin()
                defer { slot.end() }
                let deadline = Clock.monotonicNanoseconds + 2_000_000
                let cursor = try Cursor(slot.transaction, table)
                var (found, inSlice) = (try cursor.seek(start), 0)
                while let entry = found {
                    if inSlice == Self.scanSliceCountMax || Clock.monotonicNanoseconds > deadline, inSlice > 0 {
                        position = [UInt8](entry.key)
                        break
                    }
                    try body(slot.transaction, entry)
                    byteCount += entry.key.count + entry.value.count
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
        _ step: Step,
        _ verification: inout VerificationReport,
        _ report: (DamageReport) -> Void,
        isReadable: Reading
    ) throws(StoreError) -> Int {
        var damaged = 0
        let count = try walk(table, step) { (_, entry) throws(LMDBError) in
            if let content = Sealed.open(entry.value, key: entry.key), isReadable(entry.key, content.bytes) { return }
            damaged += 1
            let address = entry.value.baseAddress
            report(DamageReport(part: part, key: entry.key, address: address, environment: environment))
        }
        verification.damagedCount += damaged
        return count
    }

    /// The index of the history holds keys alone: 16 bytes, and the entry that they name exists.
    private func verifyHistory(
        _ step: Step,
        _ verification: inout VerificationReport,
        _ report: (DamageReport) -> Void
    ) throws(StoreError) -> Int {
        let tables = environment.tables
        return try verifyIndex(tables.history, "history", keyByteCount: 16, of: tables.log, step, &verification, report)
    }

    /// The index of kept outcomes holds keys alone: a time, and the key of outcomes that exist.
    private func verifyExpiries(
        _ step: Step,
        _ verification: inout VerificationReport,
        _ report: (DamageReport) -> Void
    ) throws(StoreError) -> Int {
        let tables = environment.tables
        let byteCount = OutcomeTable.expiryByteCount
        let (index, rows) = (tables.expiries, tables.outcomes)
        return try verifyIndex(index, "expiries", keyByteCount: byteCount, of: rows, step, &verification, report)
    }

    /// Keys of an index: eight bytes, and the key of a row of `rows`.
    private func verifyIndex(
        _ index: MDB_dbi,
        _ name: String,
        keyByteCount: Int,
        of rows: MDB_dbi,
        _ step: Step,
        _ verification: inout VerificationReport,
        _ report: (DamageReport) -> Void
    ) throws(StoreError) -> Int {
        var damaged = 0
        let count = try walk(index, step) { (transaction, entry) throws(LMDBError) in
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
        _ step: Step,
        _ verification: inout VerificationReport,
        _ report: (DamageReport) -> Void
    ) throws(StoreError) {
        var comparison = LogComparison(folding: folding)
        var damaged = 0
        _ = try walk(environment.tables.records, step) { (transaction, entry) throws(LMDBError) in
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
