public import Resolution
public import ResolutionProtocol

extension Store {
    /// Lends what the log says of `identifier` to `body`, oldest first; of a load or a base that record alone, and of
    /// the record of a prefix its terms too. All of it in one snapshot, with where the log begins.
    ///
    /// `goOn` is asked before each entry that may be about it, told how many of how many have been looked at, and ends
    /// it with false: a bulk load is unpacked whole for one record, some ms each.
    ///
    /// Returns where the log begins, and what the identifier is now. What the log says that is damaged is an error;
    /// the record itself may be damaged.
    @discardableResult
    public func history(
        of identifier: Identifier,
        goOn: (_ done: Int, _ total: Int) -> Bool = { _, _ in true },
        _ body: (_ entry: HistoryEntry, _ start: LogStart) -> Void
    ) throws(StoreError) -> (start: LogStart, present: PresentRecord) {
        try Self.lmdb(paths.dataFile, "history") { () throws(LMDBError) in
            try environment.read { transaction throws(LMDBError) in
                let history = IdentifierLog(identifier, format: format, transaction)
                let start = try transaction.logStart()
                let sequences = try history.sequences()
                for (done, sequence) in sequences.enumerated() {
                    guard goOn(done, sequences.count) else { break }
                    if let entry = try history.entry(sequence) { body(entry, start) }
                }
                return (start, try history.present())
            }
        }
    }
}

/// What a snapshot has of one identifier.
private struct IdentifierLog {
    private let folding: IdentifierFolding
    private let folded: [UInt8]
    private let key: [UInt8]
    private let hash: [UInt8]
    private let transaction: Transaction

    init(_ identifier: Identifier, format: FormatRecord, _ transaction: Transaction) {
        let storeKey = StoreKey(secret: format.secret)
        folding = format.folding
        folded = folding.key(of: identifier.bytes)
        key = storeKey.key(of: folded)
        hash = storeKey.historyHash(of: folded).bigEndianBytes
        self.transaction = transaction
    }

    /// The record as it is.
    func present() throws(LMDBError) -> PresentRecord {
        guard let value = try transaction.get(transaction.tables.records, key) else { return .absent }
        guard let content = key.withUnsafeBytes({ Sealed.open(value, key: $0) }),
            let view = try? StoredRecordView(content.bytes), let values = try? view.decodedValues()
        else { return .damaged }
        let name = view.name.byteCount == 0 ? key : [UInt8](view.name)
        // Another long name may have the same key.
        guard folding.key(of: name) == folded else { return .absent }
        return .present(name: name, sequence: view.sequence, values: values)
    }

    /// Numbers of the entries that may be about it, in order.
    func sequences() throws(LMDBError) -> [UInt64] {
        var sequences = try ownSequences()
        sequences += try chunkSequences()
        return sequences.sorted()
    }

    /// Entries in the index, a foreign identifier's with the same hash included.
    private func ownSequences() throws(LMDBError) -> [UInt64] {
        let cursor = try Cursor(transaction, transaction.tables.history)
        var sequences: [UInt64] = []
        var found = try cursor.seek(hash)
        while let entry = found, entry.key.starts(with: hash), entry.key.count == 16 {
            if let sequence = UInt64(bigEndianBytes: UnsafeRawBufferPointer(rebasing: entry.key[8...])) {
                sequences.append(sequence)
            }
            found = try cursor.next()
        }
        return sequences
    }

    /// Chunks whose range of keys it lies in.
    private func chunkSequences() throws(LMDBError) -> [UInt64] {
        let cursor = try Cursor(transaction, transaction.tables.loads)
        var sequences: [UInt64] = []
        while let entry = try cursor.next() {
            guard let sequence = UInt64(bigEndianBytes: entry.key),
                let content = Sealed.open(entry.value, key: entry.key), let range = try? LoadRange(content.bytes)
            else { throw .damaged }
            if range.contains(key) { sequences.append(sequence) }
        }
        return sequences
    }

    /// Entry `sequence` as far as it is about the identifier; nil: it is not.
    func entry(_ sequence: UInt64) throws(LMDBError) -> HistoryEntry? {
        guard let content = try transaction.content(transaction.tables.log, sequence.bigEndianBytes) else { return nil }
        do { return try narrowed(try LogEntry(content.bytes), sequence) } catch { throw .damaged }
    }

    private func narrowed(_ entry: borrowing LogEntry, _ sequence: UInt64) throws(WireError) -> HistoryEntry? {
        var found = HistoryEntry(
            sequence: sequence,
            unixSeconds: entry.unixSeconds,
            origin: [UInt8](entry.origin),
            kind: .put,
            name: [],
            values: []
        )
        var reader = WireReader(entry.body)
        switch entry.kind {
        case .put:
            found.name = try reader.lengthPrefixedBytes()
            found.values = try reader.array()
        case .removed:
            found.name = try reader.lengthPrefixedBytes()
            found.kind = .removed
        case .load, .base:
            found.kind = entry.kind == .load ? .load : .base
            try takeRow(of: entry.body, into: &found)
        case .prefix:
            let row = try PrefixRow(from: &reader)
            (found.name, found.kind) = (IdentifierGrammar.prefixRecordName(of: row.prefix), .prefix(row))
        case .prefixRemoved:
            found.name = IdentifierGrammar.prefixRecordName(of: try reader.lengthPrefixedBytes())
            found.kind = .prefixRemoved
        }
        return !found.name.isEmpty && folding.key(of: found.name) == folded ? found : nil
    }

    /// The row about the identifier, if there is one.
    private func takeRow(of chunk: RawSpan, into found: inout HistoryEntry) throws(WireError) {
        var taken = found
        try LoadChunk.forEachRow(of: chunk) { row throws(WireError) in
            guard isMeant(row.name) else { return true }
            var reader = WireReader(row.valueList)
            taken.name = [UInt8](row.name)
            taken.values = try reader.array()
            if row.sequence != 0 { taken.changeSequence = row.sequence }
            return true
        }
        found = taken
    }

    /// The folded name is as long as the name, but for a bare prefix.
    private func isMeant(_ name: RawSpan) -> Bool {
        (name.byteCount == folded.count || name.byteCount + IdentifierGrammar.prefixRecordHead.count == folded.count)
            && folding.key(of: [UInt8](name)) == folded
    }
}
