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
                row("", .external, number, 0), row("88.1", .external, 9 * number, number), row("88.1", .own, 2, 2),
            ]
        )
    }

    private static func row(
        _ prefix: String,
        _ origin: OriginClass,
        _ received: UInt64,
        _ found: UInt64
    ) -> LedgerRow {
        LedgerRow(
            .init(prefix: Array(prefix.utf8), origin: origin),
            received: 1,
            found: 1,
            receivedSoFar: received,
            foundSoFar: found
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

    @Test func aLongReportGoesInPartsThatFitIntoMessages() throws {
        let author = try SampleLedger.author(SampleLedger.key)
        let rows = (0..<20_000).map { Self.row("88.118.\(100_000 + $0)", .external, UInt64($0), 1) }
        let day = CountDay(number: 20_000)
        func reports(_ seconds: Int64) throws -> [SignedReport] {
            try ResolutionReport.signed(day: day, entry: 9, rows: rows, madeUnixSeconds: seconds, by: author)
        }
        let parts = try reports(1)
        #expect(parts.count > 1)
        #expect(parts.flatMap(\.report.rows) == rows)
        for part in parts {
            let body = ReportDelivery(identity: author.identity, signed: part)
            #expect(body.wire.count < Envelope.messageLengthMax - 4_096)
            #expect(try ReportDelivery(wire: body.wire) == body)
            #expect(part.isSigned(by: author.identity))
        }
        #expect(Set(parts.map(\.report.name)).count == parts.count)
        #expect(try reports(2).map(\.report.name) == parts.map(\.report.name), "the same report, made later")
        let quiet = try ResolutionReport.signed(day: day, entry: 9, rows: [], madeUnixSeconds: 1, by: author)
        #expect(quiet.map(\.report.rows) == [[]])
    }

    @Test func onlyRowsUnderTheSendersPrefixCount() {
        let scope = ReportScope(prefix: Array("88.118".utf8))
        for name in ["", "88.118", "88.118.8", "88.118.8.A"] { #expect(scope.covers(Array(name.utf8)), "\(name)") }
        let long = "88.118." + String(repeating: "1", count: ResolutionReport.prefixByteCountMax)
        for name in ["88", "88.1180", "88.11", "99.118", "#7", long] {
            #expect(!scope.covers(Array(name.utf8)), "\(name)")
        }
    }

    @Test func F1TheWaitAfterFailuresDoublesUpToABoundAndIsByChance() {
        var (pace, generator) = (RetryPace(), SeededGenerator(seed: 7))
        var waits: [UInt64] = []
        for _ in 0..<20 { waits.append(pace.fail(using: &generator)) }
        for (number, wait) in waits.enumerated() {
            let whole = min(RetryPace.secondsMax, 1 << UInt64(min(number, 10))) * 1_000
            #expect((whole * 3 / 4...whole).contains(wait), "\(number)")
        }
        #expect(Set(waits.suffix(8)).count > 1)
        pace.succeed()
        #expect(pace.fail(using: &generator) <= 1_000)
    }
}
