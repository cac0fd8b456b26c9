import Glibc
import Resolution
import ResolutionProtocol
import StoreSuite
import Testing

@testable import StorageLMDB

@Suite struct BulkLoaderTests {
    private struct Row {
        var name: [UInt8]
        var text: String
    }

    /// Random rows; about one in twenty repeats an earlier name, some are long, some in another case.
    private func rows(_ count: Int, _ random: inout SplitMix) -> [Row] {
        (0..<count).map { _ in
            let number = Int.random(in: 0..<count * 4, using: &random)
            let length = number % 50 == 0 ? 600 + number % 1_000 : 0
            let head = Bool.random(using: &random) ? "88.1/n" : "88.1/N"
            let name = head + String(repeating: "y", count: length) + "\(number)"
            let text = String(repeating: "t", count: Int.random(in: 0..<200, using: &random)) + "\(random.next())"
            return Row(name: Array(name.utf8), text: text)
        }
    }

    private func load(
        _ store: Store,
        _ rows: [Row],
        _ policy: LoadConflictPolicy = .reject
    ) throws -> (LoadReport, [LoadConflict]) {
        let loader = BulkLoader(store: store, policy: policy, unixSeconds: 1, origin: Array("test".utf8))
        for (index, row) in rows.enumerated() {
            var list = WireWriter(capacity: 64)
            list.array([StoreSuite.value(row.text)])
            let refusal = try loader.add(
                try Identifier(row.name),
                valueList: list.bytes,
                areAllPublic: true,
                row: UInt64(index + 1)
            )
            #expect(refusal == nil)
        }
        var conflicts: [LoadConflict] = []
        let report = try loader.finish(report: { conflicts.append($0) })
        return (report, conflicts)
    }

    private func check(_ store: Store, _ model: [[UInt8]: Row], _ place: String) throws {
        var count = 0
        try store.scan { record in
            count += 1
            let wanted = model[ASCIIFolding.uppercased([UInt8](record.name))]
            let values = try? record.decodedValues()
            guard values == wanted.map({ [StoreSuite.value($0.text)] }), [UInt8](record.name) == wanted?.name else {
                Issue.record("\(place): \(String(decoding: [UInt8](record.name), as: UTF8.self))")
                return false
            }
            return true
        }
        #expect(count == model.count, "\(place)")
        let underTest = StoreUnderTest(records: try store.makeReader(), log: store.log, listing: store)
        for (key, row) in model.prefix(2_000) {
            #expect(try underTest.find(key).values == [StoreSuite.value(row.text)], "\(place)")
        }
    }

    @Test func aLoadIsWhatADictionarySays() throws {
        let seed = UInt64.random(in: .min ... .max)
        var random = SplitMix(seed: seed)
        let directory = try TemporaryDirectory()
        var options = smallOptions
        options.mapSizeBytes = 4 << 20
        let store = try makeStore(directory, options)
        var model: [[UInt8]: Row] = [:]
        var repeats: [UInt64: LoadConflict.Reason] = [:]
        var firstRow: [[UInt8]: UInt64] = [:]
        let first = rows(100_000, &random)
        for (index, row) in first.enumerated() {
            let key = ASCIIFolding.uppercased(row.name)
            if let earlier = firstRow[key] {
                repeats[UInt64(index + 1)] = .duplicate(ofRow: earlier)
            } else {
                (firstRow[key], model[key]) = (UInt64(index + 1), row)
            }
        }
        let (report, conflicts) = try load(store, first)
        #expect(report.insertedCount == model.count, "seed \(seed)")
        #expect(report.conflictCount == repeats.count, "seed \(seed)")
        #expect(Dictionary(uniqueKeysWithValues: conflicts.map { ($0.row, $0.reason) }) == repeats, "seed \(seed)")
        try check(store, model, "seed \(seed), first load")
        try loadAgain(store, &model, &random, seed)
    }

