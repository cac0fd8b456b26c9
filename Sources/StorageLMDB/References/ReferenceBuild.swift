internal import CLMDB
internal import Resolution
internal import ResolutionProtocol

/// Brings the table of references to what is wanted when a store is opened for writing: none, or one for some types
/// with the rows of every record.
struct ReferenceBuild {
    /// Records of one transaction: what is built so far is kept when the process ends.
    private static let recordCountMax = 10_000

    let environment: Environment
    let format: FormatRecord

    /// The index to write with from now on; nil: there is none.
    func run(_ wanted: ReferenceOption) throws(LMDBError) -> ReferenceIndex? {
        var kept = try environment.read { transaction throws(LMDBError) in try Self.state(transaction) }
        let types: [[UInt8]]
        switch wanted {
        case .off:
            let count = try environment.read { transaction throws(LMDBError) in
                try transaction.count(transaction.tables.references)
            }
            if count > 0 { try clear(nil) }
            return nil
        case .asStored:
            guard let kept else { return nil }
            types = kept.types
        case .on(let named): types = named
        }
        // Records that were changed without it since would lack their rows.
        let last = try environment.read { transaction throws(LMDBError) in try transaction.state().lastSequence }
        if kept?.types != types || kept?.lastSequence != last {
            var begun = ReferenceState(types: types)
            begun.lastSequence = last
            kept = begun
            try clear(kept)
        }
        let index = ReferenceIndex(types: types, format: format)
        while let state = kept, !state.isComplete {
            kept = try environment.write { transaction throws(LMDBError) in
                try build(index, from: state, transaction)
            }
        }
        return index
    }

    /// The index of a store that is only read; nil: it is not complete, or there is none.
    func asItIs() throws(LMDBError) -> ReferenceIndex? {
        try environment.read { transaction throws(LMDBError) in
            guard let state = try Self.state(transaction), state.isComplete,
                state.lastSequence == (try transaction.state().lastSequence)
            else { return nil }
            return ReferenceIndex(types: state.types, format: format)
        }
    }

    /// How far the table is built; nil: there is none, or it does not say.
    private static func state(_ transaction: Transaction) throws(LMDBError) -> ReferenceState? {
        guard transaction.tables.hasReferences,
            let value = try transaction.get(transaction.tables.references, ReferenceState.key)
        else { return nil }
        let content = ReferenceState.key.withUnsafeBytes { Sealed.open(value, key: $0) }
        return content.flatMap { try? ReferenceState(wire: [UInt8]($0)) }
    }

    /// Empties the table, and begins it anew with `state`.
    private func clear(_ state: ReferenceState?) throws(LMDBError) {
        try environment.write { transaction throws(LMDBError) in
            try transaction.clear(transaction.tables.references)
            try state?.keep(transaction)
        }
    }

    /// Adds the rows of the next records.
    private func build(
        _ index: ReferenceIndex,
        from state: ReferenceState,
        _ transaction: Transaction
    ) throws(LMDBError) -> ReferenceState {
        var next = state
        let cursor = try Cursor(transaction, transaction.tables.records)
        var found = try cursor.seek(state.position)
        for _ in 0..<Self.recordCountMax {
            guard let entry = found else { break }
            next.position = [UInt8](entry.key)
            try index.add(entry.key, entry.value, transaction)
            found = try cursor.next()
        }
        next.isComplete = found == nil
        next.lastSequence = try transaction.state().lastSequence
        try next.keep(transaction)
        return next
    }
}
