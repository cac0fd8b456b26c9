import Resolution
import ResolutionProtocol
import StoreSuite
import Testing

@testable import StorageLMDB

@Suite struct FormatUpgradeTests {
    /// A store as format 1 had it: no later tables, shorter rows of prefixes.
    private func makeOldStore(_ directory: TemporaryDirectory) throws {
        let store = try makeStore(directory)
        for name in ["88.1/a", "88.1/b", "88.1/" + String(repeating: "l", count: 800), "88.2/a", "0.NA/88.1"] {
            let change = Command.Change.put(
                name: try StoreSuite.identifier(name),
                values: [StoreSuite.value(name)],
                expecting: .absent
            )
            _ = try store.apply([Command(change, unixSeconds: 1, origin: [])])
        }
        try store.environment.write { transaction throws(LMDBError) in
            var writer = WireWriter(capacity: 256)
            for (number, prefix) in ["88.1", "88.2"].enumerated() {
                let key = Array(prefix.utf8)
                try transaction.putSealed(transaction.tables.prefixes, key, in: &writer) { writer in
                    writer.lengthPrefixedBytes(key)
                    writer.uint8(UInt8(number + 1))
                    writer.uint32(UInt32(number + 1))
                }
            }
            var format = store.format
            format.version = 1
            try transaction.putSealed(transaction.tables.meta, FormatRecord.key, in: &writer) { format.write(to: &$0) }
            for (table, _) in Tables.laterNames {
                try transaction.clear(transaction.tables[keyPath: table], isRemoved: true)
            }
        }
    }

    private let rows = [
        PrefixRow(prefix: Array("88.1".utf8), state: .homed, number: 1, status: .enabled, hosting: .hosted),
        PrefixRow(prefix: Array("88.2".utf8), state: .delegated, number: 2, status: .enabled, hosting: .unhosted),
    ]

    @Test func anOldStoreIsBroughtToTheNewFormatOnce() throws {
        let directory = try TemporaryDirectory()
        try makeOldStore(directory)
        for _ in 0..<2 {
            let store = try Store.open(directory: directory.path, options: smallOptions)
            #expect(store.format.version == FormatRecord.currentVersion)
            #expect(try store.prefixRows() == rows)
            #expect(try store.identifierCounts() == [1: 3, 2: 1])
            #expect(try store.verify(comparingLog: true) { Issue.record("\($0)") }.isSound)
        }
        let store = try Store.open(directory: directory.path, options: smallOptions)
        let set = CommandSet([.decided(code: 1, text: [])], unixSeconds: 1)
        try store.log.start()
        defer { store.close() }
        #expect(try store.underTest().apply(set).outcomes == [.decided(code: 1, text: [])])
    }

    @Test func anOldStoreCanBeReadWithoutChangingIt() throws {
        let directory = try TemporaryDirectory()
        try makeOldStore(directory)
        let before = try readFile(directory.path + "/hanjiang.lmdb")
        do {
            var options = smallOptions
            options.isReadOnly = true
            let store = try Store.open(directory: directory.path, options: options)
            #expect(try store.prefixRows() == rows)
            #expect(try store.identifierCounts() == [1: 3, 2: 1])
            #expect(try store.identifierCount(of: Array("88.1".utf8)) == 3)
            #expect(try store.figures().recordCount == 5)
            #expect(try store.log.keptOutcomes(of: [UInt8](repeating: 0, count: 16), row: 0, unixSeconds: 1) == nil)
            #expect(try store.verify(comparingLog: true) { Issue.record("\($0)") }.isSound)
        }
        #expect(try readFile(directory.path + "/hanjiang.lmdb") == before)
    }
}
