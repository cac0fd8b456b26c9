import Resolution
import ResolutionProtocol
import StoreSuite
import Testing

@testable import StorageLMDB

@Suite struct ReportKeeperTests {
    private static let prefix = Array("88.118".utf8)
    private static let firstDay: Int32 = 20_000

    private static func sender(_ store: UInt8 = 1, prefix: [UInt8] = prefix) -> ReportSender {
        ReportSender(prefix: prefix, store: Array(repeating: store, count: 16))
    }

    private static func report(_ day: Int32, _ rows: [LedgerRow], entry: UInt64 = 1) -> ResolutionReport {
        ResolutionReport(
            name: Array(repeating: UInt8(truncatingIfNeeded: day), count: ResolutionReport.nameByteCount),
            madeUnixSeconds: Int64(day),
            day: CountDay(number: day),
            identity: Array(repeating: 9, count: 32),
            entry: entry,
            rows: rows
        )
    }

    private static func row(_ prefix: String, _ ofDay: UInt64, soFar: UInt64) -> LedgerRow {
        LedgerRow(
            .init(prefix: Array(prefix.utf8), origin: .external),
            received: ofDay,
            found: ofDay / 2,
            receivedSoFar: soFar,
            foundSoFar: soFar / 2
        )
    }

    private static func kept(_ report: ResolutionReport, _ sender: ReportSender = sender()) -> KeptReport {
        KeptReport(sender: sender, report: report, receivedUnixSeconds: 7)
    }

    /// Thirty days of a node with two prefixes, as it would report them.
    private static func month() -> [ResolutionReport] {
        (0..<30).map { number in
            let soFar = UInt64(number + 1)
            return report(
                firstDay + Int32(number),
                [
                    row("88.118", 10, soFar: 10 * soFar),
                    row("88.118.8", UInt64(2 * number), soFar: soFar * UInt64(number)),
                ],
                entry: UInt64(number)
            )
        }
    }

    @Test func F6AReportTwiceLateOrOutOfOrderChangesNothing() throws {
        let reports = Self.month()
        let expected = try outcome(of: reports)
        #expect(expected.overview.senders.first?.totals.totals.externalRequests == 300 + 30 * 29)
        #expect(expected.overview.days.count == 30)
        var generator = SplitMix(seed: 6)
        for _ in 0..<3 {
            let twice = reports + reports.filter { _ in Bool.random(using: &generator) }
            let other = try outcome(of: twice.shuffled(using: &generator))
            #expect(other.overview.days == expected.overview.days)
            #expect(other.rows == expected.rows)
            #expect(other.overview.senders.map(\.totals.totals) == expected.overview.senders.map(\.totals.totals))
            #expect(other.overview.senders.map(\.totals.day) == expected.overview.senders.map(\.totals.day))
        }
    }

    /// What a store has after `reports`, closed and opened again in between.
    private func outcome(of reports: [ResolutionReport]) throws -> (overview: ReportOverview, rows: [LedgerRow]) {
        let directory = try TemporaryDirectory()
        let half = reports.count / 2
        do {
            let store = try makeStore(directory)
            for report in reports[..<half] { _ = try store.reports.take(Self.kept(report)).get() }
            store.close()
        }
        let store = try Store.open(directory: directory.path, options: smallOptions)
        for report in reports[half...] { _ = try store.reports.take(Self.kept(report)).get() }
        let last = try #require(reports.last)
        #expect(try !store.reports.take(Self.kept(last)).get(), "known")
        let verification = try store.verify(comparingLog: true) { _ in }
        #expect(verification.damagedCount == 0)
        let day = CountDay(number: Self.firstDay + 5)
        return (try store.reportOverview(), try store.reportedRows(of: Self.prefix, day: day))
    }

    @Test func serversOfOnePrefixAreAddedAndOtherPrefixesStandApart() throws {
        let directory = try TemporaryDirectory()
        let store = try makeStore(directory)
        let report = Self.report(Self.firstDay, [Self.row("88.118", 4, soFar: 40)])
        for server in [UInt8(1), 2] { _ = try store.reports.take(Self.kept(report, Self.sender(server))).get() }
        let other = Self.sender(3, prefix: Array("88.1".utf8))
        _ = try store.reports.take(Self.kept(report, other)).get()
        let rows = try store.reportedRows(of: Self.prefix, day: CountDay(number: Self.firstDay))
        #expect(rows == [LedgerRow(rows[0].key, received: 8, found: 4, receivedSoFar: 80, foundSoFar: 40)])
        #expect(try store.reportSenders().count == 3)
        #expect(try store.reportOverview().days.map(\.counts.externalRequests) == [12])
    }

