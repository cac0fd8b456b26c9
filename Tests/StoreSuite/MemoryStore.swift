public import Resolution
public import ResolutionProtocol

/// A store in memory, with all that the ports promise but durability: for tests, and to show how little an engine
/// needs.
///
/// Commands are carried out as they come. For one thread at a time.
public final class MemoryStore: RecordStore, ChangeLog, RecordListing, @unchecked Sendable {
    // Sendable: the ports ask for it; tests use it from one thread at a time.

    private struct Record {
        var name: [UInt8]
        var sequence: UInt64
        var bytes: [UInt8]
    }

    /// All that commands change, so that an atomic set can be taken back whole.
    private struct Content {
        var records: [[UInt8]: Record] = [:]
        var prefixes: [[UInt8]: PrefixRow] = [:]
        var lastPrefixNumber: UInt32 = 0
        var lastSequence: UInt64 = 0
    }

    private struct OutcomeKey: Hashable {
        var request: [UInt8]
        var firstRow: UInt32
    }

    private let folding: IdentifierFolding
    private var content = Content()
    private var log: [ChangeEntry] = []
    private let keepsLog: Bool
    private var kept: [OutcomeKey: KeptOutcomes] = [:]
    private let lookups = UnsafeMutablePointer<RecordLookup>.allocate(capacity: KeyBatch.capacity)
    /// The records of a batch, while they are lent.
    private var lent: [UInt8] = []

    /// An empty store; without a log, which grows, where nobody reads it.
    public init(
        folding: IdentifierFolding = IdentifierFolding(isSuffixCaseSensitive: false),
        keepsLog: Bool = true
    ) {
        self.folding = folding
        self.keepsLog = keepsLog
        lookups.initialize(repeating: RecordLookup(status: .absent), count: KeyBatch.capacity)
    }

    deinit { lookups.deallocate() }

