internal import CLMDB
internal import ResolutionProtocol

extension Store {
    /// Each row of the table of references is one that its record should have, and each record has its rows. Returns
    /// how many rows there are.
    func verifyReferences(
        _ step: Step,
        _ verification: inout VerificationReport,
        _ report: (DamageReport) -> Void
    ) throws(StoreError) -> Int {
        guard let index = environment.references else { return 0 }
        var damaged = 0
        func note(_ key: UnsafeRawBufferPointer) {
            damaged += 1
            let part = DamageReport.Part.row(table: "references")
            report(DamageReport(part: part, key: key, address: key.baseAddress, environment: environment))
        }
        let count = try walk(environment.tables.references, step) { (transaction, entry) throws(LMDBError) in
            if try !Self.isRight(entry, index, transaction) { note(entry.key) }
        }
        _ = try walk(environment.tables.records, step) { (transaction, entry) throws(LMDBError) in
            for row in index.rowKeys(of: entry.key, entry.value) {
                if try transaction.get(transaction.tables.references, row) == nil { row.withUnsafeBytes { note($0) } }
            }
        }
        verification.damagedCount += damaged
        return count
    }

    private static func isRight(
        _ entry: Cursor.Entry,
        _ index: ReferenceIndex,
        _ transaction: Transaction
    ) throws(LMDBError) -> Bool {
        guard let content = Sealed.open(entry.value, key: entry.key) else { return false }
        guard !entry.key.elementsEqual(ReferenceState.key) else {
            return (try? ReferenceState(wire: [UInt8](content))) != nil
        }
        guard entry.key.count == ReferenceIndex.keyByteCount,
            let record = try transaction.get(transaction.tables.records, content)
        else { return false }
        return index.rowKeys(of: content, record).contains { $0.elementsEqual(entry.key) }
    }
}
