import Resolution
import ResolutionProtocol
import Testing

/// What counts as one resolution: each rule of `QueryCounter`.
@Suite struct QueryCounterTests {
    private let ledger = MemoryLedger()
    private let node: TestNode
    private static let today = CountDay(unixSeconds: TestNode.now.unixSeconds)

    init() { node = Registry.node(ledger: ledger) }

    private func totals(_ number: Int, of day: CountDay = today) throws -> CountTotals {
        try #require(ledger.page(worker: 0, day: day)).totals(of: number)
    }

    private func page(_ day: CountDay = today) throws -> CountPage {
        try #require(ledger.page(worker: 0, day: day))
    }

    private func ask(_ identifier: String, at time: BatchTime = TestNode.now) {
        _ = node.reply(to: Asked(.resolve(identifier)), at: time, latency: 1_000)
    }

    private func ask(_ asked: Asked, at time: BatchTime = TestNode.now) -> Reply {
        node.reply(to: asked, at: time, latency: 1_000)
    }

    // MARK: what is a query

    @Test(arguments: [
        (Registry.item, 1, true), ("88.118.8/none", 1, false), ("88.118.8", 1, true), ("0.NA/88.118.8", 1, true),
        ("88.118.9/x", 2, false), ("88.118.7/x", 3, false), ("88.118.7", 3, true), ("0.NA/88.118.7.1", 3, false),
        ("99/x", 0, false), ("0", 0, false), ("", 0, false), ("/x", 0, false),
    ])
    func aRequestWhoseIdentifierCanBeReadIsAQueryWhateverTheAnswer(
        identifier: String,
        number: Int,
        isFound: Bool
    ) throws {
        ask(identifier)
        for slot in 0..<16 {
            let totals = try totals(slot)
            #expect(totals.requests == (slot == number ? 1 : 0))
            #expect(totals.successes == (slot == number && isFound ? 1 : 0))
            #expect(totals.received(.external) == totals.requests)
        }
    }

    @Test func aTooLongIdentifierIsAQueryOfNobody() throws {
        ask("88.118.8/" + String(repeating: "x", count: 3_000))
        #expect(try totals(0).requests == 1)
        #expect(try totals(1).requests == 0)
    }

    @Test func errorsOfTheStoreAreQueriesButNotFound() throws {
        node.store.setStatus(.damaged, of: "88.118.8/D")
        node.store.setStatus(.unavailable, of: "88.118.8/U")
        ask("88.118.8/D")
        ask("88.118.8/U")
        #expect(try totals(1).requests == 2)
        #expect(try totals(1).successes == 0)
    }

    @Test func valuesNotFoundIsNoSuccess() throws {
        node.store.put("88.118.8/EMPTY", [])
        ask("88.118.8/EMPTY")
        _ = ask(Asked(.resolve(Registry.item, types: ["EMAIL"])))
        #expect(try totals(1).requests == 2)
        #expect(try totals(1).successes == 0)
    }

