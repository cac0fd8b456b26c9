internal import CLMDB
internal import ResolutionProtocol

extension Store {
    /// Entries of one transaction of a replay: those of loads are large.
    private static let replayEntryCountMax = 500
    private static let replayByteCountMax = 16 << 20

    /// Makes an empty store in `directory` that gives records the same keys and the same form as this one.
    public func createTwin(in directory: String, options: StoreOptions = StoreOptions()) throws(StoreError) {
        try Self.create(directory: directory, options: options, format: format)
    }

    /// Applies the whole log of `source` to this store, a new twin of it; returns the number of entries.
    ///
    /// Afterwards `differences` tells whether the log alone gives what `source` holds. The log itself is not copied.
    @discardableResult
    public func replay(from source: Store) throws(StoreError) -> Int {
        var (position, count) = (UInt64(0), 0)
        while true {
            let entries = try source.replayEntries(after: position)
            guard let last = entries.last else { return count }
            try Self.lmdb(paths.dataFile, "replay") { () throws(LMDBError) in
                try environment.write { transaction throws(LMDBError) in
                    var replay = try LogReplay(transaction, format: format)
                    for entry in entries { try replay.apply(try entry.decoded(), sequence: entry.sequence) }
                    try replay.finish()
                }
            }
            (position, count) = (last.sequence, count + entries.count)
        }
    }

    /// A log entry, copied out.
    private struct CopiedEntry {
        var sequence: UInt64
        var content: [UInt8]

        @_lifetime(borrow self)
        func decoded() throws(LMDBError) -> LogEntry {
            do { return try LogEntry(content.span.bytes) } catch { throw .damaged }
        }
    }

    private func replayEntries(after sequence: UInt64) throws(StoreError) -> [CopiedEntry] {
        try Self.lmdb(paths.dataFile, "replay") { () throws(LMDBError) in
            try environment.read { transaction throws(LMDBError) in
                let cursor = try Cursor(transaction, transaction.tables.log)
                var (entries, byteCount) = ([CopiedEntry](), 0)
                var found = try cursor.seek((sequence + 1).bigEndianBytes)
                while let entry = found, entries.count < Self.replayEntryCountMax, byteCount < Self.replayByteCountMax {
                    guard let sequence = UInt64(bigEndianBytes: entry.key),
                        let content = Sealed.open(entry.value, key: entry.key)
                    else { throw .damaged }
                    entries.append(CopiedEntry(sequence: sequence, content: [UInt8](content)))
                    byteCount += content.count
                    found = try cursor.next()
                }
                return entries
            }
        }
    }

    /// Calls `report` with the table and the key of each row of records, prefixes and numbers of identifiers that is
    /// not, byte for byte, the same here and in `other`; returns how many. Both at rest.
    @discardableResult
    public func differences(
        from other: Store,
        report: (_ table: String, _ key: [UInt8]) -> Void
    ) throws(StoreError) -> Int {
        try Self.lmdb(paths.dataFile, "compare") { () throws(LMDBError) in
            try environment.read { mine throws(LMDBError) in
                try other.environment.read { theirs throws(LMDBError) in
                    var count = 0
                    let areComplete = mine.tables.areComplete && theirs.tables.areComplete
                    for (table, name) in Tables.replayed where areComplete || name != "identifiers" {
                        let (a, b) = (mine.tables[keyPath: table], theirs.tables[keyPath: table])
                        try Self.compare(Cursor(mine, a), Cursor(theirs, b)) { key in
                            count += 1
                            report(name, key)
                        }
                    }
                    return count
                }
            }
        }
    }

    private static func compare(
        _ mine: borrowing Cursor,
        _ theirs: borrowing Cursor,
        _ differs: ([UInt8]) -> Void
    ) throws(LMDBError) {
        var (a, b) = (try mine.next(), try theirs.next())
        while a != nil || b != nil {
            let order = order(a, b)
            if let key = order > 0 ? b?.key : a?.key, order != 0 || !areSame(a, b) { differs([UInt8](key)) }
            if order <= 0 { a = try mine.next() }
            if order >= 0 { b = try theirs.next() }
        }
    }

    /// Which of the two comes first; one that is not there comes last.
    private static func order(_ a: Cursor.Entry?, _ b: Cursor.Entry?) -> Int {
        guard let a else { return 1 }
        guard let b else { return -1 }
        return a.key.order(b.key)
    }

    private static func areSame(_ a: Cursor.Entry?, _ b: Cursor.Entry?) -> Bool {
        guard let a, let b else { return false }
        return a.value.order(b.value) == 0
    }
}

extension Tables {
    /// What a log alone gives again.
    fileprivate static var replayed: [(KeyPath<Tables, MDB_dbi>, String)] {
        [(\.records, "records"), (\.prefixes, "prefixes"), (\.identifiers, "identifiers")]
    }
}
