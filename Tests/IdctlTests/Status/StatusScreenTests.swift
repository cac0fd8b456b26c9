import ArgumentParser
import Console
import ResolutionProtocol
import Testing

@testable import idctl

@Suite struct StatusScreenTests {
    private static func report(
        pid: Int = 7,
        requests: Int = 100,
        received: Int = 40,
        growing: Int = 0,
        full: Int = 0,
        all: String = ",\"resolution_requests_of_all_days\":500000000"
    ) throws -> StatusReport {
        let text = """
            {"program":"idnode 0.1.0","pid":\(pid),"state":"ready","uptime_seconds":3725,"prefix":"88.118",\
            "listeners":[{"address":"[::1]:2641","udp":true,"tcp":true,"tls":false}],\
            "storage":{"identifiers":1234567,"file_bytes":1048576,"free_bytes":2147483648,"writes":"ok",\
            "damaged_records_met":0,"prefixes_homed":3,"prefixes_delegated":1,\
            "index_hints":1000000,"index_capacity":1200000,"index_hits":77,"index_stale":2,"index_absent":3,\
            "index_bypassed":0,"index_growing_capacity":\(growing),"index_full":\(full)},\
            "warming":{"state":"done","read_bytes":1048576,"resident_bytes":2048,"milliseconds":1250},\
            "counting":{"day":"2026-05-03","resolution_requests":\(received),"resolution_successes":30\(all)},\
            "ledger":{"state":"kept","entries":12,"closed_through":"2026-05-02",\
            "largest_source":{"network":"192.0.2.0/24","percent":41.5,"dominates":true}},\
            "last_backup":{"result":"done","attempt_unix_seconds":1000,"bytes":2048},"last_reload":{"result":"never"},\
            "administration":{"sessions":2,"changes":5,"proofs_failed":1},"connections_limit":1000,\
            "log_lines_lost":0,"metrics":{"requests_udp":\(requests),"requests_tcp":5,"connections_open":12,\
            "answers_success":9}}
            """
        return try StatusReport(Array(text.utf8), place: "s")
    }

    @Test func `S11 what matters of a node fits on one screen`() throws {
        let report = try Self.report()
        let rates = StatusRates(from: nil, to: report, seconds: 0)
        let lines = StatusScreen(report, rates: rates, language: .english, unixSeconds: 4_600).lines
        #expect(lines.count <= 22 && lines.allSatisfy { $0.utf8.count <= 120 })
        for part in [
            "idnode 0.1.0  88.118  ready, up 1 h 02 min", "[::1]:2641 UDP TCP", "1,234,567  prefixes homed 3",
            "received 40  found 30", "500,000,000  25 % of 2,000,000,000", "UDP 100  TCP 5", "12 of 1,000",
            "used 1 MiB  free 2 GiB  writes ok", "1,000,000 of 1,200,000  hits 77  stale 2  absent 3  bypassed 0",
            "sessions 2  changes 5  proofs failed 1", "done  read 1 MiB  in memory before 2 KiB  1.25 s",
            "done  1 h 00 min ago  2 KiB", "closed through 2026-05-02  entries 12",
            "last day closed 192.0.2.0/24 41.5 %",
        ] {
            #expect(lines.contains { $0.contains(part) }, "\(part) in \(lines)")
        }
        let early = try Self.report(all: "")
        let chinese = StatusScreen(early, rates: rates, language: .chinese, unixSeconds: 4_600).lines
        #expect(chinese.contains { $0.contains("就绪，已运行") } && !chinese.contains { $0.hasPrefix("累计计数") })
    }

    @Test func `S11 an index that grows or is full is told`() throws {
        let rates = StatusRates(from: nil, to: try Self.report(), seconds: 0)
        for (growing, full, part) in [
            (2_400_000, 0, "1,000,000 of 1,200,000  growing to 2,400,000  hits 77"),
            (0, 1, "1,000,000 of 1,200,000  FULL: see storage.index_memory_max  hits 77"),
        ] {
            let report = try Self.report(growing: growing, full: full)
            let lines = StatusScreen(report, rates: rates, language: .english, unixSeconds: 0).lines
            #expect(lines.contains { $0.contains(part) } && lines.allSatisfy { $0.utf8.count <= 120 }, "\(lines)")
        }
    }

    @Test func `S11 rates are of what grew in between, and of one process`() throws {
        let (first, second) = (try Self.report(), try Self.report(requests: 150, received: 10))
        let rates = StatusRates(from: first, to: second, seconds: 2)
        #expect(rates["requests_udp"] == 25 && rates["requests_tcp"] == 0)
        #expect(rates["resolution_requests"] == nil, "of a new day")
        #expect(rates["connections_open"] == nil, "no counter")
        #expect(StatusRates(from: first, to: try Self.report(pid: 8, requests: 200), seconds: 2).perSecond.isEmpty)
        #expect(StatusRates(from: first, to: second, seconds: 0).perSecond.isEmpty)
        let screen = StatusScreen(second, rates: rates, language: .english, unixSeconds: 0)
        #expect(screen.lines.contains { $0.contains("UDP 150 (25/s)  TCP 5") }, "\(screen.lines)")
        let json = StatusWatch.json(second, rates, unixSeconds: 9)
        let tree = try #require(JSONTree(json.dropLast().map { $0 }))
        #expect(tree["perSecond"]?["requests_udp"] == .word("25.0") && tree["status"]?["pid"] == .word("7"))
        #expect(
            JSONTree(StatusWatch.json(away: "gone", unixSeconds: 9).dropLast().map { $0 })?["reachable"]
                == .word("false")
        )
    }

    @Test(arguments: [
        (["status", "--watch", "5"], ["status", "--watch", "--every=5"]),
        (["status", "--watch=0.5", "--json"], ["status", "--watch", "--every=0.5", "--json"]),
        (["status", "--watch", "--data", "5"], ["status", "--watch", "--data", "5"]),
        (["status", "--watch"], ["status", "--watch"]), (["status", "--watch="], ["status", "--watch="]),
    ])
    func `S11 --watch may have a number of seconds`(arguments: [String], expected: [String]) {
        #expect(GlobalOptions.take(from: arguments).rest == expected)
    }

    @Test(arguments: [["--watch", "-1"], ["--watch=-1"], ["--watch=often"], ["--watch", "inf"]])
    func `S11 an interval that cannot be is told by the name that was typed`(arguments: [String]) {
        do {
            _ = try Idctl.parseAsRoot(GlobalOptions.take(from: ["status", "--data", "d"] + arguments).rest)
            Issue.record("\(arguments) was accepted")
        } catch {
            let told = Idctl.message(for: error)
            #expect(told.contains("--watch is from 0.1 to 86400 seconds") && !told.contains("--every"), "\(told)")
        }
    }
}
