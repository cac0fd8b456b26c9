public import Resolution
public import ResolutionProtocol

/// A store in memory, with all that the ports promise but durability: for tests, and to show how little an engine
/// needs.
///
/// Commands are carried out as they come. For one thread at a time.
public final class MemoryStore: RecordStore, ChangeLog, @unchecked Sendable {
    // Sendable: the ports ask for it; tests use it from one thread at a time.

    private struct Record {
        var name: [UInt8]
        var sequence: UInt64
        var bytes: [UInt8]
    }

    private let folding: IdentifierFolding
    private var records: [[UInt8]: Record] = [:]
    private var prefixes: [[UInt8]: PrefixRow] = [:]
    private var lastPrefixNumber: UInt32 = 0
    private var log: [ChangeEntry] = []
    private let lookups = UnsafeMutablePointer<RecordLookup>.allocate(capacity: KeyBatch.capacity)
    /// The records of a batch, while they are lent.
    private var lent: [UInt8] = []

    /// An empty store.
    public init(folding: IdentifierFolding = IdentifierFolding(isSuffixCaseSensitive: false)) {
        self.folding = folding
        lookups.initialize(repeating: RecordLookup(status: .absent), count: KeyBatch.capacity)
    }

    deinit { lookups.deallocate() }

    /// Looks all keys up.
    public func withRecords(of keys: borrowing KeyBatch, _ body: (borrowing RecordBatch) -> Void) {
        lent.removeAll(keepingCapacity: true)
        var ranges: [Range<Int>?] = []
        for index in 0..<keys.count {
            guard let record = records[[UInt8](keys.key(at: index))] else {
                ranges.append(nil)
                continue
            }
            ranges.append(lent.count..<lent.count + record.bytes.count)
            lent += record.bytes
        }
        lent.withUnsafeBytes { bytes in
            for (index, range) in ranges.enumerated() {
                lookups[index] = RecordLookup(status: .absent)
                guard let range, let base = bytes.baseAddress else { continue }
                lookups[index] = RecordLookup(
                    status: .found,
                    address: base + range.lowerBound,
                    byteCount: range.count
                )
            }
            let batch = RecordBatch(lookups: lookups, count: ranges.count, owner: keys)
            body(batch)
        }
    }

    /// Carries `command` out at once.
    public func append(
        _ command: Command,
        then: @escaping @Sendable (Result<CommandOutcome, ChangeLogError>) -> Void
    ) -> Bool {
        then(.success(apply(command)))
        return true
    }

    /// Entries above `sequence`, in order.
    public func entries(after sequence: UInt64, limit: Int) throws(ChangeLogError) -> [ChangeEntry] {
        Array(log.lazy.filter { $0.sequence > sequence }.prefix(max(0, limit)))
    }

    /// All prefixes, in the order of their names.
    public func prefixRows() -> [PrefixRow] {
        prefixes.values.sorted { $0.prefix.lexicographicallyPrecedes($1.prefix) }
    }

    private func apply(_ command: Command) -> CommandOutcome {
        switch command.change {
        case .put(let name, let values, let expecting): return put(name, values, expecting, command)
        case .remove(let name, let expecting):
            let key = folding.key(of: name.bytes)
            if let objection = objection(expecting, records[key]) { return objection }
            guard let record = records.removeValue(forKey: key) else { return .absent }
            return note(.removed(name: record.name), command)
        case .setPrefix(let prefix, let state):
            guard let folded = Self.folded(prefix) else { return .refused(.invalidPrefix) }
            if prefixes[folded] == nil { lastPrefixNumber += 1 }
            var row = prefixes[folded] ?? PrefixRow(prefix: folded, state: state, number: lastPrefixNumber)
            row.state = state
            prefixes[folded] = row
            return note(.prefix(row), command)
        case .removePrefix(let prefix):
            guard let folded = Self.folded(prefix) else { return .refused(.invalidPrefix) }
            guard prefixes.removeValue(forKey: folded) != nil else { return .absent }
            return note(.prefixRemoved(prefix: folded), command)
        }
    }

    private func put(
        _ name: Identifier,
        _ values: [HandleValue],
        _ expecting: Command.Expectation,
        _ command: Command
    ) -> CommandOutcome {
        guard !values.isEmpty else { return .refused(.noValues) }
        guard values.count <= 2_048 else { return .refused(.tooManyValues) }
        guard values.reduce(0, { $0 + $1.wire.count }) < Envelope.messageLengthMax - 4_096 else {
            return .refused(.tooLarge)
        }
        let key = folding.key(of: name.bytes)
        if let objection = objection(expecting, records[key]) { return objection }
        let registered = records[key]?.name ?? name.bytes
        let outcome = note(.put(name: registered, values: values), command)
        var writer = WireWriter(capacity: 512)
        let sequence = UInt64(log.count)
        StoredRecord.write(name: registered, key: key, sequence: sequence, values: values, to: &writer)
        records[key] = Record(name: registered, sequence: sequence, bytes: [UInt8](writer.bytes))
        return outcome
    }

    private func objection(_ expecting: Command.Expectation, _ record: Record?) -> CommandOutcome? {
        switch (expecting, record) {
        case (.anything, _), (.absent, nil), (.present, .some): nil
        case (.absent, .some): .alreadyExists
        case (.present, nil), (.sequence, nil): .absent
        case (.sequence(let wanted), .some(let record)):
            record.sequence == wanted ? nil : .sequenceDiffers(current: record.sequence)
        }
    }

    private func note(_ kind: ChangeEntry.Kind, _ command: Command) -> CommandOutcome {
        let sequence = UInt64(log.count + 1)
        log.append(
            ChangeEntry(sequence: sequence, unixSeconds: command.unixSeconds, origin: command.origin, kind: kind)
        )
        return .done(sequence: sequence)
    }

    private static func folded(_ prefix: [UInt8]) -> [UInt8]? {
        var folded = ASCIIFolding.uppercased(prefix)
        if folded.starts(with: IdentifierGrammar.prefixRecordHead) {
            folded.removeFirst(IdentifierGrammar.prefixRecordHead.count)
        }
        let segments = folded.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard (try? Identifier(folded)) != nil, !folded.contains(UInt8(ascii: "/")) else { return nil }
        return segments.contains { $0.isEmpty } ? nil : folded
    }
}
