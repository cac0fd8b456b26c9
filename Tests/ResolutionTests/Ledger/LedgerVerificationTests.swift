import Cryptography
import ResolutionProtocol
import Testing

@testable import Resolution

@Suite struct LedgerVerificationTests {
    @Test func aLedgerIsSoundAndSaysWhatItHas() throws {
        let ledger = try SampleLedger.standard()
        for pieceByteCount in [1, 7, 1_000, 1 << 20] {
            let verification = try LedgerVerification.of(ledger.bytes(), pieceByteCount: pieceByteCount)
            #expect(verification.findings.isEmpty)
            let summary = verification.summary
            #expect(summary.entryCount == 5)
            #expect(summary.dayCount == 3)
            #expect(summary.correctionCount == 1)
            #expect(summary.cumulative.successes == 96)
            #expect(summary.cumulative.requests == 7 + 2 + 1 + 100 + 1 + 1 + 1)
            #expect(summary.lastDay == CountDay(number: SampleLedger.firstDay.number + 2))
            #expect(summary.lastDigest == ledger.state.last)
            #expect(summary.identity?.prefix == Array("88.118".utf8))
            #expect(verification.byDay[SampleLedger.firstDay]?.successes == 6)
        }
    }

    /// D12, F6 of the evidence: whichever byte is changed, it is found, and said where.
    @Test func D12OneChangedByteAnywhereIsFoundWithItsPlace() throws {
        let ledger = try SampleLedger.standard()
        let bytes = ledger.bytes()
        var generator = SeededGenerator(seed: SeededGenerator.seed(for: "ledger", or: 20_261_122))
        for place in bytes.indices {
            var changed = bytes
            changed[place] ^= UInt8(1 + generator.below(255))
            let verification = try LedgerVerification.of(changed)
            let found = verification.findings.contains { $0.problem == .changedByte && $0.offset == place }
            #expect(found, "byte \(place): \(verification.findings)")
            #expect(verification.findings.count == 1, "byte \(place): the rest is sound")
            #expect(verification.summary.entryCount == 5)
        }
    }

    @Test func aChangedByteIsSaidWithEntryDayAndField() throws {
        let ledger = try SampleLedger.standard()
        var place = ledger.frames().prefix { $0.kind != .head }.reduce(0) { $0 + $1.bytes.count }
        place += ledger.entries[0].byteCount + LedgerField.headPlace("made")
        var bytes = ledger.bytes()
        bytes[place + 7] ^= 1
        let finding = try #require(try LedgerVerification.of(bytes).findings.first)
        #expect(finding.entry == 1)
        #expect(finding.day == SampleLedger.firstDay)
        #expect(finding.field == "head.made")
        #expect(finding.offset == place + 7)
    }

    /// Whoever makes checks anew still cannot sign.
    @Test func aForgedTotalIsFoundThoughAllChecksAreRight() throws {
        var ledger = try SampleLedger.standard()
        ledger.entries[1].rows[1].found += 1
        ledger.entries[1].rows[1].foundSoFar += 1
        let problems = Set(try LedgerVerification.of(ledger.bytes()).findings.map(\.problem))
        #expect(problems.isSuperset(of: [.body, .sum]))
        var forged = try SampleLedger.standard()
        forged.entries[3].head.madeUnixSeconds += 1
        let findings = try LedgerVerification.of(forged.bytes()).findings
        #expect(findings.map(\.problem) == [.signature, .chain])
        #expect(findings.map(\.entry) == [3, 4])
    }

    @Test func entriesThatAreMissingTwiceThereOrExchangedAreFound() throws {
        let ledger = try SampleLedger.standard()
        var missing = ledger
        missing.entries.remove(at: 2)
        #expect(Set(try LedgerVerification.of(missing.bytes()).findings.map(\.problem)) == [.sequence, .chain, .day])
        var twice = ledger
        twice.entries.insert(ledger.entries[3], at: 3)
        #expect(try LedgerVerification.of(twice.bytes()).findings.contains { $0.problem == .sequence && $0.entry == 3 })
        var exchanged = ledger
        exchanged.entries.swapAt(2, 3)
        #expect(try LedgerVerification.of(exchanged.bytes()).findings.contains { $0.problem == .chain })
    }

