import Resolution
import ResolutionProtocol
import StoreSuite
import Testing

@testable import StorageLMDB

@Suite struct LedgerKeeperTests {
    /// 2026-11-22, noon in Asia/Shanghai.
    private static let noon = CountDay(number: 20_779).startUnixSeconds + 43_200
    private static let day: Int64 = 86_400

    /// Compares the ledger with the plain account of all days that it has closed.
    private func check(_ bench: LedgerBench, _ place: String) throws {
        let verification = try bench.verification()
        #expect(verification.findings.isEmpty, "\(place): \(verification.findings.prefix(3))")
        #expect(bench.failures().isEmpty, "\(place)")
        let state = try #require(try bench.store.ledgerState())
        var sums: [LedgerRow.Key: LedgerAccount.Pair] = [:]
        for (day, account) in bench.account where state.isClosed(day) {
            var counts = LedgerCounts()
            for (key, pair) in account.pairs {
                try counts.add(received: pair.received, found: pair.found, of: key.origin)
                sums[key, default: LedgerAccount.Pair()].received += pair.received
                sums[key, default: LedgerAccount.Pair()].found += pair.found
            }
            #expect(verification.byDay[day] == counts, "\(place): \(day.text)")
        }
        let rows = verification.rows.map { ($0.key, $0.receivedSoFar, $0.foundSoFar) }
        #expect(rows.count == sums.count, "\(place)")
        for (key, received, found) in rows {
            #expect(sums[key]?.received == received && sums[key]?.found == found, "\(place): \(key)")
        }
    }

    @Test func D12ADayIsClosedOnceAndHasAnEntryThoughNobodyAsked() throws {
        let bench = try LedgerBench(now: Self.noon)
        try bench.makeDue()
        #expect(try bench.store.ledgerState()?.next == 1, "who it is")
        try bench.count(5, worker: 0, prefix: 1, origin: .external, isFound: true)
        try bench.count(2, worker: 1, prefix: 0, origin: .own, isFound: true)
        try bench.fold()
        bench.now = bench.today.startUnixSeconds + Self.day + LedgerBench.closeAfterSeconds - 1
        try bench.makeDue()
        #expect(try bench.store.ledgerState()?.next == 1, "not yet")
        bench.now += 1
        for _ in 0..<3 { try bench.makeDue() }
        #expect(try bench.store.ledgerState()?.next == 2)
        bench.now += 3 * Self.day
        for _ in 0..<3 {
            try bench.crash()
            try bench.makeDue()
        }
        let state = try #require(try bench.store.ledgerState())
        #expect(state.next == 5)
        #expect(state.cumulative.successes == 5)
        #expect(state.cumulative.requests == 7)
        #expect(state.closedThrough == CountDay(number: 20_782))
        try check(bench, "four days")
        #expect(try bench.store.ledgerHeads(from: 0, countMax: 99).map(\.kind) == [.identity, .day, .day, .day, .day])
        #expect(try bench.store.ledgerEntry(closing: CountDay(number: 20_780)) == 2)
        #expect(try bench.store.ledgerEntry(closing: CountDay(number: 20_799)) == 5)
        #expect(try bench.store.verify { Issue.record("\($0)") }.isSound)
    }

    @Test func whatIsFoldedLateEntersACorrectionOfItsDay() throws {
        let bench = try LedgerBench(now: Self.noon)
        try bench.makeDue()
        try bench.count(5, worker: 0, prefix: 1, origin: .external, isFound: true)
        try bench.fold()
        // Counted in the page, and not folded before the day is closed.
        try bench.count(3, worker: 1, prefix: 2, origin: .enterprise, isFound: false)
        bench.now += Self.day
        try bench.makeDue()
        #expect(try bench.store.ledgerState()?.cumulative.requests == 5)
        try bench.crash()
        try bench.makeDue()
        try bench.makeDue()
        let heads = try bench.store.ledgerHeads(from: 0, countMax: 99)
        #expect(heads.map(\.kind) == [.identity, .day, .correction])
        #expect(heads.last?.day == CountDay(number: 20_779))
        #expect(heads.last?.added.requests == 3)
        #expect(heads.last?.cumulative.requests == 8)
        try check(bench, "corrected")
        // The same again adds nothing.
        try bench.fold()
        try bench.crash()
        try bench.makeDue()
        #expect(try bench.store.ledgerState()?.next == 3)
    }

