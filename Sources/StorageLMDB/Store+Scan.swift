internal import CLMDB
internal import Resolution
public import ResolutionProtocol

/// A record that a scan lends.
public struct ScannedRecord: ~Escapable {
    /// The name as registered.
    public let name: RawSpan
    /// Number of the change that wrote it.
    public let sequence: UInt64
    /// Whether everyone may read all of its values.
    public let areAllPublic: Bool
    /// Number of values and the values, in wire form.
    public let valueList: RawSpan

    @_lifetime(copy view, copy key)
    init(_ view: borrowing StoredRecordView, key: RawSpan) {
        name = view.name.byteCount == 0 ? key : view.name
        sequence = view.sequence
        areAllPublic = view.areAllPublic
        valueList = view.valueList
    }

    /// The values, copied out.
    public func decodedValues() throws(WireError) -> [HandleValue] {
        var reader = WireReader(valueList)
        let values: [HandleValue] = try reader.array()
        try reader.finish()
        return values
    }
}

extension Store {
    /// The most records of one snapshot of a scan.
    static let scanSliceCountMax = 10_000
    private static let scanSliceNanoseconds: UInt64 = 50_000_000

    /// Lends all records whose key begins with `keyPrefix` to `body`, in the keys' order, until it returns false.
    ///
    /// Runs in slices of at most 10,000 records or 50 ms, each on a snapshot of its own, so that a long scan does not
    /// keep pages from being used again (D7): what changes while it runs may be seen or not. Returns how many damaged
    /// records were left out; they are counted and reported.
    @discardableResult
    public func scan(
        keyPrefix: [UInt8] = [],
        _ body: (borrowing ScannedRecord) -> Bool
    ) throws(StoreError) -> Int {
        try Self.lmdb(paths.dataFile, "scan") { () throws(LMDBError) in
            let slot = try ReadSlot(environment)
            var (position, damagedCount, isDone) = (keyPrefix, 0, false)
            while !isDone {
                try slot.begin()
                defer { slot.end() }
                (position, isDone) = try scanSlice(
                    slot.transaction,
                    from: position,
                    keyPrefix: keyPrefix,
                    &damagedCount,
                    body
                )
            }
            return damagedCount
        }
    }

    /// Lends one slice; returns where the next one begins, and whether there is none.
    private func scanSlice(
        _ transaction: Transaction,
        from start: [UInt8],
        keyPrefix: [UInt8],
        _ damagedCount: inout Int,
        _ body: (borrowing ScannedRecord) -> Bool
    ) throws(LMDBError) -> ([UInt8], Bool) {
        let deadline = Clock.monotonicNanoseconds + Self.scanSliceNanoseconds
        let cursor = try Cursor(transaction, transaction.tables.records)
        var found = try cursor.seek(start)
        var count = 0
        while let entry = found, entry.key.starts(with: keyPrefix) {
            // The clock is looked at now and then: asking it costs as much as a record.
            guard count < Self.scanSliceCountMax, count & 0x3F != 0x3F || Clock.monotonicNanoseconds < deadline else {
                return ([UInt8](entry.key), false)
            }
            count += 1
            if let content = Sealed.open(entry.value, key: entry.key), let view = try? StoredRecordView(content.bytes) {
                guard body(ScannedRecord(view, key: entry.key.bytes)) else { return ([], true) }
            } else {
                damagedCount += 1
                let (key, address) = (entry.key, entry.value.baseAddress)
                damage.note(DamageReport(part: .record, key: key, address: address, environment: environment))
            }
            found = try cursor.next()
        }
        return ([], true)
    }

    /// Records in the store.
    public func recordCount() throws(StoreError) -> Int {
        try Self.lmdb(paths.dataFile, "count") { () throws(LMDBError) in
            try environment.read { transaction throws(LMDBError) in try transaction.count(transaction.tables.records) }
        }
    }
}
