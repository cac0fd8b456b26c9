import Resolution
import ResolutionProtocol
import StorageLMDB
import Testing

/// Compares what a store's change log and records hold with what writers asked for: all that was acknowledged, each
/// change whole or not at all, each once and in its order.
struct WriteCheck {
    private static let entryCountMax = 4_096

    /// The last entry that was there when all was settled.
    private var settledSequence: UInt64
    /// Changes that no answer had come for and that were there all the same.
    private(set) var unacknowledgedCount = 0

    /// Begins with what `store` holds before anything is written.
    init(_ store: Store) throws { settledSequence = try store.log.lastSequence() }

    /// After a kill: what has no answer may be there or not.
    mutating func checkKilled(_ store: Store, _ writers: [PlannedWriter.Progress], _ place: String) throws {
        let found = try changes(in: store, place)
        var known = 0
        for writer in writers {
            let counts = writer.plan.identifiers.map { compare(found.states[$0.name] ?? [], with: $0, place) }
            known += counts.reduce(0, +)
            let acknowledged = writer.plan.identifiers.reduce(0) { $0 + $1.acknowledgedCount }
            unacknowledgedCount += max(0, counts.reduce(0, +) - acknowledged)
            for operation in writer.pending where operation.isAtomic {
                let done = operation.places.count { counts[$0.identifier] >= $0.change }
                #expect(
                    done == 0 || done == operation.places.count,
                    "\(place): half an atomic set: \(operation.places)"
                )
            }
        }
        #expect(known == found.count, "\(place): changes that nobody asked for")
        try checkWhole(store, place)
    }

    /// After all has been answered: nothing is missing, and nothing is there twice.
    mutating func checkSettled(_ store: Store, _ writers: [PlannedWriter.Progress], _ place: String) throws {
        let found = try changes(in: store, place)
        var asked = 0
        for identifier in writers.flatMap(\.plan.identifiers) {
            asked += identifier.changeCount
            #expect(
                compare(found.states[identifier.name] ?? [], with: identifier, place) == identifier.changeCount,
                "\(place): \(String(decoding: identifier.name, as: UTF8.self))"
            )
        }
        #expect(asked == found.count, "\(place): \(asked) changes were asked for, and \(found.count) made")
        settledSequence += UInt64(found.count)
        try compareRecords(store, writers, place)
        try checkWhole(store, place)
        try checkReplay(of: store, place)
    }

    /// Compares what became of an identifier with what was asked for; returns how many changes are there.
    private func compare(_ found: [[HandleValue]?], with asked: WrittenIdentifier, _ place: String) -> Int {
        let place = "\(place): \(String(decoding: asked.name, as: UTF8.self))"
        #expect(found.count >= asked.acknowledgedCount, "\(place): an acknowledged change is lost")
        #expect(found.count <= asked.changeCount, "\(place): more changes than were asked for")
        #expect(
            found[...] == asked.states.dropFirst().prefix(found.count),
            "\(place): other changes, or in another order"
        )
        return found.count
    }

    /// What the log says of each identifier since all was settled.
    private func changes(
        in store: Store,
        _ place: String
    ) throws -> (states: [[UInt8]: [[HandleValue]?]], count: Int) {
        var states: [[UInt8]: [[HandleValue]?]] = [:]
        var sequence = settledSequence
        while case let entries = try store.log.entries(after: sequence, limit: Self.entryCountMax), !entries.isEmpty {
            for entry in entries {
                sequence += 1
                #expect(entry.sequence == sequence, "\(place): the log has gaps")
                switch entry.kind {
                case .put(let name, let values): states[name, default: []].append(WrittenIdentifier.comparable(values))
                case .removed(let name): states[name, default: []].append(Optional<[HandleValue]>.none)
                default: Issue.record("\(place): an entry that nobody asked for: \(entry)")
                }
            }
        }
        return (states, Int(sequence - settledSequence))
    }

    private func compareRecords(_ store: Store, _ writers: [PlannedWriter.Progress], _ place: String) throws {
        var records: [[UInt8]: [HandleValue]] = [:]
        let prefix = ASCIIFolding.uppercased(AdministeredNode.prefix)
        let damagedCount = try store.scan(keyPrefix: prefix + Array("/".utf8)) { record in
            if let values = try? record.decodedValues() {
                records[[UInt8](record.name)] = WrittenIdentifier.comparable(values)
            }
            return true
        }
        var wanted: [[UInt8]: [HandleValue]] = [:]
        for identifier in writers.flatMap(\.plan.identifiers) { wanted[identifier.name] = identifier.current }
        #expect(damagedCount == 0 && records == wanted, "\(place): records are not what was asked for")
    }

    private func checkWhole(_ store: Store, _ place: String) throws {
        let verification = try store.verify(comparingLog: true) { Issue.record("\(place): \($0)") }
        #expect(verification.isSound, "\(place)")
    }

    /// Replays the log into an empty store and compares the two byte for byte.
    private func checkReplay(of store: Store, _ place: String) throws {
        let directory = try TestDirectory()
        try store.createTwin(in: directory.path, options: NodeDirectory.storeOptions)
        let twin = try Store.open(directory: directory.path, options: NodeDirectory.storeOptions)
        defer { twin.close() }
        #expect(try twin.replay(from: store) == store.figures().logEntryCount, "\(place): all entries")
        try twin.differences(from: store) { table, key in
            Issue.record("\(place): \(table) differ at \(String(decoding: key, as: UTF8.self))")
        }
    }
}
