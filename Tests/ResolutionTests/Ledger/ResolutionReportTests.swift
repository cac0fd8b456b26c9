import Cryptography
import ResolutionProtocol
import Testing

@testable import Resolution

@Suite struct ResolutionReportTests {
    private static func report(_ number: UInt64, entry: UInt64 = 3) -> ResolutionReport {
        ResolutionReport(
            name: Array(repeating: UInt8(truncatingIfNeeded: number), count: ResolutionReport.nameByteCount),
            madeUnixSeconds: 7,
            day: CountDay(number: 20_000 + Int32(number)),
            identity: Array(repeating: 0, count: 32),
            entry: entry,
            rows: [
                ResolutionReport.Row(.init(prefix: [], origin: .external), received: number, found: 0),
                ResolutionReport.Row(
                    .init(prefix: Array("88.1".utf8), origin: .external),
                    received: 9 * number,
                    found: number
                ),
                ResolutionReport.Row(.init(prefix: Array("88.1".utf8), origin: .own), received: 2, found: 2),
            ]
        )
    }

    @Test(arguments: [KeyKind.ed25519, .sm2])
    func aSignedReportIsReadAsItWasWritten(kind: KeyKind) throws {
        let author = try SampleLedger.author(try PrivateKey.generate(kind))
        let signed = try SignedReport(Self.report(1), by: author)
        let read = try SignedReport(wire: signed.wire)
        #expect(read == signed)
        #expect(read.isSigned(by: author.identity))
        #expect(!read.isSigned(by: try SampleLedger.author(try PrivateKey.generate(kind)).identity))
        #expect(!read.isSigned(by: try SampleLedger.author(SampleLedger.key, prefix: "88.9").identity))
    }

    @Test func noChangedByteOfAReportIsBelieved() throws {
        let author = try SampleLedger.author(SampleLedger.key)
        let wire = try SignedReport(Self.report(1), by: author).wire
        for place in wire.indices {
            var changed = wire
            changed[place] ^= 0x10
            let read = try? SignedReport(wire: changed)
            #expect(read?.isSigned(by: author.identity) != true, "byte \(place)")
        }
        for count in wire.indices { #expect((try? SignedReport(wire: Array(wire.prefix(count)))) == nil) }
    }

    @Test func rowsOutOfOrderAreNoReport() throws {
        var report = Self.report(1)
        report.rows.swapAt(0, 1)
        #expect(throws: WireError.invalidField) { try ResolutionReport(wire: report.wire) }
        report.rows[1] = report.rows[0]
        #expect(throws: WireError.invalidField) { try ResolutionReport(wire: report.wire) }
    }

    @Test func F6AReportSentTwiceLateOrOutOfOrderChangesNothing() {
        let reports = (1...20).map { Self.report(UInt64($0)) }
        var expected = ReportedTotals()
        for report in reports { expected.take(report) }
        #expect(expected.pairs[.init(prefix: Array("88.1".utf8), origin: .external)]?.received == 180)
        var generator = SeededGenerator(seed: SeededGenerator.seed(for: "reports", or: 6))
        for _ in 0..<50 {
            var totals = ReportedTotals()
            let order = (reports + reports.filter { _ in generator.below(2) == 0 }).shuffled(using: &generator)
            for report in order { totals.take(report) }
            #expect(totals == expected)
            let hasChanged = totals.take(reports[generator.below(20)])
            #expect(!hasChanged)
        }
    }
}