    @Test func aLedgerThatWasCutOffIsFoundAtEveryByte() throws {
        let bytes = try SampleLedger.standard().bytes()
        for count in 0..<bytes.count {
            let verification = try LedgerVerification.of(Array(bytes.prefix(count)))
            let problems = Set(verification.findings.map(\.problem))
            #expect(!problems.isDisjoint(with: [.cutOff, .unreadable, .changedByte]), "\(count) bytes")
        }
    }

    @Test func aPartProvesItself() throws {
        let ledger = try SampleLedger.standard()
        for first in 0..<ledger.entries.count {
            let verification = try LedgerVerification.of(ledger.bytes(from: first))
            #expect(verification.findings.isEmpty, "from \(first): \(verification.findings)")
            #expect(verification.summary.first == UInt64(first))
            #expect(verification.summary.cumulative.successes == 96)
        }
    }

    @Test func anotherKeyIsNotTrustedUnlessItIsGiven() throws {
        var ledger = try SampleLedger.standard()
        let other = try PrivateKey.generate(.sm2)
        try ledger.goOn(by: try SampleLedger.author(other))
        try ledger.close(SampleLedger.account(external: 3, found: 3, own: 0))
        let findings = try LedgerVerification.of(ledger.bytes()).findings
        #expect(findings.map(\.problem) == [.untrustedKey, .untrustedKey])
        #expect(findings.map(\.entry) == [5, 6])
        let keys = try Set(ledger.entries.compactMap(\.identity).map { try $0.keyFingerprint() })
        #expect(keys.count == 2)
        #expect(try LedgerVerification.of(ledger.bytes(), trusted: keys).findings.isEmpty)
        #expect(try LedgerVerification.of(ledger.bytes(), trusted: [[1]]).findings.count == ledger.entries.count)
    }

    @Test func anotherNameUnderTheSameKeyIsTrusted() throws {
        var ledger = try SampleLedger.standard()
        try ledger.goOn(by: try SampleLedger.author(SampleLedger.key, prefix: "88.119"))
        try ledger.close(LedgerAccount())
        let verification = try LedgerVerification.of(ledger.bytes())
        #expect(verification.findings.isEmpty)
        #expect(verification.summary.identity?.prefix == Array("88.119".utf8))
    }

    @Test func aTotalThatDoesNotFitIsRefused() throws {
        var ledger = try SampleLedger()
        try ledger.close(SampleLedger.account(external: .max - 1, found: .max - 1, own: 0))
        #expect(ledger.state.cumulative.received(.external) == .max)
        #expect(throws: LedgerError.overflow) {
            try ledger.close(SampleLedger.account(external: 1, found: 1, own: 0))
        }
        #expect(throws: LedgerError.unsuitableKey) { try SampleLedger.author(try PrivateKey.generate(.ec)) }
    }

    @Test func theLargestNetworkIsOfExternalQueriesAlone() throws {
        let ledger = try SampleLedger.standard()
        let head = ledger.entries[1].head
        #expect(head.largest.network == SampleLedger.source(0x0102_0300, 120))
        #expect(head.largest.count == 8)
        #expect(head.listedSourceCount == 10)
        #expect(head.largest.millionths(of: 16) == 500_000)
        #expect(head.largest.millionths(of: 0) == nil)
        #expect(ledger.entries[1].sources.map(\.key.network.prefixLength).sorted() == [56, 120])
    }
}

extension LedgerEntry {
    var byteCount: Int {
        var count = 0
        forEachFrame { count += $0.bytes.count }
        return count
    }
}
