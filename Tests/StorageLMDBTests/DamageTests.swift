import Glibc
import Resolution
import ResolutionProtocol
import StoreSuite
import Synchronization
import Testing

@testable import StorageLMDB

@Suite struct DamageTests {
    private static let marks = (0..<200).map { "mark-\($0)-" + String(repeating: "m", count: 100) }

    @Test func d5FlippedBitsAreFoundAndNeverAnswered() throws {
        let directory = try TemporaryDirectory()
        let path = directory.path + "/hanjiang.lmdb"
        do {
            let store = try makeStore(directory)
            var commands: [Command] = []
            for (number, mark) in Self.marks.enumerated() {
                let name = try StoreSuite.identifier("88.1/\(number)")
                commands.append(
                    Command(
                        .put(name: name, values: [StoreSuite.value(mark)], expecting: .absent),
                        unixSeconds: 1,
                        origin: []
                    )
                )
            }
            _ = try store.apply(commands)
        }
        let seed = UInt64.random(in: .min ... .max)
        var random = SplitMix(seed: seed)
        var bytes = try readFile(path)
        var flipped: Set<Int> = []
        for number in 0..<20 {
            let mark = Array(Self.marks[number * 10].utf8)
            let places = Self.places(of: mark, in: bytes)
            #expect(places.count >= 2, "record and log entry")
            for place in places {
                let offset = place + Int.random(in: 0..<mark.count, using: &random)
                bytes[offset] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            }
            flipped.insert(number * 10)
        }
        try writeFile(path, bytes)
        try checkDamage(directory, flipped, seed)
    }

    private static func places(of mark: [UInt8], in bytes: [UInt8]) -> [Int] {
        var places: [Int] = []
        bytes.withUnsafeBytes { all in
            guard let base = all.baseAddress else { return }
            for start in 0...all.count - mark.count where memcmp(base + start, mark, mark.count) == 0 {
                places.append(start)
            }
        }
        return places
    }

    private func checkDamage(_ directory: TemporaryDirectory, _ flipped: Set<Int>, _ seed: UInt64) throws {
        let store = try Store.open(directory: directory.path, options: smallOptions)
        let events = EventList()
        try store.log.start { events.note($0) }
        defer { store.close() }
        let underTest = try store.underTest()
        for (number, mark) in Self.marks.enumerated() {
            let found = try underTest.find(Array("88.1/\(number)".utf8))
            if flipped.contains(number) {
                #expect(found.status == .damaged, "seed \(seed), \(number)")
            } else {
                #expect(found.values == [StoreSuite.value(mark)], "seed \(seed), \(number)")
            }
        }
        #expect(try store.figures().damagedCount == flipped.count)
        var reports: [DamageReport] = []
        let verification = try store.verify { reports.append($0) }
        #expect(verification.recordCount == 200)
        #expect(reports.filter { $0.part == .record }.count == flipped.count)
        #expect(reports.filter { $0.part == .logEntry }.count == flipped.count)
        #expect(verification.damagedCount == reports.count)
        #expect(reports.allSatisfy { $0.fileOffset != nil && $0.page != nil })
        #expect(reports.contains { $0.keyHex == Array("88.1/0".utf8).map { String($0, radix: 16) }.joined() })
        #expect(try store.scan { _ in true } == flipped.count)
        try events.wait { $0.contains { if case .damaged = $0 { true } else { false } } }
        // A change without conditions puts it right.
        let name = try StoreSuite.identifier("88.1/0")
        _ = try underTest.apply(.put(name: name, values: [StoreSuite.value("new")], expecting: .anything))
        #expect(try underTest.find(name.bytes).values == [StoreSuite.value("new")])
    }

    @Test func d5RecordUnderAForeignKeyIsDamaged() throws {
        try withStore { store, underTest in
            _ = try StoreSuite.identifier("88.1/a")
            for name in ["88.1/A", "88.1/B"] {
                _ = try underTest.apply(
                    .put(name: try StoreSuite.identifier(name), values: [StoreSuite.value(name)], expecting: .absent)
                )
            }
            try store.environment.write { transaction throws(LMDBError) in
                let records = transaction.tables.records
                guard let value = try transaction.get(records, Array("88.1/A".utf8)) else { throw .notFound }
                let copy = [UInt8](value)
                try copy.span.bytes.withUnsafeBytes { bytes throws(LMDBError) in
                    try transaction.put(records, Array("88.1/B".utf8), bytes)
                }
            }
            #expect(try underTest.find(Array("88.1/B".utf8)).status == .damaged)
            #expect(try underTest.find(Array("88.1/A".utf8)).status == .found)
        }
    }

    @Test func anotherLongNameWithTheSameKeyIsNeverConfused() throws {
        try withStore { store, underTest in
            let tail = String(repeating: "x", count: 800)
            let (a, b) = (try StoreSuite.identifier("88.1/\(tail)A"), try StoreSuite.identifier("88.1/\(tail)B"))
            _ = try underTest.apply(.put(name: a, values: [StoreSuite.value("a")], expecting: .absent))
            // Puts a's record under b's key, sealed for it, as if their digests were the same.
            let key = StoreKey(secret: store.format.secret).key(of: store.folding.key(of: b.bytes))
            try store.environment.write { transaction throws(LMDBError) in
                var writer = WireWriter(capacity: 2_048)
                try transaction.putSealed(transaction.tables.records, key, in: &writer) {
                    StoredRecord.write(
                        name: a.bytes,
                        key: key,
                        sequence: 1,
                        values: [StoreSuite.value("a")],
                        to: &$0
                    )
                }
            }
            #expect(try underTest.find(b.bytes).status == .absent)
            let outcome = try underTest.apply(.put(name: b, values: [StoreSuite.value("b")], expecting: .anything))
            #expect(outcome == .refused(.keyCollision))
            #expect(try underTest.apply(.remove(name: b, expecting: .anything)) == .refused(.keyCollision))
        }
    }
}

/// Events of a store, as they come.
final class EventList: Sendable {
    private let events = Mutex<[StoreEvent]>([])

    func note(_ event: StoreEvent) { events.withLock { $0.append(event) } }

    var all: [StoreEvent] { events.withLock { $0 } }

    /// Waits until `isEnough`; gives up after a long while.
    func wait(until isEnough: ([StoreEvent]) -> Bool) throws {
        for _ in 0..<3_000 {
            if isEnough(all) { return }
            usleep(10_000)
        }
        Issue.record("the events that were waited for did not come")
    }
}
