package import Resolution
internal import ResolutionProtocol

extension Store {
    /// How far the ledger has come; nil: it has not begun.
    package func ledgerState() throws(StoreError) -> LedgerState? {
        try readLedger { transaction throws(LMDBError) in try LedgerTable.state(transaction) }
    }

    /// All identities that the ledger tells, in their order.
    package func ledgerIdentities() throws(StoreError) -> [LedgerIdentity] {
        try readLedger { transaction throws(LMDBError) in
            guard transaction.tables.hasLedger else { return [] }
            let cursor = try Cursor(transaction, transaction.tables.ledger)
            var identities: [LedgerIdentity] = []
            var found = try cursor.seek([LedgerTable.Kind.identity.rawValue])
            while let row = found, row.key.first == LedgerTable.Kind.identity.rawValue {
                guard let content = Sealed.open(row.value, key: row.key) else { throw .damaged }
                do { identities.append(try LedgerIdentity(wire: [UInt8](content))) } catch { throw .damaged }
                found = try cursor.next()
            }
            return identities
        }
    }

    /// The number of the entry that closed `day`, or, where there is none, the next number to be given.
    package func ledgerEntry(closing day: CountDay) throws(StoreError) -> UInt64 {
        try readLedger { transaction throws(LMDBError) in
            guard let state = try LedgerTable.state(transaction), day < state.nextDay else {
                return try LedgerTable.state(transaction)?.next ?? 0
            }
            // The ledger begins with its first day.
            guard day > state.firstDay else { return 0 }
            return try LedgerTable.entries(of: day, transaction).first ?? state.next
        }
    }

    /// Frames from `place` on, whole parts of at least `byteCount` bytes in all, and where the rest begins; nil: there
    /// is no more.
    package func ledgerFrames(
        from place: LedgerPlace,
        byteCount: Int
    ) throws(StoreError) -> (bytes: [UInt8], next: LedgerPlace?) {
        try readLedger { transaction throws(LMDBError) in
            guard transaction.tables.hasLedger else { return ([], nil) }
            let cursor = try Cursor(transaction, transaction.tables.ledger)
            var bytes: [UInt8] = []
            var found = try cursor.seek(LedgerTable.partKey(place.entry, place.part))
            while let row = found, row.key.first == LedgerTable.Kind.part.rawValue, row.key.count == 13 {
                guard bytes.count < byteCount else { return (bytes, Self.place(in: row.key)) }
                guard let content = Sealed.open(row.value, key: row.key) else { throw .damaged }
                bytes += [UInt8](content)
                found = try cursor.next()
            }
            return (bytes, nil)
        }
    }

    /// The heads of the entries from number `first` on, at most `countMax`.
    package func ledgerHeads(from first: UInt64, countMax: Int) throws(StoreError) -> [LedgerHead] {
        try readLedger { transaction throws(LMDBError) in
            guard let state = try LedgerTable.state(transaction), first < state.next else { return [] }
            var heads: [LedgerHead] = []
            for number in first..<min(state.next, first + UInt64(max(0, countMax))) {
                let key = LedgerTable.partKey(number, 0)
                guard let content = try transaction.content(transaction.tables.ledger, key) else { throw .damaged }
                var reader = LedgerFrameReader()
                reader.append([UInt8](content.prefix(LedgerHead.byteCount + LedgerFrame.overheadByteCount)))
                guard case .frame(let frame, _)? = reader.next(isLast: true),
                    let head = try? LedgerHead(wire: frame.content)
                else { throw .damaged }
                heads.append(head)
            }
            return heads
        }
    }

    private static func place(in key: UnsafeRawBufferPointer) -> LedgerPlace {
        LedgerPlace(
            entry: UInt64(bigEndian: key.loadUnaligned(fromByteOffset: 1, as: UInt64.self)),
            part: UInt32(bigEndian: key.loadUnaligned(fromByteOffset: 9, as: UInt32.self))
        )
    }

    private func readLedger<Value>(
        _ body: (Transaction) throws(LMDBError) -> Value
    ) throws(StoreError) -> Value {
        try Self.lmdb(paths.dataFile, "read the ledger") { () throws(LMDBError) in try environment.read(body) }
    }
}