    /// Looks all keys up.
    public func withRecords(of keys: borrowing KeyBatch, _ body: (borrowing RecordBatch) -> Void) {
        lent.removeAll(keepingCapacity: true)
        var ranges: [Range<Int>?] = []
        for index in 0..<keys.count {
            guard let record = content.records[[UInt8](keys.key(at: index))] else {
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

    /// Carries `set` out at once.
    public func append(
        _ set: CommandSet,
        then: @escaping @Sendable (Result<CommandSetOutcome, ChangeLogError>) -> Void
    ) -> Bool {
        guard set.isWithinBounds else { return false }
        then(.success(apply(set)))
        return true
    }

    /// The kept outcomes that cover `row`.
    public func hasKeptOutcomes(of request: [UInt8], rows: Range<UInt32>, unixSeconds: UInt64) -> Bool {
        rows.contains { keptOutcomes(of: request, row: $0, unixSeconds: unixSeconds) != nil }
    }

    public func keptOutcomes(of request: [UInt8], row: UInt32, unixSeconds: UInt64) -> KeptOutcomes? {
        kept.values.filter { $0.name.request == request && $0.covers(row: row, unixSeconds: unixSeconds) }
            .max { $0.name.firstRow < $1.name.firstRow }
    }

    /// Names in the order of their folded keys.
    public func names(keysBeginWith head: [UInt8], after: [UInt8]?, limit: Int) -> RecordNames {
        guard limit > 0 else { return RecordNames() }
        let keys = content.records.keys.filter { key in
            key.starts(with: head) && after?.lexicographicallyPrecedes(key) ?? true
        }
        .sorted { $0.lexicographicallyPrecedes($1) }
        let part = keys.prefix(min(limit, RecordNames.countMax))
        return RecordNames(
            names: part.compactMap { content.records[$0]?.name },
            after: part.count < keys.count ? part.last : nil
        )
    }

    /// Entries above `sequence`, in order.
    public func entries(after sequence: UInt64, limit: Int) throws(ChangeLogError) -> [ChangeEntry] {
        Array(log.lazy.filter { $0.sequence > sequence }.prefix(max(0, limit)))
    }

    /// All prefixes, in the order of their names.
    public func prefixRows() -> [PrefixRow] {
        content.prefixes.values.sorted { $0.prefix.lexicographicallyPrecedes($1.prefix) }
    }

    /// How many identifiers each prefix has.
    public func identifierCounts() -> [UInt32: UInt64] {
        Dictionary(content.prefixes.values.map { ($0.number, count(of: $0.prefix)) }) { first, _ in first }
    }

    private func count(of prefix: [UInt8]) -> UInt64 {
        let head = prefix + [UInt8(ascii: "/")]
        return UInt64(content.records.keys.count { $0.starts(with: head) })
    }

    /// Carries `set` out, unless that has been done before.
    public func apply(_ set: CommandSet) -> CommandSetOutcome {
        guard let name = set.keeping else { return CommandSetOutcome(outcomes: outcomes(of: set)) }
        let key = OutcomeKey(request: name.request, firstRow: name.firstRow)
        if let kept = kept[key], kept.isAnswer(to: set) { return kept.repeated }
        let outcomes = outcomes(of: set)
        let until = set.unixSeconds + UInt64(name.keepSeconds)
        kept[key] = KeptOutcomes(name: name, outcomes: outcomes, untilUnixSeconds: until)
        return CommandSetOutcome(outcomes: outcomes, note: name.note)
    }

    private func outcomes(of set: CommandSet) -> [CommandOutcome] {
        if let refused = set.refusedOutcomes { return refused }
        let before = set.isAtomic ? content : nil
        var outcomes: [CommandOutcome] = []
        for step in set.steps {
            if let before, let last = outcomes.last, !last.isDone {
                restore(before)
                outcomes = outcomes.map { $0.isDone ? .notApplied : $0 }
                return outcomes + Array(repeating: .notApplied, count: set.steps.count - outcomes.count)
            }
            switch step {
            case .command(let command): outcomes.append(apply(command))
            case .decided(let code, let text): outcomes.append(.decided(code: code, text: text))
            }
        }
        guard let before, let last = outcomes.last, !last.isDone else { return outcomes }
        restore(before)
        return outcomes.map { $0.isDone ? .notApplied : $0 }
    }

    private func apply(_ command: Command) -> CommandOutcome {
        switch command.change {
        case .put(let name, let values, let expecting): return put(name, values, expecting, command)
        case .remove(let name, let expecting):
            let key = folding.key(of: name.bytes)
            if let objection = objection(expecting, content.records[key]) { return objection }
            guard let record = content.records.removeValue(forKey: key) else { return .absent }
            return note(.removed(name: record.name), command)
        case .setPrefix(let terms):
            guard let folded = Self.folded(terms.prefix) else { return .refused(.invalidPrefix) }
            let present = content.prefixes[folded]
            if let objection = terms.objection(to: present) { return objection }
            if present == nil { content.lastPrefixNumber += 1 }
            return set(terms.row(from: present, folded: folded, newNumber: content.lastPrefixNumber), command)
        case .removePrefix(let prefix, let evenWithIdentifiers):
            guard let folded = Self.folded(prefix) else { return .refused(.invalidPrefix) }
            guard let row = content.prefixes[folded], row.state != .withdrawn else { return .absent }
            guard evenWithIdentifiers || count(of: folded) == 0 else { return .refused(.prefixInUse) }
            return set(row.withdrawn, command)
        }
    }

    private func set(_ row: PrefixRow, _ command: Command) -> CommandOutcome {
        content.prefixes[row.prefix] = row
        return note(.prefix(row), command)
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
        if let objection = objection(expecting, content.records[key]) { return objection }
        if content.records[key] == nil, let countMax = quotaReached(by: key) {
            return .quotaReached(countMax: countMax)
        }
        let registered = content.records[key]?.name ?? name.bytes
        let outcome = note(.put(name: registered, values: values), command)
        var writer = WireWriter(capacity: 512)
        let sequence = content.lastSequence
        StoredRecord.write(name: registered, key: key, sequence: sequence, values: values, to: &writer)
        content.records[key] = Record(name: registered, sequence: sequence, bytes: [UInt8](writer.bytes))
        return outcome
    }

    private func quotaReached(by key: [UInt8]) -> UInt64? {
        guard let slash = key.firstIndex(of: UInt8(ascii: "/")) else { return nil }
        let prefix = Array(key[..<slash])
        guard prefix != Array("0.NA".utf8), let countMax = content.prefixes[prefix]?.identifierCountMax else {
            return nil
        }
        return countMax > 0 && count(of: prefix) >= countMax ? countMax : nil
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
        content.lastSequence += 1
        let sequence = content.lastSequence
        guard keepsLog else { return .done(sequence: sequence) }
        log.append(
            ChangeEntry(sequence: sequence, unixSeconds: command.unixSeconds, origin: command.origin, kind: kind)
        )
        return .done(sequence: sequence)
    }

    /// Makes all as it was before an atomic set.
    private func restore(_ before: Content) {
        content = before
        log.removeAll { $0.sequence > before.lastSequence }
    }

    /// The newest sequence number.
    public var lastSequence: UInt64 { content.lastSequence }

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
