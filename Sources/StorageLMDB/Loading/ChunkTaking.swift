internal import CLMDB
internal import Resolution
internal import ResolutionProtocol

/// Puts the rows of one chunk into the records, and notes which were taken.
struct ChunkTaking {
    private let chunk: SortedChunk
    private let sequence: UInt64
    private let policy: LoadConflictPolicy
    private let folding: IdentifierFolding
    private let transaction: Transaction
    /// Rows that were written.
    private(set) var taken: [Int] = []
    /// Names as registered before, of rows that replaced a record under another spelling.
    private(set) var names: [Int: [UInt8]] = [:]
    private(set) var report = LoadReport()
    private(set) var conflicts: [LoadConflict]

    init(
        _ chunk: SortedChunk,
        sequence: UInt64,
        policy: LoadConflictPolicy,
        folding: IdentifierFolding,
        _ transaction: Transaction
    ) {
        self.chunk = chunk
        self.sequence = sequence
        self.policy = policy
        self.folding = folding
        self.transaction = transaction
        conflicts = chunk.conflicts
        report.conflictCount = chunk.conflicts.count
        taken.reserveCapacity(chunk.places.count)
    }

    /// Whether the log entry is the chunk as it came.
    var areAllTakenAsGiven: Bool { taken.count == chunk.places.count && names.isEmpty }

    /// Takes the rows, and counts those that are new in `tally`.
    mutating func takeRows(
        isAppending: Bool,
        _ tally: inout IdentifierTally,
        _ buffer: inout WireWriter
    ) throws(LMDBError) {
        var run = IdentifierTally.Run()
        for (index, place) in chunk.places.enumerated() {
            let insertedBefore = report.insertedCount
            if isAppending, try append(place, &buffer) {
                taken.append(index)
                report.insertedCount += 1
            } else {
                try insert(index, place, &buffer)
            }
            if report.insertedCount > insertedBefore { tally.addRun(of: chunk.key(place), &run) }
        }
        tally.end(&run)
    }

    /// Writes the record behind the last one; false: it does not belong there.
    private func append(_ place: SortedChunk.Place, _ buffer: inout WireWriter) throws(LMDBError) -> Bool {
        write(place, name: chunk.name(place).bytes, isNameTheKey: place.isNameTheKey, &buffer)
        do throws(LMDBError) {
            try transaction.put(transaction.tables.records, chunk.key(place), buffer.raw, flags: MDB_APPEND)
            return true
        } catch {
            guard error.code == MDB_KEYEXIST else { throw error }
            return false
        }
    }

    private mutating func insert(
        _ index: Int,
        _ place: SortedChunk.Place,
        _ buffer: inout WireWriter
    ) throws(LMDBError) {
        let key = chunk.key(place)
        guard let value = try transaction.get(transaction.tables.records, key) else {
            write(place, name: chunk.name(place).bytes, isNameTheKey: place.isNameTheKey, &buffer)
            try transaction.put(transaction.tables.records, key, buffer.raw)
            taken.append(index)
            report.insertedCount += 1
            return
        }
        guard let content = Sealed.open(value, key: key), let view = try? StoredRecordView(content.bytes) else {
            // Damaged: only an order to overwrite replaces it.
            guard policy == .overwrite else { return reject(place, .existing) }
            return try overwrite(index, place, registered: nil, &buffer)
        }
        let registered = view.name.byteCount == 0 ? [UInt8](key) : [UInt8](view.name)
        if key.count == StoreKey.digestedByteCount,
            folding.key(of: registered) != folding.key(of: [UInt8](chunk.name(place)))
        {
            return reject(place, .keyCollision)
        }
        let list = chunk.valueList(place)
        let isSame = view.valueList.withUnsafeBytes { $0.order(list) == 0 }
        guard !isSame else {
            report.unchangedCount += 1
            return
        }
        guard policy == .overwrite else { return reject(place, .existing) }
        try overwrite(index, place, registered: registered, &buffer)
    }

    private mutating func overwrite(
        _ index: Int,
        _ place: SortedChunk.Place,
        registered: [UInt8]?,
        _ buffer: inout WireWriter
    ) throws(LMDBError) {
        let (key, name) = (chunk.key(place), chunk.name(place))
        let kept = registered ?? [UInt8](name)
        let isOther = !kept.elementsEqual(name)
        write(place, name: kept.span.bytes, isNameTheKey: kept.elementsEqual(key), &buffer)
        try transaction.put(transaction.tables.records, key, buffer.raw)
        if isOther { names[index] = kept }
        taken.append(index)
        report.overwrittenCount += 1
    }

    private mutating func reject(_ place: SortedChunk.Place, _ reason: LoadConflict.Reason) {
        conflicts.append(LoadConflict(row: place.row, name: [UInt8](chunk.name(place)), reason: reason))
        report.conflictCount += 1
    }

    private func write(
        _ place: SortedChunk.Place,
        name: RawSpan,
        isNameTheKey: Bool,
        _ buffer: inout WireWriter
    ) {
        Sealed.begin(&buffer)
        StoredRecord.write(
            name: name,
            isNameTheKey: isNameTheKey,
            sequence: sequence,
            areAllPublic: place.areAllPublic,
            valueList: chunk.valueList(place).bytes,
            to: &buffer
        )
        Sealed.end(&buffer, key: chunk.key(place))
    }
}
