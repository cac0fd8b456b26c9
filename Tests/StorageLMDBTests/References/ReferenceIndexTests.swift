import Resolution
import ResolutionProtocol
import StoreSuite
import Testing

@testable import StorageLMDB

/// The table of references: kept with the records, built where it is missing, checked (docs/trace.md).
@Suite struct ReferenceIndexTests {
    private static func options(_ references: ReferenceOption) -> StoreOptions {
        var options = smallOptions
        options.references = references
        return options
    }

    private static func command(_ name: String, _ targets: [String], type: String = "REFERENCE") throws -> Command {
        let values = targets.enumerated().map {
            HandleValue(index: UInt32($0 + 1), type: Array(type.utf8), data: Array($1.utf8))
        }
        let url = HandleValue(index: 9, type: Array("URL".utf8), data: Array("88.1/no-reference".utf8))
        return Command(
            .put(name: try StoreSuite.identifier(name), values: values + [url], expecting: .anything),
            unixSeconds: 1,
            origin: []
        )
    }

    private static func removal(_ name: String) throws -> Command {
        Command(.remove(name: try StoreSuite.identifier(name), expecting: .anything), unixSeconds: 1, origin: [])
    }

    private static func referrers(_ store: Store, _ name: String) throws -> Set<String>? {
        try store.referrers(of: Array(name.utf8), limit: 100).map {
            Set($0.names.map { String(decoding: $0, as: UTF8.self) })
        }
    }

    private static func isSound(_ directory: TemporaryDirectory) throws -> Bool {
        var options = smallOptions
        options.isReadOnly = true
        let store = try Store.open(directory: directory.path, options: options)
        defer { store.close() }
        return try store.verify { _ in }.isSound
    }

    /// Opens the store once more, for the time of `body`.
    private static func reopen<Value>(
        _ directory: TemporaryDirectory,
        _ references: ReferenceOption,
        _ body: (Store) throws -> Value
    ) throws -> Value {
        let store = try Store.open(directory: directory.path, options: options(references))
        defer { store.close() }
        return try body(store)
    }

    /// Makes the store, open for the time of `body`: its lock goes with it.
    private static func made(
        _ directory: TemporaryDirectory,
        _ references: ReferenceOption,
        _ body: (Store) throws -> Void
    ) throws {
        try Store.create(directory: directory.path, options: options(references))
        try reopen(directory, references, body)
    }

    /// Who refers to 88.1/bottle, once the store has been opened once more.
    private static func reopened(
        _ directory: TemporaryDirectory,
        _ references: ReferenceOption
    ) throws -> Set<String>? {
        try reopen(directory, references) { store throws -> Set<String>? in try referrers(store, "88.1/bottle") }
    }

    @Test func changesOfRecordsAreChangesOfTheTable() throws {
        let directory = try TemporaryDirectory()
        let long = "88.1/" + String(repeating: "l", count: 1_500)
        do {
            let store = try makeStore(directory, Self.options(.on(types: [])))
            defer { store.close() }
            _ = try store.apply([
                Self.command("88.1/Case-1", ["88.1/bottle", "88.1/other"]),
                Self.command("88.1/case-2", ["88.1/BOTTLE"]),
                Self.command(long, ["88.1/bottle", long]), Self.command("88.1/x", ["88.1/bottle"], type: "PART"),
            ])
            #expect(try Self.referrers(store, "88.1/Bottle") == ["88.1/Case-1", "88.1/case-2", long])
            #expect(try Self.referrers(store, long) == [long])
            #expect(try Self.referrers(store, "88.1/no-reference") == [])
            _ = try store.apply([
                Self.command("88.1/case-1", ["88.1/other"]), Self.removal("88.1/case-2"),
                Self.command(long, ["88.1/bottle"]),
            ])
            #expect(try Self.referrers(store, "88.1/bottle") == [long])
            #expect(try Self.referrers(store, "88.1/other") == ["88.1/Case-1"])
            #expect(try Self.referrers(store, long) == [])
            #expect(try store.referrers(of: Array("88.1/bottle".utf8), limit: 0)?.isWhole == false)
        }
        #expect(try Self.isSound(directory))
    }

    @Test func aLoadKeepsItUp() throws {
        let directory = try TemporaryDirectory()
        do {
            let store = try makeStore(directory, Self.options(.on(types: [])))
            defer { store.close() }
            _ = try store.apply([try Self.command("88.1/b5", ["88.1/old"])])
            try Self.load(store, count: 300)
            #expect(try Self.referrers(store, "88.1/shared")?.count == 100)
            #expect(try Self.referrers(store, "88.1/own-7") == ["88.1/b7"])
            #expect(try Self.referrers(store, "88.1/old") == [])
        }
        #expect(try Self.isSound(directory))
    }

    private static func load(_ store: Store, count: Int) throws {
        let loader = BulkLoader(store: store, policy: .overwrite, unixSeconds: 1, origin: [])
        for number in 0..<count {
            var list = WireWriter(capacity: 64)
            list.array([
                HandleValue(index: 1, type: Array("REFERENCE".utf8), data: Array("88.1/own-\(number)".utf8)),
                HandleValue(index: 2, type: Array("REFERENCE".utf8), data: Array("88.1/shared".utf8)),
            ])
            let name = try StoreSuite.identifier("88.1/b\(number)")
            _ = try loader.add(name, valueList: list.bytes, areAllPublic: true, row: UInt64(number + 1))
        }
        _ = try loader.finish()
    }