    @Test func E1AClockThatWasYearsAheadLeavesAChainWithoutAGap() throws {
        let bench = try LedgerBench(now: Self.noon)
        try bench.makeDue()
        try bench.count(5, worker: 0, prefix: 1, origin: .external, isFound: true)
        bench.now += 400 * Self.day
        try bench.prepare()
        try bench.count(1, worker: 0, prefix: 1, origin: .external, isFound: true)
        try bench.fold()
        try bench.makeDue()
        bench.now -= 400 * Self.day
        try bench.prepare()
        try bench.count(2, worker: 0, prefix: 1, origin: .external, isFound: true)
        try bench.fold()
        try bench.makeDue()
        #expect(try bench.store.ledgerState()?.cumulative.requests == 5, "its day is not over")
        bench.now += Self.day
        try bench.prepare()
        try bench.makeDue()
        try check(bench, "back again")
        #expect(try bench.store.ledgerState()?.cumulative.requests == 7)
        bench.now += 401 * Self.day
        try bench.makeDue()
        try check(bench, "years later")
        #expect(try bench.store.ledgerState()?.cumulative.requests == 8)
    }

    @Test func E1NothingIsClosedByAClockThatHasJustJumped() throws {
        let bench = try LedgerBench(now: Self.noon)
        bench.now += 5 * Self.day
        try bench.store.ledger.tick(now: bench.now, isSteady: false)
        #expect(try bench.store.ledgerState() == nil)
        try bench.store.ledger.tick(now: bench.now, isSteady: true)
        #expect(try bench.store.ledgerState() != nil)
    }

    /// Histories drawn at random: counting, folding, crashes at every step, days that pass, clocks that jump.
    @Test(arguments: 1...6) func D12AnyHistoryComesToThePlainAccount(seed: UInt64) throws {
        var random = SplitMix(seed: seed)
        func below(_ bound: Int) -> Int { Int(random.next() % UInt64(bound)) }
        let bench = try LedgerBench(now: Self.noon)
        for step in 0..<120 {
            switch below(12) {
            case 0...4:
                let origin = OriginClass.allCases[below(OriginClass.allCases.count)]
                guard bench.store.counts.isPrepared(for: bench.now) else { try bench.prepare(); break }
                try bench.count(
                    below(20),
                    worker: below(2),
                    prefix: below(4),
                    origin: origin,
                    isFound: below(2) == 0
                )
            case 5: try bench.fold()
            case 6: try bench.crash()
            case 7, 8: try bench.makeDue()
            case 9: bench.now += Int64(below(30 * 3_600))
            case 10: bench.now += Int64(below(20)) * Self.day * Int64(below(3))
            default: bench.now -= Int64(below(40 * 3_600))
            }
            if step % 40 == 39 { #expect(try bench.verification().findings.isEmpty, "seed \(seed), step \(step)") }
        }
        // Days pass until all that was counted is over.
        let last = bench.account.keys.max() ?? bench.today
        bench.now = max(bench.now, last.startUnixSeconds) + 2 * Self.day
        try bench.crash()
        try bench.makeDue()
        try bench.fold()
        try bench.makeDue()
        try check(bench, "seed \(seed)")
    }

    @Test func aLedgerIsInABackupAndComesBack() throws {
        let bench = try LedgerBench(now: Self.noon)
        try bench.count(5, worker: 0, prefix: 1, origin: .external, isFound: true)
        try bench.fold()
        bench.now += 2 * Self.day
        try bench.makeDue()
        let state = try #require(try bench.store.ledgerState())
        #expect(state.next == 3)
        #expect(bench.store.environment.tables.present.map(\.name).contains("ledger"))
    }

    @Test func aStoreOfAnEarlierBuildGetsItsTable() throws {
        let directory = try TemporaryDirectory()
        do {
            let store = try makeStore(directory)
            try store.environment.write { transaction throws(LMDBError) in
                try transaction.clear(transaction.tables.ledger, isRemoved: true)
            }
        }
        var options = smallOptions
        options.isReadOnly = true
        #expect(try Store.open(directory: directory.path, options: options).ledgerState() == nil)
        let store = try Store.open(directory: directory.path, options: smallOptions)
        #expect(store.environment.tables.hasLedger)
    }
}
