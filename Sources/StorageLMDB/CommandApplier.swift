internal import CLMDB
internal import Resolution
internal import ResolutionProtocol

/// Applies commands within one write transaction: precondition, record, log entry and indexes together.
struct CommandApplier: ~Copyable {
    /// The one that is written in: the group's, or the nested one of a set.
    var transaction: Transaction
    let folding: IdentifierFolding
    let storeKey: StoreKey
    /// What of it a nested transaction that is given up takes back.
    var numbers: Numbers
    var writer = WireWriter(capacity: 4_096)
    /// Called after each command.
    let giveWay: () -> Void

    /// What a transaction counts.
    struct Numbers {
        var state: StoreState
        var tally = IdentifierTally()
        /// Limits of the prefixes met so far.
        var identifierCountsMax: [[UInt8]: UInt64] = [:]
    }

    /// Begins with the numbers as the transaction finds them.
    init(
        _ transaction: Transaction,
        format: FormatRecord,
        giveWay: @escaping () -> Void = {}
    ) throws(LMDBError) {
        self.transaction = transaction
        self.giveWay = giveWay
        folding = format.folding
        storeKey = StoreKey(secret: format.secret)
        numbers = Numbers(state: try transaction.state())
    }

    /// Keeps the numbers; called once, before the commit.
    mutating func finish() throws(LMDBError) {
        try numbers.tally.write(transaction, in: &writer)
        try transaction.setState(numbers.state, in: &writer)
    }

    /// Decides on `command` and carries it out. Where it throws `damaged`, nothing has been written.
    mutating func apply(_ command: Command) throws(LMDBError) -> CommandOutcome {
        switch command.change {
        case .put(let name, let values, let expecting): try put(name, values, expecting, command)
        case .remove(let name, let expecting): try remove(name, expecting, command)
        case .setPrefix(let terms): try set(terms, command)
        case .removePrefix(let prefix, let evenWithIdentifiers):
            try remove(prefix: prefix, evenWithIdentifiers: evenWithIdentifiers, command)
        }
    }

    /// What is under a key: the name as registered, and the sequence number; nil: nothing.
    private struct Present {
        var name: [UInt8]
        var sequence: UInt64?
        var isOther: Bool
    }

    private func present(_ key: [UInt8], folded: [UInt8]) throws(LMDBError) -> Present? {
        guard let value = try transaction.get(transaction.tables.records, key) else { return nil }
        let content = key.withUnsafeBytes { Sealed.open(value, key: $0) }
        guard let content, let view = try? StoredRecordView(content.bytes) else {
            // Damaged: it exists, but says nothing of itself; a put without conditions replaces it.
            return Present(name: [], sequence: nil, isOther: false)
        }
        let name = view.name.byteCount == 0 ? key : [UInt8](view.name)
        let isOther = key.count == StoreKey.digestedByteCount && folding.key(of: name) != folded
        return Present(name: name, sequence: view.sequence, isOther: isOther)
    }

    /// What `expecting` makes of what is there; nil: it holds.
    private func objection(
        _ expecting: Command.Expectation,
        _ present: Present?
    ) throws(LMDBError) -> CommandOutcome? {
        if let present, present.isOther { return .refused(.keyCollision) }
        switch (expecting, present) {
        case (.anything, _), (.absent, nil), (.present, .some): return nil
        case (.absent, .some): return .alreadyExists
        case (.present, nil), (.sequence, nil): return .absent
        case (.sequence(let wanted), .some(let present)):
            guard let current = present.sequence else { throw .damaged }
            return current == wanted ? nil : .sequenceDiffers(current: current)
        }
    }

    private mutating func put(
        _ name: Identifier,
        _ values: [HandleValue],
        _ expecting: Command.Expectation,
        _ command: Command
    ) throws(LMDBError) -> CommandOutcome {
        if let reason = RecordLimits.refusal(name: name.bytes, values: values) { return .refused(reason) }
        let folded = folding.key(of: name.bytes)
        let key = storeKey.key(of: folded)
        let present = try present(key, folded: folded)
        if let objection = try objection(expecting, present) { return objection }
        if present == nil {
            if let countMax = try quotaReached(by: key) { return .quotaReached(countMax: countMax) }
            numbers.tally.add(1, key: key)
        }
        let registered = present.flatMap { $0.name.isEmpty ? nil : $0.name } ?? name.bytes
        let sequence = nextSequence()
        Sealed.begin(&writer)
        StoredRecord.write(name: registered, key: key, sequence: sequence, values: values, to: &writer)
        key.withUnsafeBytes { Sealed.end(&writer, key: $0) }
        try transaction.put(transaction.tables.records, key, writer.raw)
        try log(.put, sequence, command, of: folded) { writer in
            writer.lengthPrefixedBytes(registered)
            writer.array(values)
        }
        return .done(sequence: sequence)
    }

    private mutating func remove(
        _ name: Identifier,
        _ expecting: Command.Expectation,
        _ command: Command
    ) throws(LMDBError) -> CommandOutcome {
        let folded = folding.key(of: name.bytes)
        let key = storeKey.key(of: folded)
        let present = try present(key, folded: folded)
        if let objection = try objection(expecting, present) { return objection }
        guard let present else { return .absent }
        let sequence = nextSequence()
        try transaction.delete(transaction.tables.records, key)
        numbers.tally.add(-1, key: key)
        let registered = present.name.isEmpty ? name.bytes : present.name
        try log(.removed, sequence, command, of: folded) { $0.lengthPrefixedBytes(registered) }
        return .done(sequence: sequence)
    }

    mutating func nextSequence() -> UInt64 {
        numbers.state.lastSequence += 1
        return numbers.state.lastSequence
    }

    /// Writes the entry `sequence`, and the index of the history for the identifier `folded`; of a prefix that of its
    /// record.
    mutating func log(
        _ kind: LogEntry.Kind,
        _ sequence: UInt64,
        _ command: Command,
        of folded: [UInt8],
        _ body: (inout WireWriter) -> Void
    ) throws(LMDBError) {
        try transaction.putSealed(
            transaction.tables.log,
            sequence.bigEndianBytes,
            flags: MDB_APPEND,
            in: &writer
        ) { writer in
            LogEntry.writeHead(kind, unixSeconds: command.unixSeconds, origin: command.origin, to: &writer)
            body(&writer)
        }
        let key = storeKey.historyHash(of: folded).bigEndianBytes + sequence.bigEndianBytes
        try transaction.put(transaction.tables.history, key, UnsafeRawBufferPointer(start: nil, count: 0))
    }
}
