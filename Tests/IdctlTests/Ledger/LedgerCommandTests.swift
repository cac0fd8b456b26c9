import ArgumentParser
import Console
import Cryptography
import Resolution
import ResolutionProtocol
import Testing

@testable import idctl

/// What `idctl ledger` says of a ledger in a file.
@Suite struct LedgerCommandTests {
    private static let firstDay = CountDay(number: 20_779)
    private static let dayCount = 10

    /// A ledger of ten days, 100 successes each but for the last, which one network dominates, and a correction.
    private static func bytes(key: PrivateKey) throws -> [UInt8] {
        let author = try LedgerAuthor(key: key, store: Array(1...16), prefix: Array("88.118".utf8))
        var pen = LedgerPen(author: author, state: LedgerState(firstDay: firstDay))
        var entries = [try pen.identify(unixSeconds: 1)]
        for number in 0..<dayCount {
            let before = entries.last { !$0.rows.isEmpty }?.rows ?? []
            entries.append(
                try pen.close(account(100, networks: number == dayCount - 1 ? 1 : 10), before: before, unixSeconds: 2)
            )
        }
        let before = entries.last?.rows ?? []
        entries.append(try pen.correct(firstDay, by: account(5, networks: 1), before: before, unixSeconds: 3))
        var bytes = LedgerFrame(.fileHead, LedgerFileHead(first: 0)).bytes
        bytes += LedgerFrame(.identity, author.identity).bytes
        for entry in entries { entry.forEachFrame { bytes += $0.bytes } }
        return bytes + LedgerFrame(.fileEnd, LedgerFileEnd(entryCount: UInt64(entries.count))).bytes
    }

    private static func account(_ queries: UInt64, networks: UInt64) -> LedgerAccount {
        var account = LedgerAccount()
        let key = LedgerRow.Key(prefix: Array("88.118.8".utf8), origin: .external)
        account.add(LedgerRow(key, received: queries, found: queries, receivedSoFar: 0, foundSoFar: 0))
        for number in 0..<networks {
            let network = QuerySource(high: 0, low: 0xFFFF_0A00_0000 | number << 8, prefixLength: 120)
            let key = LedgerSourceRow.Key(network: network, origin: .external)
            account.add(LedgerSourceRow(key, count: queries / networks))
        }
        return account
    }

    private static func session(_ language: Language) -> Session {
        let terminal = Terminal(isTerminal: false, isDecorated: false)
        return Session(language: language, outputTerminal: terminal, errorTerminal: terminal)
    }

    private func file(_ folder: TemporaryFolder, _ bytes: [UInt8]) throws -> String {
        try folder.writeBytes(bytes, as: "audit.ledger")
    }

    @Test func D12AFileIsVerifiedAndAFlippedByteIsSaidWithItsPlace() throws {
        let folder = try TemporaryFolder()
        let key = try PrivateKey.generate(.ed25519)
        var bytes = try Self.bytes(key: key)
        let fingerprint = try Digest.sha256.digest(of: try key.publicKey.subjectPublicKeyInfo())
        let run = try LedgerCheckRun.ofFile(try file(folder, bytes), trusted: [fingerprint])
        #expect(run.verification.findings.isEmpty)
        let lines = LedgerCheckReport(run).lines(Self.session(.english))
        #expect(lines.contains { $0.contains("12 (days 10, corrections 1)") }, "\(lines)")
        #expect(lines.last == "the ledger is sound")
        let json = String(decoding: LedgerCheckReport(run).json(), as: UTF8.self)
        #expect(json.contains("\"sound\":true") && json.contains("\"resolution_successes\":1005"), "\(json)")

        let place = bytes.count / 2
        bytes[place] ^= 4
        let changed = try LedgerCheckRun.ofFile(try file(folder, bytes), trusted: [])
        let finding = try #require(changed.verification.findings.first)
        #expect(finding.offset == place)
        let message = UserMessage.ledgerFinding(finding, in: "f").rendered(program: "idctl", language: .chinese)
        #expect(message.contains("字节 \(place)") && message.contains("E-LEDGER-002"), "\(message)")
        #expect(throws: CommandFailure.self) { try LedgerCheckRun.ofFile(folder.file("none"), trusted: []) }
    }

    @Test func theDaysAreListedWithCorrectionsAndWhoDominates() throws {
        let folder = try TemporaryFolder()
        let path = try file(folder, try Self.bytes(key: try PrivateKey.generate(.sm2)))
        let options = try LedgerOptions.parse([path])
        let days = try LedgerDays.read(options, Self.session(.english)).days
        #expect(days.count == Self.dayCount)
        #expect(days[0].counts.successes == 105 && days[0].correctionCount == 1)
        #expect(days.map { $0.share?.isOver(percent: 20) } == Array(repeating: false, count: 9) + [true])
        let csv = LedgerListing(days: days, percentMax: 20).csv()
        #expect(csv[1] == "2026-11-22,yes,105,105,100,100,1,10.0.0.0/24,10.0")
        #expect(csv[10] == "2026-12-01,yes,100,100,1000,1000,0,10.0.0.0/24,100.0")
        let lines = LedgerListing(days: days, percentMax: 20).lines(Self.session(.chinese))
        #expect(lines.count == 11 && lines[10].contains("占比过高"), "\(lines)")
        let json = String(decoding: LedgerListing(days: days, percentMax: 20).json(), as: UTF8.self)
        #expect(json.contains("\"dominates\":true") && json.contains("\"percent\":100.0"), "\(json)")
    }

    @Test func theForecastSaysTheDayOrThatThereIsTooLittle() throws {
        let folder = try TemporaryFolder()
        let path = try file(folder, try Self.bytes(key: try PrivateKey.generate(.ed25519)))
        let days = try LedgerDays.read(try LedgerOptions.parse([path]), Self.session(.english))
        let forecast = try #require(
            LedgerForecast(
                days: days.days.map { ($0.day, $0.counts) },
                measure: .successes,
                total: days.cumulative.successes,
                target: 2_010
            )
        )
        let report = ForecastReport(forecast, .successes)
        let english = report.lines(Self.session(.english)).joined(separator: "\n")
        // 1,005 by 2026-12-01, 1,005 more at 100 a day.
        #expect(english.contains("1,005 of 2,010 (50.00 %) by 2026-12-01"), "\(english)")
        #expect(
            english.contains("2026-12-12") && english.contains("too little data: closed days so far 10"),
            "\(english)"
        )
        let chinese = report.lines(Self.session(.chinese)).joined(separator: "\n")
        #expect(chinese.contains("数据不足：已结账 10 天"), "\(chinese)")
        let json = String(decoding: report.json(), as: UTF8.self)
        #expect(json.contains("\"outcome\":\"reached\",\"day\":\"2026-12-12\""), "\(json)")
    }

    @Test func aFileThatIsNoLedgerIsSaidToBeNone() throws {
        let folder = try TemporaryFolder()
        for bytes in [[], Array("not a ledger".utf8)] {
            let path = try file(folder, bytes)
            #expect(throws: CommandFailure.self) {
                try LedgerDays.read(try LedgerOptions.parse([path]), Self.session(.english))
            }
            #expect(try !LedgerCheckRun.ofFile(path, trusted: []).verification.findings.isEmpty)
        }
    }
}
