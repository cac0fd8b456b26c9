import Resolution
import Synchronization
import Testing

@testable import idnode

/// What was counted on all days but today.
@Suite struct PastCountsTests {
    /// A ledger whose days each have as many requests as their number says.
    private final class Ledger: CountLedger {
        let dayNumbers: [Int32]

        init(_ dayNumbers: [Int32]) { self.dayNumbers = dayNumbers }

        func page(worker: Int, day: CountDay) -> CountPage? { nil }

        func totals(of day: CountDay) throws(ChangeLogError) -> DayTotals {
            var totals = DayTotals(day: day)
            var words = [UInt64](repeating: 0, count: CountSlot.usedWordCount)
            words[0] = UInt64(day.number)
            totals.byPrefix[1] = CountTotals(words: words)
            return totals
        }

        func days() throws(ChangeLogError) -> [CountDay] { dayNumbers.map { CountDay(number: $0) } }
    }

    @Test func `S11 days before today are summed once, some at each asking`() throws {
        let ledger = Ledger(Array(1...200))
        let noon = CountDay(number: 200).startUnixSeconds + 43_200
        let counts = PastCounts(clock: { 0 })
        var askings = 1
        while counts.totals(of: ledger, unixSeconds: noon) == nil, askings < 10 { askings += 1 }
        #expect(askings == (199 + PastCounts.dayCountMax - 1) / PastCounts.dayCountMax)
        let expected = try (1...199).reduce(UInt64(0)) { sum, day in
            sum + (try ledger.totals(of: CountDay(number: Int32(day))).total.requests)
        }
        #expect(expected > 0)
        #expect(counts.totals(of: ledger, unixSeconds: noon)?.requests == expected)
        #expect(counts.totals(of: Ledger([]), unixSeconds: noon)?.requests == expected, "they are not read again")
    }

    @Test func `S11 an asking ends where days take long, and reads one at least`() {
        let time = Atomic<UInt64>(0)
        let counts = PastCounts(clock: { time.add(PastCounts.nanosecondsMax, ordering: .relaxed).newValue })
        let noon = CountDay(number: 4).startUnixSeconds + 43_200
        let ledger = Ledger([1, 2, 3])
        #expect(counts.totals(of: ledger, unixSeconds: noon) == nil)
        #expect(counts.totals(of: ledger, unixSeconds: noon) == nil)
        #expect(counts.totals(of: ledger, unixSeconds: noon) != nil)
    }

    @Test func `S11 early in a day the one before is read again`() {
        let start = CountDay(number: 3).startUnixSeconds
        let counts = PastCounts()
        #expect(counts.totals(of: Ledger([1]), unixSeconds: start + 1) != nil)
        let later = counts.totals(of: Ledger([1, 2]), unixSeconds: start + 2)?.requests ?? 0
        #expect(later > counts.totals(of: Ledger([1]), unixSeconds: start + 3)?.requests ?? 0)
    }

    @Test func `E1 days that a clock ahead counted in are not forgotten, and tomorrow may go on`() {
        let counts = PastCounts(clock: { 0 })
        let noon = CountDay(number: 100).startUnixSeconds + 43_200
        #expect(counts.totals(of: Ledger([99, 100, 101, 4_000]), unixSeconds: noon)?.requests == 99 + 101 + 4_000)
        // Every asking reads tomorrow, and only that.
        #expect(counts.totals(of: Ledger([]), unixSeconds: noon)?.requests == 99 + 101 + 4_000)
        #expect(counts.totals(of: Ledger([99, 100]), unixSeconds: noon + 86_400)?.requests == 99 + 100)
    }
}
