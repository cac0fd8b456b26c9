import Testing

@testable import Resolution

/// The page is a file's layout: asserted by byte offsets.
@Suite struct CountPageTests {
    private static let slotCount = 8
    private static let sourceCount = 16
    private static let day = CountDay(number: 19_676)

    /// Zeroed memory for one page, freed at the end.
    private final class Memory {
        let base: UnsafeMutableRawPointer
        let byteCount = CountPage.byteCount(slotCount: slotCount, sourceCount: sourceCount)

        init() {
            base = .allocate(byteCount: byteCount, alignment: 4_096)
            base.initializeMemory(as: UInt8.self, repeating: 0, count: byteCount)
        }

        deinit { base.deallocate() }

        func word(at offset: Int) -> UInt64 { base.load(fromByteOffset: offset, as: UInt64.self) }

        func page(
            day: CountDay = CountPageTests.day,
            worker: Int = 3,
            slots: Int = slotCount,
            sources: Int = sourceCount
        )
            -> CountPage?
        {
            CountPage(at: base, day: day, worker: worker, slotCount: slots, sourceCount: sources)
        }

        /// Offsets of all words that are not 0.
        var offsetsInUse: [Int] { stride(from: 0, to: byteCount, by: 8).filter { word(at: $0) != 0 } }
    }

    @Test func sizes() {
        #expect(CountPage.byteCount(slotCount: 8, sourceCount: 16) == 4_096 + 8 * 256 + 16 * 32)
        #expect(CountPage.byteCount(slotCount: 1, sourceCount: 1) == 4_096 + 256 + 32)
    }

    @Test func header() throws {
        let memory = Memory()
        let page = try #require(memory.page())
        #expect(memory.word(at: 0) == 0x686A_636F_756E_7401)
        #expect(memory.word(at: 8) == 19_676)
        #expect(memory.word(at: 16) == 3)
        #expect(memory.word(at: 24) == 8)
        #expect(memory.word(at: 32) == 16)
        #expect(memory.offsetsInUse == [0, 8, 16, 24, 32])
        #expect(page.day == Self.day)
    }

    @Test func aDayBefore1970IsKept() {
        let memory = Memory()
        #expect(memory.page(day: CountDay(number: -5))?.day == CountDay(number: -5))
    }

    @Test func aQueryOfASlotLiesWhereTheLayoutSays() throws {
        let memory = Memory()
        let page = try #require(memory.page())
        page.note(prefix: 5, origin: .enterprise, isFound: true, latencyNanoseconds: 1_234, secondOfDay: 77)
        let slot = 4_096 + 5 * 256
        // Second 77 has the second place of the last four seconds: in the header word 32, in the slot word 22 onwards.
        let inSlot = [2, 8, 12, 13, 14, 15, 23].map { slot + 8 * $0 }
        #expect(Array(memory.offsetsInUse.dropFirst(5)) == [8 * 33] + inSlot)
        #expect(memory.word(at: 8 * 33) == 1 << 17 | 77)
        #expect(memory.word(at: slot + 8 * 2) == 1)
        #expect(memory.word(at: slot + 8 * 8) == 1)
        #expect(memory.word(at: slot + 8 * 12) == 1_234)
        #expect(memory.word(at: slot + 8 * 13) == 1_234 << 17 | 77)
        #expect(memory.word(at: slot + 8 * 14) == 1_234 << 17 | 77)
        #expect(memory.word(at: slot + 8 * 15) == 1 << 17 | 77)
        #expect(memory.word(at: slot + 8 * 23) == 1 << 17 | 77)
    }

    @Test func aQueryFromInsideLiesBehind() throws {
        let memory = Memory()
        let page = try #require(memory.page())
        page.note(prefix: 0, origin: .own, isFound: false, latencyNanoseconds: 9, secondOfDay: 86_399)
        let inSlot = [5, 17, 18, 19, 20, 29].map { 4_096 + 8 * $0 }
        #expect(Array(memory.offsetsInUse.dropFirst(5)) == [8 * 39] + inSlot)
        #expect(page.totals(of: 0).shortest(outside: false) == .init(value: 9, secondOfDay: 86_399))
    }

