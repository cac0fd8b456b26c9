import Glibc
import StoreSuite
import Synchronization
import Testing

@testable import StorageLMDB

/// An index of hints that becomes larger while it serves (decision 21).
@Suite struct HintGrowthTests {
    private static func options(capacity: Int = 100, byteCountMax: Int = 1 << 20) -> StoreOptions {
        var options = IndexedSample.options
        options.index?.capacity = capacity
        options.index?.byteCountMax = byteCountMax
        return options
    }

    /// One short slice: about seven records.
    private static func slice(_ sample: IndexedSample) -> HintSweep.Pace {
        sample.store.environment.sweepHints(nanoseconds: 0)
    }

    /// Slices until nothing is left to do; `between` is called after each with its number.
    private static func grow(_ sample: IndexedSample, between: (Int) throws -> Void = { _ in }) throws {
        for number in 0..<5_000 {
            let pace = slice(sample)
            try between(number)
            if pace == .atRest { return }
        }
        Issue.record("no rest: \(sample.figures)")
    }

    private static func hitShare(_ sample: IndexedSample, _ numbers: Range<Int>) throws -> Double {
        let before = sample.count(.hits)
        for number in numbers { _ = try sample.find(IndexedSample.name(number)) }
        return Double(sample.count(.hits) - before) / Double(numbers.count)
    }

    @Test func aFullTableServesUntilALargerOneIsFilled() throws {
        try withIndexedStore(Self.options()) { sample in
            try sample.put(0..<2_000, version: 1)
            #expect(sample.figures.isFull && sample.figures.capacity == 100)
            let small = sample.figures.byteCount
            #expect(Self.slice(sample) == .atOnce)
            let figures = sample.figures
            #expect(figures.growingCapacity == 2_300 && figures.capacity == 100 && !figures.isFull)
            #expect(figures.byteCount > small + 2_300 * 26)
            #expect(try Self.hitShare(sample, 0..<2_000) > 0.04, "the old one goes on")
            try Self.grow(sample)
            #expect(sample.figures.capacity == 2_300 && sample.figures.growingCapacity == 0)
            #expect(sample.figures.growthCount == 1 && !sample.figures.isFull)
            #expect(sample.figures.byteCount == figures.byteCount - small, "the memory of the old one is given back")
            #expect(try Self.hitShare(sample, 0..<2_000) > 0.98)
            for start in stride(from: 0, to: 2_000, by: 40) { try sample.expect(start..<start + 40, version: 1) }
        }
    }

    @Test func whatChangesMeanwhileIsRightInTheLargerTable() throws {
        try withIndexedStore(Self.options()) { sample in
            try sample.put(0..<1_000, version: 1)
            try Self.grow(sample) { number in
                guard number < 100, sample.figures.growingCapacity > 0 else { return }
                // Some before the place where the sweep is, and some behind it.
                try sample.put(number * 5..<number * 5 + 1, version: 2)
                try sample.remove(number * 5 + 1..<number * 5 + 2)
                try sample.put(900 - number * 5..<901 - number * 5, version: number % 90 == 80 ? 2 : 3)
            }
            #expect(sample.figures.growthCount == 1)
            var changed = 0
            for number in 0..<1_000 {
                let wanted = try sample.stored(number)
                let (found, _) = try sample.find(IndexedSample.name(number))
                #expect(found.values == wanted, "\(number)")
                if wanted != [IndexedSample.value(number, version: 1)] { changed += 1 }
            }
            #expect(changed > 100)
            #expect(try Self.hitShare(sample, 600..<800) > 0.5)
        }
    }

