internal import Console
internal import EventLoop
internal import Resolution
internal import ResolutionProtocol
internal import StorageLMDB

/// Changes the prefixes of a store and their records, each batch in one transaction.
struct PrefixChanges {
    /// Commands of one transaction.
    private static let commandCountMax = 4_096

    private let keeper: PrefixKeeper
    private let unixSeconds = UInt64(SystemClock.coarseRealtimeSeconds())
    private let origin: [UInt8]

    init(_ keeper: PrefixKeeper, origin: String) {
        self.keeper = keeper
        self.origin = Array(origin.utf8)
    }

    init(_ store: Store, origin: String) {
        self.init(.stopped(store), origin: origin)
    }

    /// What became of the prefixes.
    struct Counts: Equatable {
        /// New ones.
        var added = 0
        /// Those that were there.
        var kept = 0
        /// Prefix records made.
        var records = 0
    }

    /// Homes `prefixes`; each gets a record `0.NA/…` that holds its name, unless it has one.
    func home(_ prefixes: [NamedPrefix]) throws(CommandFailure) -> Counts {
        let known = try states()
        var counts = Counts()
        var commands: [Command.Change] = []
        for prefix in prefixes {
            if known[prefix.prefix] == .homed { counts.kept += 1 } else { counts.added += 1 }
            commands.append(.setPrefix(terms(of: prefix, .homed)))
            guard let name = try? Identifier(prefix.recordName) else { continue }
            commands.append(.put(name: name, values: descriptionValues(of: prefix), expecting: .absent))
        }
        let outcomes = try apply(commands, prefixes)
        for (command, outcome) in zip(commands, outcomes) {
            if case .put = command, case .done = outcome { counts.records += 1 }
        }
        return counts
    }

    /// Delegates `prefixes`: each one's record becomes one with its name and `sites`, which say who is asked instead,
    /// with serials newer than those that stand there (F2).
    func delegate(_ prefixes: [NamedPrefix], to sites: [HandleValue]) throws(CommandFailure) -> Counts {
        let known = try states()
        let standing = try records(of: prefixes.filter { known[$0.prefix] != nil })
        var counts = Counts()
        var commands: [Command.Change] = []
        for prefix in prefixes {
            if known[prefix.prefix] == .delegated { counts.kept += 1 } else { counts.added += 1 }
            commands.append(.setPrefix(terms(of: prefix, .delegated)))
            guard let name = try? Identifier(prefix.recordName) else { continue }
            let routes = DelegationSite.raised(sites, above: standing[prefix.prefix] ?? [])
            let values = prefix.name.isEmpty ? routes : descriptionValues(of: prefix) + routes
            commands.append(.put(name: name, values: values, expecting: .anything))
            counts.records += 1
        }
        _ = try apply(commands, prefixes)
        return counts
    }

    /// Delegates a prefix to a node that may then change its record by itself: the record has the values that `joining`
    /// makes of those that stand there.
    func join(_ prefix: NamedPrefix, _ joining: ([HandleValue]) -> [HandleValue]) throws(CommandFailure) {
        guard let name = try? Identifier(prefix.recordName) else { return }
        let standing = try records(of: [prefix])[prefix.prefix] ?? descriptionValues(of: prefix)
        // One after the other: where the prefix cannot be delegated nobody gets a right to its record.
        _ = try apply([.setPrefix(terms(of: prefix, .delegated))], [prefix])
        _ = try apply([.put(name: name, values: joining(standing), expecting: .anything)], [prefix])
    }

    /// The values of the records of `prefixes`, of those that have one.
    private func records(of prefixes: [NamedPrefix]) throws(CommandFailure) -> [[UInt8]: [HandleValue]] {
        guard !prefixes.isEmpty else { return [:] }
        return try keeper.reading { (store) throws(StoreError) in
            var reader = StoredRecordReader(store: try store.makeReader(), folding: store.folding)
            var records: [[UInt8]: [HandleValue]] = [:]
            for prefix in prefixes {
                if case .found(let record) = reader.read(prefix.recordName) { records[prefix.prefix] = record.values }
            }
            return records
        }
    }

