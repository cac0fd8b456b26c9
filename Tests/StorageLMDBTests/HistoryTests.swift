import Resolution
import ResolutionProtocol
import StoreSuite
import Testing

@testable import StorageLMDB

@Suite struct HistoryTests {
    private func put(_ store: Store, _ name: String, _ text: String, day: UInt64) throws {
        let change = Command.Change.put(
            name: try StoreSuite.identifier(name),
            values: [StoreSuite.value(text)],
            expecting: .anything
        )
        _ = try store.apply([Command(change, unixSeconds: day * 86_400, origin: Array("h".utf8))])
    }

    private func load(_ store: Store, _ names: [String], _ text: String, day: UInt64) throws {
        let loader = BulkLoader(store: store, policy: .overwrite, unixSeconds: day * 86_400, origin: Array("l".utf8))
        for (row, name) in names.enumerated() {
            var list = WireWriter(capacity: 64)
            list.array([StoreSuite.value(text)])
            _ = try loader.add(
                try StoreSuite.identifier(name),
                valueList: list.bytes,
                areAllPublic: true,
                row: UInt64(row + 1)
            )
        }
        _ = try loader.finish()
    }

    private func texts(_ store: Store, _ name: String) throws -> [String] {
        try store.log.history(of: try StoreSuite.identifier(name)).map { entry in
            switch entry.kind {
            case .put(_, let values): "put " + String(decoding: values[0].data, as: UTF8.self)
            case .removed: "removed"
            case .load(let records): "load " + String(decoding: records[0].values[0].data, as: UTF8.self)
            case .base(let records): "base " + String(decoding: records[0].values[0].data, as: UTF8.self)
            case .prefix, .prefixRemoved: "prefix"
            }
        }
    }

