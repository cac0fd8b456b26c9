import Resolution
import ResolutionProtocol
import StoreSuite
import Testing

@testable import StorageLMDB

@Suite struct IdentifierTableTests {
    private func load(_ store: Store, _ names: [String], _ text: String) throws {
        let loader = BulkLoader(store: store, policy: .overwrite, unixSeconds: 1, origin: [])
        for (row, name) in names.enumerated() {
            var list = WireWriter(capacity: 64)
            list.array([StoreSuite.value(text)])
            let identifier = try StoreSuite.identifier(name)
            _ = try loader.add(identifier, valueList: list.bytes, areAllPublic: true, row: UInt64(row + 1))
        }
        _ = try loader.finish()
    }

    private func counts(_ store: Store) throws -> [String: UInt64] {
        let counts = try store.environment.read { transaction throws(LMDBError) in
            let kept = try IdentifierTable.counts(transaction)
            #expect(try IdentifierTable.recount(transaction) == kept, "kept and counted")
            return kept
        }
        return Dictionary(counts.map { (String(decoding: $0.key, as: UTF8.self), $0.value) }) { first, _ in first }
    }

    @Test func loadsAndCommandsAreCountedExactly() throws {
        try withStore { store, underTest in
            let long = String(repeating: "l", count: 700)
            try load(store, ["88.1/a", "88.2/b", "88.1/c" + long, "0.NA/88.1", "88.2"], "1")
            #expect(try counts(store) == ["88.1": 2, "88.2": 1])
            try load(store, ["88.1/A", "88.1/d", "88.3/e", "88.2/B"], "2")
            #expect(try counts(store) == ["88.1": 3, "88.2": 1, "88.3": 1], "what was replaced is not counted twice")
            for name in ["88.3/E", "88.1/c" + long] {
                let removal = Command.Change.remove(name: try StoreSuite.identifier(name), expecting: .present)
                #expect(try underTest.apply(removal).isDone)
            }
            #expect(try counts(store) == ["88.1": 2, "88.2": 1])
            try load(store, (0..<20_000).map { "88.\($0 % 3)/x\($0)" }, "3")
            #expect(try counts(store) == ["88.0": 6_667, "88.1": 6_669, "88.2": 6_667])
        }
    }

    @Test func whatIsTooLongForAPrefixIsNotCounted() throws {
        try withStore { store, _ in
            let longest = "88." + String(repeating: "p", count: 252)
            try load(store, [longest + "/a", longest + "p/b"], "1")
            #expect(try counts(store) == [longest.uppercased(): 1])
        }
    }

    @Test func aDamagedNumberIsCountedAnew() throws {
        try withStore { store, underTest in
            var terms = PrefixTerms(prefix: Array("88.1".utf8), state: .homed)
            terms.identifierCountMax = 3
            _ = try underTest.apply(.setPrefix(terms))
            try load(store, ["88.1/a", "88.1/b"], "1")
            func damage() throws {
                try store.environment.write { transaction throws(LMDBError) in
                    let bytes = [UInt8](repeating: 7, count: 16)
                    try bytes.span.bytes.withUnsafeBytes { bytes throws(LMDBError) in
                        try transaction.put(transaction.tables.identifiers, terms.prefix, bytes)
                    }
                }
            }
            func put(_ name: String) throws -> CommandOutcome {
                let name = try StoreSuite.identifier(name)
                return try underTest.apply(.put(name: name, values: [StoreSuite.value("v")], expecting: .absent))
            }
            try damage()
            #expect(try store.identifierCounts() == [1: 2])
            #expect(try put("88.1/c").isDone)
            #expect(try counts(store) == ["88.1": 3])
            try damage()
            #expect(try put("88.1/d") == .quotaReached(countMax: 3))
        }
    }
}
