import Glibc
import Resolution
import StoreSuite
import Testing

@testable import StorageLMDB

@Suite struct CountTests {
    private let day = CountDay(number: 20_000)
    private var noon: Int64 { day.startUnixSeconds + 43_200 }

    private func note(_ page: CountPage, prefix: Int, _ count: Int = 1, origin: OriginClass = .external) {
        for number in 0..<count {
            page.note(
                prefix: prefix,
                origin: origin,
                isFound: true,
                latencyNanoseconds: UInt64(100 + number),
                secondOfDay: 7
            )
        }
    }

    /// "Received" in the row of the table alone.
    private func rowTotal(_ store: Store, prefix: UInt32, worker: Int) throws -> UInt64 {
        let key = CountRow.Key(day, worker, .slot, number: prefix).bytes
        let words = try store.environment.read { transaction throws(LMDBError) -> [UInt64]? in
            guard let content = try transaction.content(transaction.tables.counts, key) else { return nil }
            return try? CountRow.words(content.bytes)
        }
        return CountTotals(words: try #require(words)).requests
    }

    private func ledger(_ store: Store, workers: Int = 2) -> LMDBCountLedger {
        var options = smallOptions
        options.workers = workers
        return LMDBCountLedger(environment: store.environment, paths: store.paths, options: options)
    }

    @Test func foldingTwiceCountsOnce() throws {
        let directory = try TemporaryDirectory()
        let store = try makeStore(directory)
        let prefixes = ["88.1", "88.2", "88.3"].map { (prefix: Array($0.utf8), state: PrefixRow.State.homed) }
        _ = try store.setPrefixes(prefixes, unixSeconds: 1, origin: [])
        let counts = ledger(store)
        try counts.start(now: noon)
        let pages = try (0..<2).map { try #require(counts.page(worker: $0, day: day)) }
        note(pages[0], prefix: 3, 10)
        note(pages[1], prefix: 3, 5)
        note(pages[1], prefix: 0, 2, origin: .own)
        pages[0].noteRepeated(.external)
        let source = QuerySource(high: 1, low: 2, prefixLength: 128)
        pages[0].note(source: source, hash: 9, origin: .external)
        pages[1].note(source: source, hash: 10, origin: .external)
        for _ in 0..<3 {
            let totals = try counts.totals(of: day)
            #expect(totals.total.requests == 17)
            #expect(totals.total.successes == 15)
            #expect(totals.byPrefix[3]?.received(.external) == 15)
            #expect(totals.byPrefix[3]?.longest(outside: true)?.value == 109)
            #expect(totals.byPrefix[3]?.shortest(outside: true)?.value == 100)
            #expect(totals.repeated == [.external: 1])
            #expect(totals.sources == [SourceTotal(source: source, origin: .external, count: 2)])
            try counts.fold()
        }
        #expect(try rowTotal(store, prefix: 3, worker: 0) == 10, "in the table")
        #expect(try rowTotal(store, prefix: 3, worker: 1) == 5, "in the table")
        note(pages[0], prefix: 3)
        #expect(try counts.totals(of: day).total.requests == 18)
        #expect(try counts.days() == [day])
        #expect(counts.page(worker: 2, day: day) == nil)
        #expect(counts.missingPageCount == 1)
    }

    /// The busiest second is that of all workers together: for a prefix, and for the node over all prefixes.
    @Test func peakSecondIsThatOfAllWorkers() throws {
        let directory = try TemporaryDirectory()
        let store = try makeStore(directory)
        let counts = ledger(store)
        try counts.start(now: noon)
        let pages = try (0..<2).map { try #require(counts.page(worker: $0, day: day)) }
        func ask(_ worker: Int, prefix: Int, second: UInt64, _ count: Int, origin: OriginClass = .external) {
            for _ in 0..<count {
                pages[worker].note(
                    prefix: prefix,
                    origin: origin,
                    isFound: true,
                    latencyNanoseconds: 100,
                    secondOfDay: second
                )
            }
        }
        func fold(atSecond second: Int64) throws { try counts.fold(now: day.startUnixSeconds + second) }
        ask(0, prefix: 1, second: 50, 4)
        try fold(atSecond: 50)
        // The other worker goes on in the same second, and another prefix is asked for.
        ask(1, prefix: 1, second: 50, 5)
        ask(1, prefix: 2, second: 50, 3)
        try fold(atSecond: 51)
        // Alone, this would be each worker's greatest second; together it is not.
        ask(0, prefix: 1, second: 52, 6)
        ask(0, prefix: 1, second: 52, 2, origin: .own)
        try fold(atSecond: 53)
        for _ in 0..<2 {
            let totals = try counts.totals(of: day)
            #expect(totals.byPrefix[1]?.peak(outside: true) == .init(value: 9, secondOfDay: 50))
            #expect(totals.byPrefix[2]?.peak(outside: true) == .init(value: 3, secondOfDay: 50))
            #expect(totals.total.peak(outside: true) == .init(value: 12, secondOfDay: 50))
            #expect(totals.total.peak(outside: false) == .init(value: 2, secondOfDay: 52))
            try fold(atSecond: 54)
        }
        counts.close()
        // What was folded is in the table: a ledger without the pages knows it too.
        for name in CountPageFile.names(in: store.paths.counts) { unlink("\(store.paths.counts)/\(name)") }
        let later = ledger(store)
        try later.start(now: noon)
        #expect(try later.totals(of: day).total.peak(outside: true) == .init(value: 12, secondOfDay: 50))
        #expect(try later.totals(of: day).byPrefix[1]?.peak(outside: true) == .init(value: 9, secondOfDay: 50))
    }

    @Test func aLostFileIsRestoredFromTheTable() throws {
        let directory = try TemporaryDirectory()
        let store = try makeStore(directory)
        let source = QuerySource(high: 5, low: 6, prefixLength: 56)
        do {
            let counts = ledger(store, workers: 1)
            try counts.start(now: noon)
            let page = try #require(counts.page(worker: 0, day: day))
            note(page, prefix: 1, 7)
            page.noteRepeated(.probe)
            page.note(source: source, hash: 77, origin: .recursive)
            page.note(source: source, hash: 77, origin: .recursive)
            counts.close()
        }
        let path = CountPageFile.path(in: store.paths.counts, day: day, worker: 0)
        #expect(unlink(path) == 0)
        let counts = ledger(store, workers: 1)
        #expect(try counts.totals(of: day).total.requests == 7, "without a file")
        try counts.start(now: noon)
        let page = try #require(counts.page(worker: 0, day: day))
        #expect(page.totals(of: 1).requests == 7)
        #expect(page.repeated(.probe) == 1)
        note(page, prefix: 1, 3)
        page.note(source: source, hash: 12, origin: .recursive)
        try counts.fold()
        counts.close()
        let totals = try counts.totals(of: day)
        #expect(totals.total.requests == 10)
        #expect(totals.repeated == [.probe: 1])
        #expect(totals.sources == [SourceTotal(source: source, origin: .recursive, count: 3)])
    }

    @Test func aFileOfOtherSizesOrWorkersIsFoldedAndReplaced() throws {
        let directory = try TemporaryDirectory()
        let store = try makeStore(directory)
        do {
            let counts = ledger(store, workers: 3)
            try counts.start(now: noon)
            for worker in 0..<3 { note(try #require(counts.page(worker: worker, day: day)), prefix: 1, worker + 1) }
            // Killed: nothing is folded.
        }
        var options = smallOptions
        options.prefixSlots = 128
        let counts = LMDBCountLedger(environment: store.environment, paths: store.paths, options: options)
        #expect(try counts.totals(of: day).total.requests == 6, "from the files alone")
        try counts.start(now: noon)
        #expect(try counts.totals(of: day).total.requests == 6)
        let page = try #require(counts.page(worker: 0, day: day))
        #expect(page.slotCount == 128)
        note(page, prefix: 1)
        #expect(try counts.totals(of: day).total.requests == 7)
        #expect(CountPageFile.names(in: store.paths.counts).count == 2, "today's and tomorrow's of one worker")
    }

    @Test func aDayEndsWhenItsWorkersHaveGoneOn() throws {
        let directory = try TemporaryDirectory()
        let store = try makeStore(directory)
        let counts = ledger(store)
        try counts.start(now: noon)
        let next = CountDay(number: day.number + 1)
        let pages = try (0..<2).map { try #require(counts.page(worker: $0, day: day)) }
        note(pages[0], prefix: 1, 4)
        // Midnight: one worker goes on at once, the other still counts for the day that was.
        note(try #require(counts.page(worker: 0, day: next)), prefix: 1, 2)
        try counts.prepareDays(now: next.startUnixSeconds + 30)
        note(pages[1], prefix: 1, 3)
        try counts.prepareDays(now: next.startUnixSeconds + 90)
        let path = CountPageFile.path(in: store.paths.counts, day: day, worker: 0)
        #expect(access(path, F_OK) != 0, "folded and removed")
        note(pages[1], prefix: 1, 1)
        #expect(try counts.totals(of: day).total.requests == 8)
        #expect(try counts.totals(of: next).total.requests == 2)
        _ = counts.page(worker: 1, day: next)
        try counts.prepareDays(now: next.startUnixSeconds + 150)
        #expect(try counts.totals(of: day).total.requests == 8)
        #expect(try counts.days() == [day, next])
        #expect(CountPageFile.names(in: store.paths.counts).count == 4, "two days of two workers")
    }

    @Test func E1ADayThatTheClockJumpedToIsPreparedAndGoesWhenNobodyCountsThere() throws {
        let directory = try TemporaryDirectory()
        let store = try makeStore(directory)
        let counts = ledger(store, workers: 1)
        try counts.start(now: noon)
        let far = CountDay(number: day.number + 3_650)
        let farNoon = far.startUnixSeconds + 43_200
        note(try #require(counts.page(worker: 0, day: day)), prefix: 1, 4)
        #expect(counts.isPrepared(for: noon) && !counts.isPrepared(for: farNoon))
        try counts.prepareDays(now: farNoon)
        let ahead = try #require(counts.page(worker: 0, day: far))
        note(ahead, prefix: 1, 2)
        // The clock comes back; the worker has had no question since.
        #expect(!counts.isPrepared(for: noon))
        try counts.prepareDays(now: noon)
        note(ahead, prefix: 1, 1)
        let back = try #require(counts.page(worker: 0, day: day))
        note(back, prefix: 1, 3)
        try counts.prepareDays(now: noon)
        #expect(try counts.totals(of: far).total.requests == 3)
        #expect(try counts.totals(of: day).total.requests == 7)
        #expect(CountPageFile.names(in: store.paths.counts).count == 2, "today and tomorrow")
    }

    @Test func aFileThatIsNoPageIsSetAside() throws {
        let directory = try TemporaryDirectory()
        let store = try makeStore(directory)
        let path = CountPageFile.path(in: store.paths.counts, day: day, worker: 0)
        try writeFile(path, [1, 2, 3])
        let counts = ledger(store, workers: 1)
        try counts.start(now: noon)
        #expect(try readFile(path + ".damaged") == [1, 2, 3])
        #expect(counts.page(worker: 0, day: day) != nil)
    }
}