    @Test func historyIsNewestFirstAndLooksIntoLoads() throws {
        let directory = try TemporaryDirectory()
        let store = try makeStore(directory)
        let long = "88.1/" + String(repeating: "l", count: 1_000)
        try load(store, ["88.1/c", "88.1/a", "88.1/B", long, "88.7"], "1", day: 1)
        try put(store, "88.1/b", "2", day: 2)
        try load(store, ["88.1/b", long], "3", day: 3)
        _ = try store.apply([
            Command(.remove(name: try StoreSuite.identifier("88.1/b"), expecting: .present), unixSeconds: 1, origin: [])
        ])
        #expect(try texts(store, "88.1/b") == ["removed", "load 3", "put 2", "load 1"])
        #expect(try texts(store, "88.1/A") == ["load 1"])
        #expect(try texts(store, long) == ["load 3", "load 1"])
        #expect(try texts(store, "0.NA/88.7") == ["load 1"])
        #expect(try texts(store, "88.1/ab") == [])
        #expect(try store.log.history(of: try StoreSuite.identifier("88.1/b"), limit: 1).count == 1)
        let whole = try store.log.entries(after: 0, limit: 1)
        guard case .load(let records) = try #require(whole.first).kind else {
            Issue.record("not a load")
            return
        }
        #expect(Set(records.map(\.name)) == Set(["88.1/c", "88.1/a", "88.1/B", long, "88.7"].map { Array($0.utf8) }))
    }

    @Test func trimmingKeepsWhatEachIdentifierWas() throws {
        let directory = try TemporaryDirectory()
        let store = try makeStore(directory)
        try load(store, ["88.1/a", "88.1/b", "88.1/c", "88.1/d"], "1", day: 1)
        try put(store, "88.1/a", "2", day: 2)
        try put(store, "88.1/e", "2", day: 2)
        _ = try store.apply([
            Command(
                .remove(name: try StoreSuite.identifier("88.1/b"), expecting: .present),
                unixSeconds: 2 * 86_400,
                origin: []
            ),
            Command(
                .setPrefix(PrefixTerms(prefix: Array("88.1".utf8), state: .homed)),
                unixSeconds: 2 * 86_400,
                origin: []
            ),
        ])
        try put(store, "88.1/c", "50", day: 50)
        #expect(try store.log.trimHistory(keepDays: 30, now: 60 * 86_400) == 4)
        #expect(try texts(store, "88.1/a") == ["base 2"])
        #expect(try texts(store, "88.1/b") == [])
        #expect(try texts(store, "88.1/c") == ["put 50"])
        #expect(try texts(store, "88.1/d") == ["base 1"])
        #expect(try texts(store, "88.1/e") == ["base 2"])
        try put(store, "88.1/d", "61", day: 61)
        #expect(try texts(store, "88.1/d") == ["put 61", "base 1"])
        let kinds = try store.log.entries(after: 0, limit: 100).map(\.kind)
        #expect(kinds.contains { if case .prefix = $0 { true } else { false } }, "a current prefix stays")
        #expect(try store.log.trimHistory(keepDays: 30, now: 60 * 86_400) == 0, "nothing is left to trim")
        #expect(try store.verify(comparingLog: true) { Issue.record("\($0)") }.isSound)
        // Much later the base is old itself: it stays while it says something, and goes when it does not.
        #expect(try store.log.trimHistory(keepDays: 30, now: 200 * 86_400) == 2)
        #expect(try texts(store, "88.1/a") == ["base 2"])
        #expect(try texts(store, "88.1/d") == ["base 61", "base 1"])
        for name in ["88.1/a", "88.1/e"] { try put(store, name, "300", day: 300) }
        _ = try store.log.trimHistory(keepDays: 30, now: 301 * 86_400)
        #expect(try texts(store, "88.1/a") == ["put 300"])
        #expect(try store.verify(comparingLog: true) { Issue.record("\($0)") }.isSound)
        try checkReplay(of: store)
    }

    @Test func aRemovalStaysInTheLogWhileABaseHoldsTheRecord() throws {
        let directory = try TemporaryDirectory()
        let store = try makeStore(directory)
        try load(store, ["88.1/a", "88.1/b", "88.1/c", "88.1/d"], "1", day: 1)
        #expect(try store.log.trimHistory(keepDays: 30, now: 60 * 86_400) == 1, "the load becomes a base")
        let removal = Command.Change.remove(name: try StoreSuite.identifier("88.1/b"), expecting: .present)
        _ = try store.apply([Command(removal, unixSeconds: 61 * 86_400, origin: [])])
        try checkReplay(of: store, "before")
        #expect(try store.log.trimHistory(keepDays: 30, now: 200 * 86_400) == 0, "the base stays, and so it does")
        try checkReplay(of: store, "after")
        for name in ["88.1/a", "88.1/c"] { try put(store, name, "2", day: 201) }
        #expect(try store.log.trimHistory(keepDays: 30, now: 300 * 86_400) > 0, "the base goes")
        try checkReplay(of: store, "without the base")
    }

    @Test func aReplayOfALogGivesTheSameRecords() throws {
        let directory = try TemporaryDirectory()
        let store = try makeStore(directory)
        let long = "88.1/" + String(repeating: "L", count: 1_000)
        try load(store, ["88.1/c", "88.1/a", "88.1/B", long, "88.7"], "1", day: 1)
        try put(store, "88.1/b", "2", day: 2)
        try load(store, ["88.1/b", long], "3", day: 3)
        try put(store, "0.NA/88.1", "4", day: 4)
        var terms = PrefixTerms(prefix: Array("88.1".utf8), state: .homed, status: .disabled)
        terms.identifierCountMax = 9
        let changes: [Command.Change] = [
            .setPrefix(terms), .setPrefix(PrefixTerms(prefix: Array("88.2".utf8), state: .delegated)),
            .removePrefix(prefix: Array("88.2".utf8)),
            .remove(name: try StoreSuite.identifier("88.1/A"), expecting: .present),
        ]
        _ = try store.apply(changes.map { Command($0, unixSeconds: 5, origin: []) })
        try checkReplay(of: store)
        let other = try TemporaryDirectory()
        let empty = try makeStore(other)
        var told: [String] = []
        #expect(try empty.differences(from: store) { table, _ in told.append(table) } == told.count)
        #expect(Set(told) == ["records", "prefixes", "identifiers"], "differences are told")
    }

    @Test func damagedEntriesAreAnError() throws {
        let directory = try TemporaryDirectory()
        let store = try makeStore(directory)
        try put(store, "88.1/a", "1", day: 1)
        try store.environment.write { transaction throws(LMDBError) in
            let key = (1 as UInt64).bigEndianBytes
            guard let value = try transaction.get(transaction.tables.log, key) else { throw .notFound }
            var copy = [UInt8](value)
            copy[12] ^= 1
            try copy.span.bytes.withUnsafeBytes { bytes throws(LMDBError) in
                try transaction.put(transaction.tables.log, key, bytes)
            }
        }
        #expect(throws: ChangeLogError.damaged(reason: LMDBError.damaged.text)) {
            try store.log.entries(after: 0, limit: 10)
        }
    }
}
