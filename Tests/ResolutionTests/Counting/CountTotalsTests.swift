import Resolution
import Testing

/// How copies of counters are put together: over workers by adding, over states of one worker by merging.
@Suite struct CountTotalsTests {
    private static func random(_ generator: inout SeededGenerator) -> CountTotals {
        CountTotals(
            words: (0..<22).map { index in
                let isPacked = (13...16).contains(index) || (18...21).contains(index)
                if generator.below(4) == 0 { return 0 }
                return isPacked
                    ? UInt64(generator.below(1_000)) << 17 | UInt64(generator.below(86_400))
                    : UInt64(generator.below(1_000))
            }
        )
    }

    private func merged(_ a: CountTotals, _ b: CountTotals) -> CountTotals {
        var result = a
        result.merge(b)
        return result
    }

    private func added(_ a: CountTotals, _ b: CountTotals) -> CountTotals {
        var result = a
        result.add(b)
        return result
    }

    @Test func mergeIsIdempotentCommutativeAssociativeAndMonotone() {
        var generator = SeededGenerator(seed: SeededGenerator.seed(for: "CountTotals.merge", or: 11))
        for _ in 0..<2_000 {
            let (a, b, c) = (Self.random(&generator), Self.random(&generator), Self.random(&generator))
            #expect(merged(a, a) == a)
            #expect(merged(a, CountTotals()) == a)
            #expect(merged(a, b) == merged(b, a))
            #expect(merged(merged(a, b), c) == merged(a, merged(b, c)))
            #expect(merged(merged(a, b), b) == merged(a, b))
            for origin in OriginClass.allCases {
                #expect(merged(a, b).received(origin) == max(a.received(origin), b.received(origin)))
                #expect(merged(a, b).found(origin) == max(a.found(origin), b.found(origin)))
            }
        }
    }

    @Test func addIsCommutativeAndAssociativeAndSumsCounters() {
        var generator = SeededGenerator(seed: SeededGenerator.seed(for: "CountTotals.add", or: 12))
        for _ in 0..<2_000 {
            let (a, b, c) = (Self.random(&generator), Self.random(&generator), Self.random(&generator))
            #expect(added(a, CountTotals()) == a)
            #expect(added(a, b) == added(b, a))
            #expect(added(added(a, b), c) == added(a, added(b, c)))
            #expect(added(a, b).requests == a.requests + b.requests)
            #expect(added(a, b).successes == a.successes + b.successes)
            for outside in [true, false] {
                let sum = added(a, b)
                #expect(
                    sum.latencySumNanoseconds(outside: outside)
                        == a.latencySumNanoseconds(outside: outside) + b.latencySumNanoseconds(outside: outside)
                )
                let shortest = [a, b].compactMap { $0.shortest(outside: outside)?.value }.min()
                #expect(sum.shortest(outside: outside)?.value == shortest)
                let longest = [a, b].compactMap { $0.longest(outside: outside)?.value }.max()
                #expect(sum.longest(outside: outside)?.value == longest)
                let peak = [a, b].compactMap { $0.peak(outside: outside)?.value }.max()
                #expect(sum.peak(outside: outside)?.value == peak)
            }
        }
    }

    @Test func secondsStayWithTheirValues() {
        var words = [UInt64](repeating: 0, count: 22)
        words[13] = 200 << 17 | 7
        words[14] = 300 << 17 | 8
        words[15] = 4 << 17 | 9
        let a = CountTotals(words: words)
        words[13] = 100 << 17 | 70
        words[14] = 400 << 17 | 80
        words[15] = 3 << 17 | 90
        let sum = added(a, CountTotals(words: words))
        #expect(sum.shortest(outside: true) == .init(value: 100, secondOfDay: 70))
        #expect(sum.longest(outside: true) == .init(value: 400, secondOfDay: 80))
        #expect(sum.peak(outside: true) == .init(value: 4, secondOfDay: 9))
        #expect(sum.shortest(outside: false) == nil)
    }

    @Test func wordsAreInTheOrderOfTheSlot() {
        let totals = CountTotals(words: (1...40).map { UInt64($0) })
        #expect(totals.words == (1...22).map { UInt64($0) })
        #expect(OriginClass.allCases.map { totals.received($0) } == [1, 2, 3, 4, 5, 6])
        #expect(OriginClass.allCases.map { totals.found($0) } == [7, 8, 9, 10, 11, 12])
        #expect(totals.requests == 21)
        // The external classes alone: external, recursive, enterprise.
        #expect(totals.successes == 7 + 8 + 9)
        #expect(totals.latencySumNanoseconds(outside: true) == 13)
        #expect(totals.latencySumNanoseconds(outside: false) == 18)
        #expect(CountTotals(words: [5]).words == [5] + [UInt64](repeating: 0, count: 21))
    }
}
