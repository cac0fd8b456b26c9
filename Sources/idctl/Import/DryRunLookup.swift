internal import Resolution
internal import ResolutionProtocol
internal import StorageLMDB

/// Says of each record of a dry run what an import would make of it: looks at what is there and at earlier rows.
final class DryRunLookup {
    /// The most rows among which a repeated identifier is seen (by 64 bits of a digest, 16 MiB or so each million).
    static let repeatCountMax = 4_000_000

    private struct Waiting {
        let row: Int
        let name: [UInt8]
        let digest: Int
    }

    private let reader: LMDBReader
    private let folding: IdentifierFolding
    private let policy: LoadConflictPolicy
    private var waiting: [Waiting] = []
    private var firstRows: [Int: UInt64] = [:]
    /// Identifiers that are not there.
    private(set) var createdCount = 0
    /// Identifiers whose values would be replaced.
    private(set) var changedCount = 0
    /// Identifiers that have these values.
    private(set) var unchangedCount = 0
    /// Rows that would be refused.
    private(set) var conflicts = ConflictRows()

    init(reader: LMDBReader, folding: IdentifierFolding, policy: LoadConflictPolicy) {
        self.reader = reader
        self.folding = folding
        self.policy = policy
    }

    /// Takes one record in.
    func add(_ name: Identifier, valueList: RawSpan, row: Int) {
        let key = folding.key(of: name.bytes)
        let keyDigest = RowSample.digest(key.span.bytes)
        if let first = firstRows[keyDigest] {
            conflicts.note(row: UInt64(row), .duplicate(ofRow: first))
            return
        }
        if firstRows.count < Self.repeatCountMax { firstRows[keyDigest] = UInt64(row) }
        waiting.append(Waiting(row: row, name: key, digest: RowSample.digest(valueList)))
        if waiting.count == KeyBatch.capacity { lookUp() }
    }

    /// Looks up what is still waiting; called once at the end.
    func finish() {
        lookUp()
        conflicts.sort()
    }

    private func lookUp() {
        var keys = KeyBatch()
        for row in waiting { keys.append(key: row.name.span.bytes) }
        reader.withRecords(of: keys) { records in
            for (place, row) in waiting.enumerated() { judge(row, records, place) }
        }
        waiting.removeAll(keepingCapacity: true)
    }

    private func judge(_ row: Waiting, _ records: borrowing RecordBatch, _ place: Int) {
        guard records.status(at: place) != .absent else {
            createdCount += 1
            return
        }
        let view = try? StoredRecordView(records.record(at: place))
        if let view, RowSample.digest(view.valueList) == row.digest {
            unchangedCount += 1
        } else if policy == .overwrite {
            changedCount += 1
        } else {
            conflicts.note(row: UInt64(row.row), .existing)
        }
    }
}
