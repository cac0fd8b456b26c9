internal import Console
internal import EventLoop
internal import Resolution
internal import ResolutionProtocol
internal import StorageLMDB

/// Changes the prefixes of a store and their records, each batch in one transaction.
struct PrefixChanges {
    /// Commands of one transaction.
    private static let commandCountMax = 4_096

    private let store: Store
    private let unixSeconds = UInt64(SystemClock.coarseRealtimeSeconds())
    private let origin: [UInt8]

    init(_ store: Store, origin: String) {
        self.store = store
        self.origin = Array(origin.utf8)
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

    /// Delegates `prefixes`: each one's record becomes one with its name and `value`, which says who is asked instead.
    func delegate(_ prefixes: [NamedPrefix], to value: HandleValue) throws(CommandFailure) -> Counts {
        let known = try states()
        var counts = Counts()
        var commands: [Command.Change] = []
        for prefix in prefixes {
            if known[prefix.prefix] == .delegated { counts.kept += 1 } else { counts.added += 1 }
            commands.append(.setPrefix(terms(of: prefix, .delegated)))
            guard let name = try? Identifier(prefix.recordName) else { continue }
            let values = prefix.name.isEmpty ? [value] : descriptionValues(of: prefix) + [value]
            commands.append(.put(name: name, values: values, expecting: .anything))
            counts.records += 1
        }
        _ = try apply(commands, prefixes)
        return counts
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
        do throws(StoreError) {
            return Dictionary(try store.prefixRows().map { ($0.prefix, $0.state) }) { first, _ in first }
        } catch {
            throw CommandFailure(.store(error))
        }
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
            do throws(StoreError) {
                outcomes += try store.apply(part.map { Command($0, unixSeconds: unixSeconds, origin: origin) })
            } catch {
                throw CommandFailure(.store(error))
            }
        }
        for (change, outcome) in zip(changes, outcomes) {
            if case .refused(let reason) = outcome {
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
