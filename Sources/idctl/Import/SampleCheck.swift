internal import Resolution
internal import ResolutionProtocol
internal import StorageLMDB

/// Looks rows up the way queries do, and compares their values with those that were imported.
struct SampleCheck {
    private let store: Store
    private let reader: LMDBReader

    init(_ store: Store) throws(StoreError) {
        self.store = store
        reader = try store.makeReader()
    }

    /// The names of those that are not there, or have other values.
    func wrongNames(_ rows: [RowSample.Row]) -> [[UInt8]] {
        var wrong: [[UInt8]] = []
        for start in stride(from: 0, to: rows.count, by: KeyBatch.capacity) {
            let batch = rows[start..<min(start + KeyBatch.capacity, rows.count)]
            var keys = KeyBatch()
            for row in batch { keys.append(key: store.folding.key(of: row.name).span.bytes) }
            reader.withRecords(of: keys) { records in
                for (place, row) in batch.enumerated() where !Self.holds(row, records, place) { wrong.append(row.name) }
            }
            MappedPages.release(store)
        }
        return wrong
    }

    private static func holds(_ row: RowSample.Row, _ records: borrowing RecordBatch, _ place: Int) -> Bool {
        guard records.status(at: place) == .found, let view = try? StoredRecordView(records.record(at: place)) else {
            return false
        }
        return RowSample.digest(view.valueList) == row.digest
    }
}
