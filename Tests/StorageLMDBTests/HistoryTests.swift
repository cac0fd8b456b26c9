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

    private func entries(_ store: Store, _ name: String) throws -> [HistoryEntry] {
        var entries: [HistoryEntry] = []
        try store.history(of: try StoreSuite.identifier(name)) { entry, _ in entries.append(entry) }
        return entries
    }

    /// Newest first.
    private func texts(_ store: Store, _ name: String) throws -> [String] {
        try entries(store, name).reversed().map { entry in
            entry.kind == .removed
                ? "removed" : "\(entry.kind) " + String(decoding: entry.values[0].data, as: UTF8.self)
        }
    }

    @Test func historyIsInOrderAndLooksIntoLoads() throws {
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
        var (asked, count) = ([[Int]](), 0)
        try store.history(of: try StoreSuite.identifier("88.1/b")) { done, total in
            asked.append([done, total])
            return done < 2
        } _: { _, _ in
            count += 1
        }
        #expect(asked == [[0, 4], [1, 4], [2, 4]] && count == 2, "it ends where nobody wants more")
        #expect(try entries(store, "88.1/A").map(\.name) == [Array("88.1/a".utf8)], "as registered")
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

    /// Where the log begins, and the identifier as it is.
    private func frame(_ store: Store, _ name: String) throws -> (start: LogStart, present: PresentRecord) {
        try store.history(of: try StoreSuite.identifier(name)) { _, _ in }
    }

    private func text(_ store: Store, _ name: String, day: UInt64) throws -> String {
        var finder = HistoricStateFinder(unixSeconds: day * 86_400)
        let (start, present) = try store.history(of: try StoreSuite.identifier(name)) { entry, start in
            finder.take(entry, start: start)
        }
        return switch finder.state(start: start, present: present) {
        case .present(let entry): String(decoding: entry.values[0].data, as: UTF8.self)
        case .absent: "absent"
        case .unknown(let gap): "\(gap)"
        }
    }

    @Test func whatATrimmedLogDoesNotSayIsUnknown() throws {
        let directory = try TemporaryDirectory()
        let store = try makeStore(directory)
        #expect(try frame(store, "88.1/a").start == LogStart(droppedThrough: 0, unixSeconds: nil))
        try load(store, ["88.1/a", "88.1/b", "88.1/c", "88.1/d"], "1", day: 1)
        try put(store, "88.1/a", "2", day: 2)
        let removal = Command.Change.remove(name: try StoreSuite.identifier("88.1/b"), expecting: .present)
        _ = try store.apply([Command(removal, unixSeconds: 2 * 86_400, origin: [])])
        try put(store, "88.1/c", "50", day: 50)
        for (name, expected) in [("a", ["absent", "1", "2"]), ("b", ["absent", "1", "absent"]), ("e", ["absent"])] {
            for (day, text) in expected.enumerated() {
                #expect(try self.text(store, "88.1/\(name)", day: UInt64(day)) == text, "\(name) on day \(day)")
            }
        }
        #expect(try frame(store, "88.1/a").start == LogStart(droppedThrough: 0, unixSeconds: 86_400))

        #expect(try store.log.trimHistory(keepDays: 30, now: 60 * 86_400) == 3)
        #expect(try frame(store, "88.1/a").start == LogStart(droppedThrough: 3, unixSeconds: 50 * 86_400))
        for name in ["88.1/a", "88.1/b", "88.1/c", "88.1/d", "88.1/e"] {
            #expect(try text(store, name, day: 49) == "beforeStart", "\(name)")
        }
        let bases = try entries(store, "88.1/a")
        #expect(bases.map(\.changeSequence) == [2] && bases.map(\.sequence) == [5])
        for (name, expected) in [("a", "2"), ("b", "absent"), ("c", "50"), ("d", "1"), ("e", "absent")] {
            #expect(try text(store, "88.1/\(name)", day: 50) == expected, "\(name)")
        }
        try put(store, "88.1/d", "70", day: 70)
        #expect(try text(store, "88.1/d", day: 69) == "1", "the base says what was before")
        guard case .present(let name, let sequence, _) = try frame(store, "88.1/D").present else {
            Issue.record("not present")
            return
        }
        #expect(name == Array("88.1/d".utf8) && sequence == 6)
    }

    @Test func aBaseThatIsNoLongerCurrentIsNotBelieved() throws {
        let directory = try TemporaryDirectory()
        let store = try makeStore(directory)
        try load(store, ["88.1/a", "88.1/b", "88.1/c", "88.1/d"], "1", day: 1)
        _ = try store.log.trimHistory(keepDays: 30, now: 60 * 86_400)
        try put(store, "88.1/a", "61", day: 61)
        try put(store, "88.1/b", "150", day: 150)
        try put(store, "88.1/a", "180", day: 180)
        // Drops the put of day 61; the base stays, as half of it is current.
        _ = try store.log.trimHistory(keepDays: 60, now: 200 * 86_400)
        #expect(try texts(store, "88.1/a") == ["put 180", "base 1"])
        #expect(try frame(store, "88.1/a").start.unixSeconds == 150 * 86_400)
        #expect(try text(store, "88.1/a", day: 170) == "changeDropped")
        #expect(try text(store, "88.1/a", day: 180) == "180")
        #expect(try text(store, "88.1/c", day: 170) == "1", "the store has it so now")
    }

    @Test func theTermsOfAPrefixAreInTheHistoryOfItsRecord() throws {
        let directory = try TemporaryDirectory()
        let store = try makeStore(directory)
        try put(store, "0.NA/88.1", "1", day: 1)
        for (day, status) in [(2, PrefixStatus.enabled), (3, .disabled), (40, .underReview)] {
            let terms = PrefixTerms(prefix: Array("88.1".utf8), state: .homed, status: status)
            _ = try store.apply([Command(.setPrefix(terms), unixSeconds: UInt64(day) * 86_400, origin: [])])
        }
        func statuses(_ store: Store) throws -> [PrefixStatus?] {
            try entries(store, "88.1").map { if case .prefix(let row) = $0.kind { row.status } else { nil } }
        }
        #expect(try statuses(store) == [nil, .enabled, .disabled, .underReview])
        #expect(try entries(store, "0.na/88.1").allSatisfy { $0.name == Array("0.NA/88.1".utf8) })
        #expect(try entries(store, "88.1/a").isEmpty)
        #expect(try text(store, "88.1", day: 50) == "1", "the record is as it was")
        #expect(try store.log.trimHistory(keepDays: 30, now: 60 * 86_400) == 3)
        #expect(try statuses(store) == [.underReview, nil])
        #expect(try text(store, "88.1", day: 50) == "1")
        #expect(try store.verify(comparingLog: true) { Issue.record("\($0)") }.isSound, "no index of what was dropped")
        try checkReplay(of: store)
    }

    @Test func aDamagedRecordHasAHistory() throws {
        let directory = try TemporaryDirectory()
        let store = try makeStore(directory)
        try put(store, "88.1/a", "1", day: 1)
        try store.environment.write { transaction throws(LMDBError) in
            let bytes = [UInt8](repeating: 7, count: 40)
            try bytes.span.bytes.withUnsafeBytes { bytes throws(LMDBError) in
                try transaction.put(transaction.tables.records, Array("88.1/A".utf8), bytes)
            }
        }
        #expect(try frame(store, "88.1/a").present == .damaged)
        #expect(try text(store, "88.1/a", day: 2) == "1")
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
        #expect(throws: StoreError.self) { try self.entries(store, "88.1/a") }
    }
}