    @Test func itGrowsNoFurtherThanItsMemory() throws {
        let limit = 7_200
        try withIndexedStore(Self.options(byteCountMax: limit)) { sample in
            try sample.put(0..<2_000, version: 1)
            try Self.grow(sample) { _ in #expect(sample.figures.byteCount <= limit) }
            let figures = sample.figures
            #expect(figures.growthCount == 1 && figures.capacity > 125 && figures.capacity < 200)
            #expect(figures.isFull && figures.growingCapacity == 0)
            #expect(Self.slice(sample) == .atRest, "it does not try again and again")
            for start in stride(from: 0, to: 2_000, by: 100) { try sample.expect(start..<start + 30, version: 1) }
        }
    }

    @Test func aTableThatIsEmptiedWhileItGrowsIsFilledAllTheSame() throws {
        try withIndexedStore(Self.options()) { sample in
            try sample.put(0..<1_000, version: 1)
            for _ in 0..<20 { _ = Self.slice(sample) }
            #expect(sample.figures.growingCapacity > 0)
            sample.store.environment.hints?.empty()
            #expect(sample.figures.occupiedCount == 0)
            try sample.expect(0..<30, version: 1, answered: .absent)
            try Self.grow(sample)
            #expect(sample.figures.growthCount == 1)
            #expect(try Self.hitShare(sample, 0..<1_000) > 0.98)
        }
    }

    @Test func d4AMapThatMovesWhileItGrowsEmptiesBoth() throws {
        try withIndexedStore(Self.options()) { sample in
            try sample.put(0..<1_000, version: 1)
            for _ in 0..<20 { _ = Self.slice(sample) }
            let environment = sample.store.environment
            let (before, hints) = (environment.mapByteCount, try #require(environment.hints))
            let growing = try #require(hints.growth?.table)
            try environment.makeRoom(for: before)
            for number in 0..<1_000 {
                let hash = IndexedSample.key(number).withUnsafeBytes { hints.hash(of: $0) }
                #expect(growing.pointee.hint(of: hash).isNone && hints.serving.pointee.hint(of: hash).isNone)
            }
            try Self.grow(sample)
            #expect(sample.figures.growthCount == 1)
            for start in stride(from: 0, to: 1_000, by: 50) { try sample.expect(start..<start + 30, version: 1) }
        }
    }

    @Test func aReaderThatStillHasTheOldTableFindsNothingThere() throws {
        try withIndexedStore(Self.options()) { sample in
            try sample.put(0..<1_000, version: 1)
            let hints = try #require(sample.store.environment.hints)
            let old = hints.serving
            try Self.grow(sample)
            #expect(hints.serving != old && hints.retired == nil)
            for number in 0..<1_000 {
                let hash = IndexedSample.key(number).withUnsafeBytes { hints.hash(of: $0) }
                #expect(old.pointee.hint(of: hash).isNone)
            }
        }
    }

    @Test(arguments: [(1 << 20, "grew from 100 to 2300"), (0, "full")])
    func theWriterThreadGrowsByItselfAndTells(_ byteCountMax: Int, _ expected: String) throws {
        try withIndexedStore(Self.options(byteCountMax: byteCountMax)) { sample in
            try sample.put(0..<2_000, version: 1)
            let told = Told()
            try sample.store.log.start(report: told.note)
            for _ in 0..<6_000 where told.texts.isEmpty { usleep(10_000) }
            sample.store.close()
            #expect(told.texts == [expected])
            try sample.expect(0..<40, version: 1)
        }
    }

    @Test func aTableIsNotLargerThanWhatItsCapacityWasReckonedFrom() throws {
        for byteCount in [0, 64, 300, 4_096, 100_000, 1 << 20, 300 << 20] {
            let capacity = HintTable.capacity(byteCount: byteCount)
            guard capacity > 0 else { continue }
            let table = try #require(HintTable(capacity: capacity, pageByteCount: 4_096, hash: HintHash()))
            defer { table.unmap() }
            #expect(table.byteCount <= byteCount && table.byteCount + 512 > byteCount, "\(byteCount)")
        }
        #expect(HintTable.capacity(byteCount: -1) == 0)
    }
}

/// What the writer thread told of the index.
private final class Told: Sendable {
    private let found = Mutex<[String]>([])

    var texts: [String] { found.withLock { $0 } }

    @Sendable func note(_ event: StoreEvent) {
        switch event {
        case .indexGrew(let from, let to): found.withLock { $0.append("grew from \(from) to \(to)") }
        case .indexFull(let count, let capacity):
            #expect(count >= capacity)
            found.withLock { $0.append("full") }
        default: Issue.record("\(event)")
        }
    }
}