    @Test func otherOperationsAndUnreadableRequestsAreNoQueries() throws {
        var response = Message.resolve(Registry.item)
        response.header.responseCode = .success
        let tooMany = Message.resolve(Registry.item, indexes: [UInt32](repeating: 1, count: 2_049))
        var unknown = Message.resolve(Registry.item)
        unknown.envelope.version = ProtocolVersion(4, 0)
        let wire = Message.resolve(Registry.item).wire
        for asked in [
            Asked(.operation(2, body: [])), Asked(.operation(999, body: [])), Asked(.operation(100, body: [])),
            Asked(response), Asked(tooMany), Asked(unknown), Asked(Array(wire.dropLast())), Asked([]),
            Asked(Array(wire.prefix(19))),
        ] {
            _ = ask(asked)
        }
        for slot in 0..<16 { #expect(try totals(slot).requests == 0) }
        #expect(try page().sources.totals().isEmpty)
        #expect(OriginClass.allCases.allSatisfy { (try? page().repeated($0)) == 0 })
    }

    @Test func anAnswerThatIsNotSentIsNotFound() throws {
        node.store.put("88.118.8/L", [HandleValue(index: 1, type: [84], data: [UInt8](repeating: 9, count: 20_000))])
        #expect(ask(Asked(.resolve("88.118.8/L")).overUDP).bytes.isEmpty)
        #expect(try totals(1).requests == 1)
        #expect(try totals(1).successes == 0)
        #expect(ask(Asked(.resolve("88.118.8/L"))).code == .success)
        #expect(try totals(1).successes == 1)
    }

    // MARK: who asks

    @Test(arguments: OriginClass.allCases)
    func onlyExternalClassesEnterTheSecondCount(origin: OriginClass) throws {
        _ = ask(Asked(.resolve(Registry.item)).from(origin))
        _ = ask(Asked(.resolve("88.118.8/none")).from(origin))
        let totals = try totals(1)
        let isExternal = [OriginClass.external, .recursive, .enterprise].contains(origin)
        #expect(totals.requests == 2)
        #expect(totals.successes == (isExternal ? 1 : 0))
        for other in OriginClass.allCases {
            #expect(totals.received(other) == (other == origin ? 2 : 0))
            #expect(totals.found(other) == (other == origin ? 1 : 0))
        }
        #expect((totals.shortest(outside: true) != nil) == isExternal)
        #expect((totals.shortest(outside: false) != nil) == !isExternal)
        #expect(origin.isExternal == isExternal)
    }

    @Test func mixedOriginsOfOneBatch() throws {
        let requests = (0..<30).map { number in
            Asked(.resolve(Registry.item)).from(OriginClass.allCases[number % 6])
        }
        _ = node.replies(to: requests, latency: 5)
        let totals = try totals(1)
        #expect(OriginClass.allCases.map { totals.received($0) } == [5, 5, 5, 5, 5, 5])
        #expect(totals.requests == 30)
        #expect(totals.successes == 15)
        #expect(totals.latencySumNanoseconds(outside: true) == 75)
        #expect(totals.latencySumNanoseconds(outside: false) == 75)
        #expect(totals.peak(outside: true)?.value == 15)
    }

    // MARK: repeated datagrams

    private func after(_ milliseconds: UInt64) -> BatchTime {
        BatchTime(
            unixSeconds: TestNode.now.unixSeconds,
            nanoseconds: TestNode.now.nanoseconds + milliseconds * 1_000_000
        )
    }

    @Test func aDatagramRepeatedWithinThreeSecondsIsAnsweredAndCountedAsRepeated() throws {
        let asked = Asked(.resolve(Registry.item)).overUDP
        let first = ask(asked)
        for milliseconds in [0, 1, 500, 1_500, 2_999] as [UInt64] {
            let reply = ask(asked, at: after(milliseconds))
            #expect(reply.bytes == first.bytes)
            #expect(reply.slot.isRepeated)
        }
        #expect(try totals(1).requests == 1)
        #expect(try totals(1).successes == 1)
        #expect(try page().repeated(.external) == 5)
        #expect(try page().sources.totals().map(\.count) == [1])
        // Three seconds after the first it counts anew, and the window begins anew.
        #expect(!ask(asked, at: after(3_000)).slot.isRepeated)
        #expect(ask(asked, at: after(5_999)).slot.isRepeated)
        #expect(!ask(asked, at: after(6_000)).slot.isRepeated)
        #expect(try totals(1).requests == 3)
        #expect(try page().repeated(.external) == 6)
    }

    @Test func repeatsWithinOneBatch() throws {
        let asked = Asked(.resolve(Registry.item)).overUDP.from(.probe)
        let replies = node.replies(to: [asked, asked, asked], latency: 1)
        #expect(replies.map(\.slot.isRepeated) == [false, true, true])
        #expect(Set(replies.map(\.bytes)).count == 1)
        #expect(try totals(1).received(.probe) == 1)
        #expect(try page().repeated(.probe) == 2)
        #expect(try page().repeated(.external) == 0)
    }

    @Test func anotherSourcePortOrRequestIsNoRepeat() throws {
        let asked = Asked(.resolve(Registry.item)).overUDP
        _ = ask(asked)
        let sources = [
            QuerySource(high: 0, low: asked.source.low + 1, prefixLength: 128),
            QuerySource(high: 1, low: asked.source.low, prefixLength: 128),
        ]
        for source in sources { #expect(!ask(asked.from(source)).slot.isRepeated) }
        #expect(!ask(asked.from(asked.source, port: 40_001)).slot.isRepeated)
        #expect(!ask(Asked(.resolve(Registry.item, requestID: 99)).overUDP).slot.isRepeated)
        #expect(try totals(1).requests == 5)
    }

    @Test func overTCPNothingIsARepeat() throws {
        for _ in 0..<3 { #expect(!ask(Asked(.resolve(Registry.item))).slot.isRepeated) }
        #expect(try totals(1).requests == 3)
        #expect(try page().repeated(.external) == 0)
    }

    @Test func repeatsOfOtherOperationsAreNotCountedAtAll() throws {
        let asked = Asked(.operation(2, body: [])).overUDP
        for _ in 0..<3 { _ = ask(asked) }
        #expect(try page().repeated(.external) == 0)
    }

    // MARK: where it counts

    @Test func numbersAboveTheSlotsCountUnderZeroAndAsWithoutSlot() throws {
        let rows = [
            PrefixRow(prefix: [65], state: .homed, number: 15), PrefixRow(prefix: [66], state: .homed, number: 16),
            PrefixRow(prefix: [67], state: .homed, number: .max),
        ]
        let node = TestNode(rows: rows, ledger: ledger)
        for prefix in ["A", "B", "C", "C"] {
            node.store.put("\(prefix)/x", [Registry.url])
            _ = node.reply(to: Asked(.resolve("\(prefix)/x")), latency: 1)
        }
        #expect(try totals(15).requests == 1)
        #expect(try totals(0).requests == 3)
        #expect(try totals(0).successes == 3)
        #expect(try page().withoutSlot == 3)
    }

    @Test func theDayTurnsAt16UTC() throws {
        // 2023-11-14 16:00:00 UTC is midnight of 2023-11-15 in Asia/Shanghai.
        let midnight: Int64 = 1_699_977_600
        let before = CountDay(unixSeconds: midnight - 1)
        let after = CountDay(unixSeconds: midnight)
        #expect(before.text == "2023-11-14")
        #expect(after.text == "2023-11-15")
        for seconds in [-2, -1, 0, 86_399, 86_400] as [Int64] {
            ask(Registry.item, at: BatchTime(unixSeconds: midnight + seconds, nanoseconds: 1))
        }
        #expect(try totals(1, of: before).requests == 2)
        #expect(try totals(1, of: after).requests == 2)
        #expect(try totals(1, of: CountDay(unixSeconds: midnight + 86_400)).requests == 1)
        #expect(try totals(1, of: before).peak(outside: true)?.secondOfDay == 86_398)
        #expect(try totals(1, of: after).peak(outside: true)?.secondOfDay == 0)
        let days = try ledger.days()
        #expect(days.map(\.text) == ["2023-11-14", "2023-11-15", "2023-11-16"])
    }

    @Test func aClockThatJumpsBackDoesNotReopenADay() throws {
        let midnight: Int64 = 1_699_977_600
        ask(Registry.item, at: BatchTime(unixSeconds: midnight, nanoseconds: 1))
        ask(Registry.item, at: BatchTime(unixSeconds: midnight - 10, nanoseconds: 2))
        ask(Registry.item, at: BatchTime(unixSeconds: midnight + 1, nanoseconds: 3))
        #expect(try ledger.days().map(\.text) == ["2023-11-15"])
        #expect(try totals(1, of: CountDay(unixSeconds: midnight)).requests == 3)
    }

    @Test func E1AClockThatComesBackFromYearsAheadCountsForItsDayAgain() throws {
        let midnight: Int64 = 1_699_977_600
        let hour: Int64 = 3_600
        let years = 10 * 365 * 86_400 as Int64
        let jumps = [hour, hour + years, hour, -hour + 1, -hour, -hour - 1, hour, hour - years, hour]
        for (step, jump) in jumps.enumerated() {
            ask(Registry.item, at: BatchTime(unixSeconds: midnight + jump, nanoseconds: UInt64(step + 1)))
        }
        // Back by up to an hour before its start, the day goes on.
        #expect(try totals(1, of: CountDay(unixSeconds: midnight)).requests == 6)
        #expect(try totals(1, of: CountDay(unixSeconds: midnight - 1)).requests == 1)
        for jump in [years, -years] {
            #expect(try totals(1, of: CountDay(unixSeconds: midnight + hour + jump)).requests == 1)
        }
    }

    @Test func withoutMemoryForTheDayTheOldPageGoesOnUntilThereIsSome() throws {
        let midnight: Int64 = 1_699_977_600
        let before = CountDay(unixSeconds: midnight - 1)
        let after = CountDay(unixSeconds: midnight)
        ask(Registry.item, at: BatchTime(unixSeconds: midnight - 1, nanoseconds: 1))
        ledger.isOutOfMemory = true
        ask(Registry.item, at: BatchTime(unixSeconds: midnight, nanoseconds: 2))
        #expect(try totals(1, of: before).requests == 2)
        ledger.isOutOfMemory = false
        ask(Registry.item, at: BatchTime(unixSeconds: midnight + 1, nanoseconds: 3))
        #expect(try totals(1, of: before).requests == 2)
        #expect(try totals(1, of: after).requests == 1)
    }

    @Test func theLedgerIsAskedOncePerDay() {
        for second in 0..<10 {
            ask(Registry.item, at: BatchTime(unixSeconds: 1_700_000_000 + Int64(second), nanoseconds: 1))
        }
        #expect(ledger.asked == [Self.today])
    }

    // MARK: latency and peak

    @Test func shortestAndLongestLatencyWithTheirSecond() throws {
        // 2023-11-15 00:00:00 in Asia/Shanghai and some seconds.
        for (second, latency) in [(10, 500), (11, 200), (12, 900), (13, 200), (14, 900), (15, 300)] as [(Int64, UInt64)]
        {
            let time = BatchTime(unixSeconds: 1_699_977_600 + second, nanoseconds: 77)
            _ = node.reply(to: Asked(.resolve(Registry.item)), at: time, latency: latency)
        }
        let totals = try totals(1, of: CountDay(unixSeconds: 1_699_977_600))
        // The first of equals stays.
        #expect(totals.shortest(outside: true) == .init(value: 200, secondOfDay: 11))
        #expect(totals.longest(outside: true) == .init(value: 900, secondOfDay: 12))
        #expect(totals.latencySumNanoseconds(outside: true) == 3_000)
        #expect(totals.shortest(outside: false) == nil)
        #expect(totals.longest(outside: false) == nil)
    }

    @Test func aLatencyOfNothingIsOneNanosecond() throws {
        _ = node.reply(to: Asked(.resolve(Registry.item)), latency: 0)
        #expect(try totals(1).shortest(outside: true)?.value == 1)
    }

    @Test func peakSecondIsTheFirstWithTheMostQueries() throws {
        for (second, count) in [(0, 3), (1, 5), (2, 2), (3, 5), (4, 6), (5, 1)] as [(Int64, Int)] {
            let time = BatchTime(unixSeconds: 1_699_977_600 + second, nanoseconds: 77)
            for _ in 0..<count { ask(Registry.item, at: time) }
        }
        let totals = try totals(1, of: CountDay(unixSeconds: 1_699_977_600))
        #expect(totals.peak(outside: true) == .init(value: 6, secondOfDay: 4))
        #expect(totals.peak(outside: false) == nil)
        #expect(totals.requests == 22)
    }

    // MARK: sources

    @Test func datagramsCountByNetworkAndConnectionsByAddress() throws {
        let addresses: [UInt64] = [0xC000_0201, 0xC000_02FF, 0xC000_0301]
        for (number, address) in addresses.enumerated() {
            let source = QuerySource(high: 0, low: 0x0000_FFFF_0000_0000 | address, prefixLength: 128)
            let request = Message.resolve(Registry.item, requestID: UInt32(number))
            _ = ask(Asked(request).overUDP.from(source))
            _ = ask(Asked(request).from(source))
        }
        let totals = try page().sources.totals()
        let networks: Set<SourceTotal> = [
            SourceTotal(
                source: QuerySource(high: 0, low: 0x0000_FFFF_C000_0200, prefixLength: 120),
                origin: .external,
                count: 2
            ),
            SourceTotal(
                source: QuerySource(high: 0, low: 0x0000_FFFF_C000_0300, prefixLength: 120),
                origin: .external,
                count: 1
            ),
        ]
        let expected = networks.union(
            addresses.map {
                SourceTotal(
                    source: QuerySource(high: 0, low: 0x0000_FFFF_0000_0000 | $0, prefixLength: 128),
                    origin: .external,
                    count: 1
                )
            }
        )
        #expect(Set(totals) == expected)
        #expect(totals.count == 5)
    }

    @Test func IPv6DatagramsCountBy56Bits() throws {
        let asked = Asked(.resolve(Registry.item)).overUDP
        for (number, high) in [0x2001_0DB8_0000_0001, 0x2001_0DB8_0000_00FF, 0x2001_0DB8_0000_0100].enumerated() {
            let source = QuerySource(high: UInt64(high), low: UInt64(number) << 40 | 1, prefixLength: 128)
            _ = ask(asked.from(source))
        }
        let totals = try page().sources.totals()
        let first = QuerySource(high: 0x2001_0DB8_0000_0000, low: 0, prefixLength: 56)
        let second = QuerySource(high: 0x2001_0DB8_0000_0100, low: 0, prefixLength: 56)
        #expect(
            Set(totals) == [
                SourceTotal(source: first, origin: .external, count: 2),
                SourceTotal(source: second, origin: .external, count: 1),
            ]
        )
    }

    @Test func sourcesBeyondTheTableGoToOthersAndNothingIsLost() throws {
        let ledger = MemoryLedger(sourceCount: 64)
        let node = Registry.node(ledger: ledger)
        var random = SeededGenerator(seed: SeededGenerator.seed(for: "sourcesBeyondTheTable", or: 3))
        var asked: [OriginClass: UInt64] = [:]
        for number in 0..<3_000 {
            let origin = OriginClass.allCases[random.below(6)]
            let source = QuerySource(high: 0x2001_0DB8_0000_0000, low: UInt64(random.below(500)), prefixLength: 128)
            let request = Message.resolve(number % 2 == 0 ? Registry.item : "99/x")
            _ = node.reply(to: Asked(request).from(origin).from(source), latency: 1)
            asked[origin, default: 0] += 1
        }
        let day = try ledger.totals(of: Self.today)
        #expect(day.sources.count == 64)
        for origin in OriginClass.allCases {
            let listed = day.sources.filter { $0.origin == origin }.reduce(UInt64(0)) { $0 + $1.count }
            let others = day.otherSources[origin] ?? 0
            #expect(others > 0)
            #expect(listed + others == asked[origin])
            #expect(day.total.received(origin) == asked[origin])
        }
    }
}