    @Test func aStoreWithoutItGetsItWhenOpenedAndLosesItAgain() throws {
        let directory = try TemporaryDirectory()
        try Self.made(directory, .off) { store in
            _ = try store.apply([
                Self.command("88.1/a", ["88.1/bottle"]), Self.command("88.1/b", ["88.1/bottle"], type: "PART"),
            ])
            let found = try Self.referrers(store, "88.1/bottle")
            #expect(found == nil)
        }
        #expect(try Self.reopened(directory, .on(types: [])) == ["88.1/a"])
        // Tools that know no configuration keep up what is there.
        try Self.reopen(directory, .asStored) { store in
            _ = try store.apply([Self.command("88.1/c", ["88.1/bottle"])])
            let found = try Self.referrers(store, "88.1/bottle")
            #expect(found == ["88.1/a", "88.1/c"])
        }
        #expect(try Self.isSound(directory))
        let types = [Array("part".utf8)]
        #expect(try Self.reopened(directory, .on(types: types)) == ["88.1/a", "88.1/b", "88.1/c"])
        #expect(try Self.reopened(directory, .off) == nil)
        #expect(try Self.reopened(directory, .asStored) == nil)
        #expect(try Self.isSound(directory))
    }

    @Test func whatWasWrittenWithoutItIsFoundOutAndBuiltAnew() throws {
        let directory = try TemporaryDirectory()
        try makeStore(directory, Self.options(.on(types: []))).close()
        try Self.reopen(directory, .asStored) { store in
            // As an earlier build would write: it does not know the table.
            store.environment.keep(nil)
            _ = try store.apply([Self.command("88.1/a", ["88.1/bottle"])])
        }
        #expect(try Self.reopened(directory, .asStored) == ["88.1/a"])
    }

    @Test func aBuildThatWasInterruptedGoesOn() throws {
        let directory = try TemporaryDirectory()
        try Self.made(directory, .on(types: [])) { store in
            _ = try store.apply(try (0..<50).map { try Self.command("88.1/n\(10 + $0)", ["88.1/bottle"]) })
            try store.environment.write { transaction throws(LMDBError) in
                // As after the first 20 records.
                try transaction.clear(transaction.tables.references)
                var state = ReferenceState(types: [])
                state.position = Array("88.1/N29".utf8)
                state.lastSequence = try transaction.state().lastSequence
                try state.keep(transaction)
            }
            store.environment.keep(nil)
        }
        #expect(try Self.reopened(directory, .asStored)?.count == 31)
        // It takes the walk's word for what lies before; the check does not.
        #expect(try !Self.isSound(directory))
    }

    @Test func theCheckFindsRowsThatAreMissingAndRowsThatAreTooMany() throws {
        for isMissing in [true, false] {
            let directory = try TemporaryDirectory()
            try Self.made(directory, .on(types: [])) { store in
                _ = try store.apply([try Self.command("88.1/a", ["88.1/bottle"])])
                try Self.spoil(store, isMissing: isMissing)
            }
            #expect(try !Self.isSound(directory), "missing: \(isMissing)")
        }
    }

    /// Removes the row of 88.1/a, or adds one that no record should have.
    private static func spoil(_ store: Store, isMissing: Bool) throws {
        let index = try #require(store.environment.references)
        let record = Array("88.1/A".utf8)
        try store.environment.write { transaction throws(LMDBError) in
            guard let row = try Self.row(of: record, index, transaction) else { throw .damaged }
            if isMissing {
                try transaction.delete(transaction.tables.references, row)
            } else {
                var writer = WireWriter(capacity: 64)
                let wrong = Array(row.reversed())
                try transaction.putSealed(transaction.tables.references, wrong, in: &writer) { $0.bytes(record) }
            }
        }
    }

    private static func row(
        of record: [UInt8],
        _ index: ReferenceIndex,
        _ transaction: Transaction
    ) throws(LMDBError) -> [UInt8]? {
        guard let value = try transaction.get(transaction.tables.records, record) else { return nil }
        return record.withUnsafeBytes { index.rowKeys(of: $0, value).first }
    }

    @Test func aBackupLeavesItOut() throws {
        let state = ReferenceState(types: [Array("part.".utf8), []])
        let wire = state.wire
        #expect(try ReferenceState(wire: wire) == state)
        for count in 0..<wire.count { #expect((try? ReferenceState(wire: Array(wire[..<count]))) == nil) }
        let directory = try TemporaryDirectory()
        let store = try makeStore(directory, Self.options(.on(types: [])))
        defer { store.close() }
        _ = try store.apply([try Self.command("88.1/a", ["88.1/bottle"])])
        let names = try store.environment.read { transaction throws(LMDBError) in
            transaction.tables.present.map(\.name)
        }
        #expect(!names.contains("references") && names.contains("records"))
    }
}
