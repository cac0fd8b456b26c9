import Glibc
import Resolution
import ResolutionProtocol
import StoreSuite
import Testing

@testable import StorageLMDB

/// How many kills: `HANJIANG_CRASH_CYCLES`, else 3; a tenth of the many kills of sets (`SetCrashTests`).
private var cycleCount: Int {
    getenv("HANJIANG_CRASH_CYCLES").flatMap { Int(String(cString: $0)) }.map { max(3, $0 / 10) } ?? 3
}

@Suite(.serialized) struct CrashTests {
    @Test func d1NoAcknowledgedChangeIsLostByKill() throws {
        let directory = try TemporaryDirectory()
        let data = directory.path + "/data"
        try Store.create(directory: data, options: smallOptions)
        let journalPath = directory.path + "/journal"
        let journal = try #require(SharedWords(path: journalPath, count: CrashModel.identifierCount * 2))
        let seed = UInt64.random(in: .min ... .max)
        var random = SplitMix(seed: seed)
        for cycle in 0..<cycleCount {
            let process = try CrashProcess("changes", data, journalPath)
            // Once at least it comes to acknowledge something, however long it takes to start.
            if cycle == 0 { process.run { Self.acknowledgedCount(journal) > 0 } }
            let killed = process.kill(afterMilliseconds: Int.random(in: 20..<300, using: &random))
            #expect(killed, "seed \(seed), cycle \(cycle): the writer ended by itself")
            try check(data, journal, "seed \(seed), cycle \(cycle)")
        }
        #expect(Self.acknowledgedCount(journal) > 0, "seed \(seed): something was written")
    }

    private static func acknowledgedCount(_ journal: SharedWords) -> UInt64 {
        (0..<CrashModel.identifierCount).reduce(0) { $0 + journal[$1 * 2 + 1] }
    }

    private func check(_ data: String, _ journal: SharedWords, _ place: String) throws {
        let store = try Store.open(directory: data, options: smallOptions)
        let reader = try store.makeReader()
        let underTest = StoreUnderTest(records: reader, log: store.log, listing: store)
        for number in 0..<CrashModel.identifierCount {
            let (asked, acknowledged) = (journal[number * 2], journal[number * 2 + 1])
            let found = try underTest.find(CrashModel.name(number))
            #expect(found.status != .damaged, "\(place): \(number)")
            let isPossible = (acknowledged...max(acknowledged, asked)).contains {
                found.values == CrashModel.values(number, version: $0) ?? []
            }
            #expect(isPossible, "\(place): \(number) at \(acknowledged)...\(asked)")
        }
        let verification = try store.verify(comparingLog: true) { Issue.record("\(place): \($0)") }
        #expect(verification.isSound, "\(place)")
        #expect(verification.logEntryCount == Int(try store.log.lastSequence()), "\(place): entries without gaps")
    }

    @Test func d7SlotsOfReadersThatWereKilledAreFreed() throws {
        let directory = try TemporaryDirectory()
        let data = directory.path + "/data"
        try Store.create(directory: data, options: smallOptions)
        var options = smallOptions
        options.isReadOnly = true
        let store = try Store.open(directory: data, options: options)
        let process = try CrashProcess("hold", data, directory.path + "/held")
        while access(directory.path + "/held", F_OK) != 0 { usleep(5_000) }
        #expect(store.environment.checkReaders() == 0, "it lives")
        #expect(process.kill(afterMilliseconds: 0))
        #expect(store.environment.checkReaders() == 1)
    }

    @Test func d5AFaultInTheMapIsReported() throws {
        let directory = try TemporaryDirectory()
        let data = directory.path + "/data"
        try Store.create(directory: data, options: smallOptions)
        do {
            let store = try Store.open(directory: data, options: smallOptions)
            let change = try CrashModel.change(10, version: 1)
            _ = try store.apply([Command(change, unixSeconds: 1, origin: [])])
            for number in 0..<200 {
                _ = try store.apply([Command(try CrashModel.change(number, version: 2), unixSeconds: 1, origin: [])])
            }
        }
        let process = try CrashProcess("fault", data, directory.path + "/errors")
        #expect(process.wait() == 1)
        let text = String(decoding: try readFile(directory.path + "/errors"), as: UTF8.self)
        #expect(text.contains("the data file is damaged"))
        #expect(text.contains("数据文件已损坏"))
    }

    @Test func d1NothingCountedIsLostByKill() throws {
        let directory = try TemporaryDirectory()
        let data = directory.path + "/data"
        var options = smallOptions
        try Store.create(directory: data, options: options)
        let journal = try #require(SharedWords(path: directory.path + "/journal", count: 1))
        for cycle in 0..<3 {
            let process = try CrashProcess("count", data, directory.path + "/journal")
            if cycle == 1 { process.run { journal[0] > 1_000 } }
            #expect(process.kill(afterMilliseconds: cycle % 2 == 0 ? 300 : 1_600), "the counter ended by itself")
            let store = try Store.open(directory: data, options: options)
            // Each kill may come between counting and noting so.
            let range = journal[0]...journal[0] + UInt64(cycle + 1)
            #expect(range.contains(try total(store)), "before the fold")
            try store.log.start()
            #expect(range.contains(try total(store)), "after the fold")
            store.close()
        }
        options.workers = 2
        let store = try Store.open(directory: data, options: options)
        #expect(try total(store) >= journal[0])
        #expect(journal[0] > 1_000)
    }

    private func total(_ store: Store) throws -> UInt64 {
        try store.counts.days().reduce(0) { try $0 + store.counts.totals(of: $1).total.requests }
    }

    @Test func d1ALoadThatIsKilledLeavesCompleteTransactionsAndCanBeRepeated() throws {
        let rowCount = 40_000
        let seed = UInt64.random(in: .min ... .max)
        var random = SplitMix(seed: seed)
        let directory = try TemporaryDirectory()
        let data = directory.path + "/data"
        try Store.create(directory: data, options: smallOptions)
        var counts: [Int] = []
        for _ in 0..<2 {
            let process = try CrashProcess("load", data, "\(rowCount)")
            _ = process.kill(afterMilliseconds: Int.random(in: 1_000..<6_000, using: &random))
            let store = try Store.open(directory: data, options: smallOptions)
            var number = 0
            try store.scan { record in
                // Complete up to some key, and nothing behind it.
                let isNext = [UInt8](record.name) == LoadModel.name(number)
                if !isNext { Issue.record("seed \(seed): not row \(number)") }
                number += 1
                return isNext
            }
            counts.append(number)
            #expect(try store.verify(comparingLog: true) { Issue.record("seed \(seed): \($0)") }.isSound)
        }
        let store = try Store.open(directory: data, options: smallOptions)
        let loader = BulkLoader(store: store, unixSeconds: 1, origin: [])
        for number in 0..<rowCount {
            var list = WireWriter(capacity: 512)
            list.array(LoadModel.values(number))
            let name = try Identifier(LoadModel.name(number))
            #expect(try loader.add(name, valueList: list.bytes, areAllPublic: true, row: UInt64(number)) == nil)
        }
        let report = try loader.finish { _ in
        } report: {
            Issue.record("seed \(seed): \($0)")
        }
        #expect(report.unchangedCount == counts.last)
        #expect(report.unchangedCount + report.insertedCount == rowCount)
        #expect(try store.recordCount() == rowCount)
    }
}