    @Test func totalsOfTheHeaderLieWhereTheLayoutSays() throws {
        let memory = Memory()
        let page = try #require(memory.page())
        for origin in OriginClass.allCases {
            for _ in 0...origin.rawValue { page.noteRepeated(origin) }
            #expect(memory.word(at: 8 * (8 + Int(origin.rawValue))) == UInt64(origin.rawValue) + 1)
            #expect(page.repeated(origin) == UInt64(origin.rawValue) + 1)
        }
        page.note(prefix: 8, origin: .external, isFound: true, latencyNanoseconds: 1, secondOfDay: 1)
        #expect(memory.word(at: 8 * 16) == 1)
        #expect(page.withoutSlot == 1)
        #expect(page.totals(of: 0).requests == 1)
        let fill = QuerySource(high: 1, low: 0, prefixLength: 128)
        for number in 0..<17 {
            let source = QuerySource(high: fill.high, low: UInt64(number), prefixLength: 128)
            page.note(source: source, hash: 0, origin: .monitoring)
        }
        #expect(memory.word(at: 8 * (24 + 4)) == 1)
        #expect(page.otherSources(.monitoring) == 1)
        #expect(page.sources.totals().count == 16)
    }

    @Test func aSourceLiesWhereTheLayoutSays() throws {
        let memory = Memory()
        let page = try #require(memory.page())
        let source = QuerySource(high: 0x2001_0DB8_0000_0100, low: 5, prefixLength: 56)
        for _ in 0..<3 { page.note(source: source, hash: 18, origin: .recursive) }
        let entry = 4_096 + 8 * 256 + 2 * 32
        #expect(memory.word(at: entry) == 0x2001_0DB8_0000_0100)
        #expect(memory.word(at: entry + 8) == 5)
        #expect(memory.word(at: entry + 16) == UInt64(1 << 63 | 56 << 8 | 1 as UInt64))
        #expect(memory.word(at: entry + 24) == 3)
    }

    @Test func anotherDayWorkerOrSizeIsRefused() throws {
        let memory = Memory()
        _ = try #require(memory.page())
        #expect(memory.page() != nil)
        #expect(memory.page(day: CountDay(number: 19_677)) == nil)
        #expect(memory.page(worker: 2) == nil)
        #expect(memory.page(slots: 7) == nil)
        #expect(memory.page(sources: 8) == nil)
        memory.base.storeBytes(of: CountPage.magic + 1, as: UInt64.self)
        #expect(memory.page() == nil)
    }

    @Test func aPageTakenAgainGoesOn() throws {
        let memory = Memory()
        let page = try #require(memory.page())
        page.note(prefix: 1, origin: .external, isFound: true, latencyNanoseconds: 5, secondOfDay: 1)
        let again = try #require(memory.page())
        again.note(prefix: 1, origin: .external, isFound: false, latencyNanoseconds: 3, secondOfDay: 1)
        #expect(page.totals(of: 1).requests == 2)
        #expect(page.totals(of: 1).successes == 1)
        #expect(page.totals(of: 1).peak(outside: true) == .init(value: 2, secondOfDay: 1))
        #expect(page.totals(of: 1).shortest(outside: true) == .init(value: 3, secondOfDay: 1))
    }

    @Test func numbersOutsideThePageReadAsNothing() throws {
        let memory = Memory()
        let page = try #require(memory.page())
        page.note(prefix: 7, origin: .external, isFound: true, latencyNanoseconds: 5, secondOfDay: 1)
        for number in [-1, 8, .max, .min] {
            #expect(page.totals(of: number) == CountTotals())
            #expect(page.receivedCount(of: number) == 0)
            page.restore(page.totals(of: 7), to: number)
        }
        #expect(page.receivedCount(of: 7) == 1)
        #expect(page.withoutSlot == 0)
    }

    @Test func restoreNeverTakesAnythingAway() throws {
        let memory = Memory()
        let page = try #require(memory.page())
        for second in 0..<5 {
            page.note(prefix: 2, origin: .external, isFound: true, latencyNanoseconds: 50, secondOfDay: UInt64(second))
        }
        let kept = page.totals(of: 2)
        let other = Memory()
        let fresh = try #require(other.page())
        fresh.restore(kept, to: 2)
        #expect(fresh.totals(of: 2) == kept)
        fresh.restore(kept, to: 2)
        #expect(fresh.totals(of: 2) == kept)
        // What was counted since stays; an older state changes nothing.
        fresh.note(prefix: 2, origin: .external, isFound: true, latencyNanoseconds: 20, secondOfDay: 9)
        fresh.restore(kept, to: 2)
        #expect(fresh.totals(of: 2).requests == 6)
        #expect(fresh.totals(of: 2).shortest(outside: true) == .init(value: 20, secondOfDay: 9))
        #expect(fresh.receivedCount(of: 2) == 6)
        #expect(fresh.totals(of: 1) == CountTotals())
    }
}