    /// Who names a prefix here means it, even one that was withdrawn.
    private func terms(of prefix: NamedPrefix, _ state: PrefixRow.State) -> PrefixTerms {
        PrefixTerms(prefix: prefix.prefix, state: state, revivesWithdrawn: true)
    }

    /// Gives `prefixes` up; their records stay. Returns those that were not this node's.
    func unhome(_ prefixes: [NamedPrefix], evenWithIdentifiers: Bool) throws(CommandFailure) -> [[UInt8]] {
        let changes = prefixes.map {
            Command.Change.removePrefix(prefix: $0.prefix, evenWithIdentifiers: evenWithIdentifiers)
        }
        let outcomes = try apply(changes, prefixes)
        return zip(prefixes, outcomes).filter { $0.1 == .absent }.map(\.0.prefix)
    }

    private func states() throws(CommandFailure) -> [[UInt8]: PrefixRow.State] {
        Dictionary(try keeper.rows().map { ($0.prefix, $0.state) }) { first, _ in first }
    }

    /// Allots a prefix: it is homed here, and its record holds `values` besides its name. One that is there is refused,
    /// and one that was withdrawn unless `revives`.
    func allot(_ prefix: NamedPrefix, _ values: [HandleValue], revives: Bool) throws(CommandFailure) {
        let terms = PrefixTerms(
            prefix: prefix.prefix,
            state: .homed,
            expecting: .absent,
            revivesWithdrawn: revives
        )
        let known = try keeper.rows().first { $0.prefix == prefix.prefix }
        guard try apply([.setPrefix(terms)], [prefix]) != [.alreadyExists] else {
            let isWithdrawn = known?.state == .withdrawn
            throw CommandFailure(
                isWithdrawn ? .prefixWithdrawn(prefix.prefix) : .prefixKnown(prefix.prefix),
                exit: .conflict
            )
        }
        guard let name = try? Identifier(prefix.recordName) else { return }
        let all = descriptionValues(of: prefix) + values
        _ = try apply([.put(name: name, values: all, expecting: .anything)], [prefix])
    }

    /// Changes the terms of prefixes that are here; returns those that are not.
    func change(
        _ prefixes: [NamedPrefix],
        _ change: (inout PrefixTerms) -> Void
    ) throws(CommandFailure) -> [[UInt8]] {
        let known = try states()
        let changes = prefixes.map { prefix in
            // Of one that is unknown the state does not matter: it is expected to be there.
            let state = known[prefix.prefix].flatMap { $0 == .withdrawn ? nil : $0 } ?? .homed
            var terms = PrefixTerms(prefix: prefix.prefix, state: state, expecting: .present)
            change(&terms)
            return Command.Change.setPrefix(terms)
        }
        let outcomes = try apply(changes, prefixes)
        return zip(prefixes, outcomes).filter { $0.1 == .absent }.map(\.0.prefix)
    }

    private func descriptionValues(of prefix: NamedPrefix) -> [HandleValue] {
        let name = prefix.name.isEmpty ? prefix.prefix : prefix.name
        let timestamp = UInt32(truncatingIfNeeded: unixSeconds)
        return [HandleValue(index: 1, timestamp: timestamp, type: Array("DESC".utf8), data: name)]
    }

    private func apply(
        _ changes: [Command.Change],
        _ prefixes: [NamedPrefix]
    ) throws(CommandFailure) -> [CommandOutcome] {
        var outcomes: [CommandOutcome] = []
        for start in stride(from: 0, to: changes.count, by: Self.commandCountMax) {
            let part = changes[start..<min(start + Self.commandCountMax, changes.count)]
            outcomes += try keeper.apply(part.map { Command($0, unixSeconds: unixSeconds, origin: origin) })
        }
        for (change, outcome) in zip(changes, outcomes) {
            if case .refused(let reason) = outcome {
                if reason == .prefixInUse {
                    throw CommandFailure(.prefixInUse(Self.name(of: change)), exit: .conflict)
                }
                throw CommandFailure(.prefixRefused(Self.name(of: change), reason))
            }
        }
        return outcomes
    }

    private static func name(of change: Command.Change) -> [UInt8] {
        switch change {
        case .setPrefix(let terms): terms.prefix
        case .removePrefix(let prefix, _): prefix
        case .put(let name, _, _), .remove(let name, _): name.bytes
        }
    }
}
