public import Resolution
public import ResolutionProtocol

extension LMDBChangeLog {
    /// The changes of one identifier, newest first, at most `limit`; of a load or a base entry that row alone.
    public func history(of identifier: Identifier, limit: Int = .max) throws(ChangeLogError) -> [ChangeEntry] {
        let folded = format.folding.key(of: identifier.bytes)
        return try reading { transaction throws(LMDBError) in
            var sequences = try ownSequences(of: folded, transaction)
            sequences += try chunkSequences(of: folded, transaction)
            sequences.sort(by: >)
            var entries: [ChangeEntry] = []
            for sequence in sequences where entries.count < limit {
                if let entry = try entry(sequence, of: folded, transaction) { entries.append(entry) }
            }
            return entries
        }
    }

    /// Entries in the index, a foreign identifier's with the same hash included.
    private func ownSequences(of folded: [UInt8], _ transaction: Transaction) throws(LMDBError) -> [UInt64] {
        let hash = StoreKey(secret: format.secret).historyHash(of: folded).bigEndianBytes
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

    /// Chunks whose range of keys the identifier lies in.
    private func chunkSequences(of folded: [UInt8], _ transaction: Transaction) throws(LMDBError) -> [UInt64] {
        let key = StoreKey(secret: format.secret).key(of: folded)
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

    /// Entry `sequence` as far as it is about `folded`; nil: it is not.
    private func entry(
        _ sequence: UInt64,
        of folded: [UInt8],
        _ transaction: Transaction
    ) throws(LMDBError) -> ChangeEntry? {
        guard let content = try transaction.content(transaction.tables.log, sequence.bigEndianBytes) else {
            return nil
        }
        do {
            return try Self.narrowed(content.bytes, sequence, to: folded, format.folding)
        } catch {
            throw .damaged
        }
    }

    private static func narrowed(
        _ content: RawSpan,
        _ sequence: UInt64,
        to folded: [UInt8],
        _ folding: IdentifierFolding
    ) throws(WireError) -> ChangeEntry? {
        let entry = try LogEntry(content)
        guard entry.kind == .load || entry.kind == .base else {
            let whole = try entry.entry(sequence: sequence)
            switch whole.kind {
            case .put(let name, _), .removed(let name): return folding.key(of: name) == folded ? whole : nil
            default: return nil
            }
        }
        // The folded name is as long as the name, but for a bare prefix.
        let records = try entry.decodedRows {
            ($0.byteCount == folded.count || $0.byteCount + IdentifierGrammar.prefixRecordHead.count == folded.count)
                && folding.key(of: [UInt8]($0)) == folded
        }
        guard !records.isEmpty else { return nil }
        return ChangeEntry(
            sequence: sequence,
            unixSeconds: entry.unixSeconds,
            origin: [UInt8](entry.origin),
            kind: entry.kind == .load ? .load(records) : .base(records)
        )
    }
}

/// The first and the last key of a chunk of the log, in the order of the records.
struct LoadRange {
    let first: [UInt8]
    let last: [UInt8]

    init(_ content: RawSpan) throws(WireError) {
        var reader = WireReader(content)
        first = try reader.lengthPrefixedBytes()
        last = try reader.lengthPrefixedBytes()
        try reader.finish()
    }

    init(first: [UInt8], last: [UInt8]) {
        self.first = first
        self.last = last
    }

    func write(to writer: inout WireWriter) {
        writer.lengthPrefixedBytes(first)
        writer.lengthPrefixedBytes(last)
    }

    func contains(_ key: [UInt8]) -> Bool {
        !key.lexicographicallyPrecedes(first) && !last.lexicographicallyPrecedes(key)
    }
}