    @Test func rowsOfDaysLongPastGoAndTotalsStay() throws {
        let directory = try TemporaryDirectory()
        let store = try makeStore(directory)
        let days = (0..<5).map { Self.firstDay + $0 }
        for day in days {
            _ = try store.reports.take(Self.kept(Self.report(day, [Self.row("88.118", 1, soFar: 100)]))).get()
        }
        let late = Self.firstDay + ReportEntry.dayCountMax + 2
        _ = try store.reports.take(Self.kept(Self.report(late, [Self.row("88.118", 1, soFar: 101)]))).get()
        let left = try store.reportOverview()
        #expect(left.days.map(\.day.number) == [days[3], days[4], late])
        #expect(left.senders.first?.totals.totals.externalRequests == 101)
        // One of a day that has gone is in the totals alone.
        _ = try store.reports.take(Self.kept(Self.report(days[0], [Self.row("88.118", 9, soFar: 200)]))).get()
        #expect(try store.reportOverview().days == left.days)
        #expect(try store.reportSenders().first?.totals.totals.externalRequests == 200)
    }

    @Test func aSumBeyond64BitsIsRefusedAndChangesNothing() throws {
        let directory = try TemporaryDirectory()
        let store = try makeStore(directory)
        _ = try store.reports.take(Self.kept(Self.report(Self.firstDay, [Self.row("88.118", 1, soFar: 5)]))).get()
        let before = try store.reportOverview()
        let rows = [Self.row("88.118", 1, soFar: 9), Self.row("88.118.8", 1, soFar: .max)]
        let result = store.reports.take(Self.kept(Self.report(Self.firstDay + 1, rows)))
        #expect(throws: ReportBookError.tooMany(.total)) { try result.get() }
        #expect(try store.reportOverview() == before)
    }

    @Test func F2TheSiteAboveIsKeptAndVerified() throws {
        let directory = try TemporaryDirectory()
        let store = try makeStore(directory)
        #expect(try store.routeMark() == nil)
        let server = SiteServer(
            serverID: 1,
            address: Array(repeating: 7, count: 16),
            publicKey: [1, 2],
            interfaces: []
        )
        let site = SiteInfo(serialNumber: 9, servers: [server])
        for serial: UInt16 in [9, 10] {
            var newer = site
            newer.serialNumber = serial
            let mark = RouteMark(above: Array(repeating: 3, count: 32), site: newer)
            try store.setRouteMark(mark)
            #expect(try store.routeMark() == mark)
        }
        #expect(try store.reportMark() == nil)
        #expect(try store.verify { _ in }.isSound)
    }

    @Test func theMarkIsKeptAndTheThreadTakesReportsInOrder() async throws {
        let directory = try TemporaryDirectory()
        let store = try makeStore(directory)
        #expect(try store.reportMark() == nil)
        let mark = ReportMark(
            above: Array(repeating: 1, count: 32),
            entry: 4,
            head: Array(repeating: 2, count: 32),
            day: CountDay(number: 5),
            acknowledgedUnixSeconds: 6
        )
        try store.setReportMark(mark)
        #expect(try store.reportMark() == mark)
        let isTaken = store.reports.take(Self.kept(Self.report(Self.firstDay, []))) { _ in }
        #expect(!isTaken, "the thread does not run")
        #expect(store.reports.start())
        let result: Result<Bool, ReportBookError> = await withCheckedContinuation { continuation in
            let report = Self.kept(Self.report(Self.firstDay, [Self.row("88.118", 1, soFar: 5)]))
            if !store.reports.take(report, then: { continuation.resume(returning: $0) }) {
                continuation.resume(returning: .failure(.log(.closed)))
            }
        }
        #expect(try result.get())
        store.close()
        let isTakenAfterwards = store.reports.take(Self.kept(Self.report(Self.firstDay, []))) { _ in }
        #expect(!isTakenAfterwards, "it has ended")
    }
}