    /// A second load into what is there: some new, some the same, some other.
    private func loadAgain(
        _ store: Store,
        _ model: inout [[UInt8]: Row],
        _ random: inout SplitMix,
        _ seed: UInt64
    ) throws {
        var second: [Row] = []
        var (fresh, same, other) = (0, 0, 0)
        for (number, row) in model.values.prefix(3_000).enumerated() {
            switch number % 3 {
            case 0:
                same += 1
                second.append(row)
            case 1:
                other += 1
                second.append(Row(name: ASCIIFolding.uppercased(row.name), text: row.text + "!"))
            default:
                fresh += 1
                second.append(Row(name: Array("88.0/\(number)".utf8), text: "new"))
            }
        }
        let (rejecting, conflicts) = try load(store, second)
        #expect(rejecting.insertedCount == fresh && rejecting.unchangedCount == same, "seed \(seed): \(rejecting)")
        #expect(rejecting.conflictCount == other && conflicts.allSatisfy { $0.reason == .existing }, "seed \(seed)")
        for row in second where row.text == "new" { model[row.name] = row }
        try check(store, model, "seed \(seed), rejecting")
        let (overwriting, none) = try load(store, second, .overwrite)
        #expect(overwriting.overwrittenCount == other && overwriting.unchangedCount == same + fresh, "seed \(seed)")
        #expect(none.isEmpty, "seed \(seed)")
        for row in second {
            let key = ASCIIFolding.uppercased(row.name)
            model[key]?.text = row.text
        }
        try check(store, model, "seed \(seed), overwriting")
        #expect(try store.verify(comparingLog: true) { Issue.record("seed \(seed): \($0)") }.isSound, "seed \(seed)")
    }

    @Test func manyRunsMergeIntoOneOrder() throws {
        let seed = UInt64.random(in: .min ... .max)
        var random = SplitMix(seed: seed)
        let directory = try TemporaryDirectory()
        var keys: [[UInt8]] = []
        let runs = try (0..<37).map { number in
            let arena = LoadArena()
            let run = try LoadRun(in: directory.path)
            for row in 0..<200 {
                let key = Array("K\(Int.random(in: 0..<5_000, using: &random))".utf8)
                keys.append(key)
                // Some rows are larger than a reader's buffer at first.
                let list = [UInt8](repeating: 1, count: row == 7 ? 40_000 : 10)
                let isAdded = key.withUnsafeBytes {
                    arena.append(
                        key: $0,
                        name: key,
                        isNameTheKey: true,
                        valueList: list.span.bytes,
                        areAllPublic: true,
                        row: UInt64(number * 200 + row)
                    )
                }
                #expect(isAdded)
            }
            try arena.forEachSorted { row throws(StoreError) in try run.append(row) }
            try run.finish()
            return run
        }
        var merge = try LoadMerge(runs)
        var (merged, last): ([[UInt8]], LoadRow?) = ([], nil)
        var lastRow: UInt64 = 0
        while let row = merge.current {
            let key = [UInt8](row.key)
            if let previous = merged.last, previous == key { #expect(row.row > lastRow, "seed \(seed)") }
            merged.append(key)
            lastRow = row.row
            last = row
            try merge.advance()
        }
        #expect(last != nil)
        #expect(merged == keys.sorted { $0.lexicographicallyPrecedes($1) }, "seed \(seed)")
    }

    @Test func rowsThatCannotBeAnsweredAreRefused() throws {
        let directory = try TemporaryDirectory()
        let store = try makeStore(directory)
        let loader = BulkLoader(store: store, unixSeconds: 1, origin: [])
        let name = try StoreSuite.identifier("88.1/a")
        func add(_ values: [HandleValue]) throws -> RefusalReason? {
            var list = WireWriter(capacity: 64)
            list.array(values)
            return try loader.add(name, valueList: list.bytes, areAllPublic: true, row: 1)
        }
        #expect(try add([]) == .noValues)
        #expect(try add((0..<2_049).map { StoreSuite.value("", index: $0) }) == .tooManyValues)
        #expect(try add([StoreSuite.value(String(repeating: "x", count: 262_144))]) == .tooLarge)
        #expect(try loader.finish() == LoadReport())
        #expect(try store.log.lastSequence() == 0)
    }
}
