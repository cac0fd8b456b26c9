import EventLoop
import FakeServer
import Glibc
import Resolution
import ResolutionClient
import ResolutionProtocol
import Testing
import TransportSuite

/// What a node has counted reaches the level above, exactly and once (cases F1, F6).
struct ReportTests {
    /// A top-level node that keeps its port, and a secondary node that was stopped for days.
    private struct Bench {
        let above: NodeDirectory
        let below: NodeDirectory
        let day: CountDay

        init(queries: Int, above servers: [SocketAddress]? = nil) throws {
            let port = try Loopback.steadyPort()
            above = try NodeDirectory(prefix: "88", role: "top", listeners: [NodeDirectory.Listener(port: port)])
            let address = SocketAddress(ipv4: 0x7F00_0001, port: port)
            below = try NodeDirectory(above: servers ?? [address])
            try above.fill(
                delegated: ["88.118"],
                records: [FederatedNodes.delegation(of: "88.118", to: SocketAddress(ipv4: 0x7F00_0001, port: 9))]
            )
            day = try PastPage.write(below, queries: queries)
        }

        /// Runs `idctl` with the configuration of `directory`.
        @discardableResult
        func idctl(_ arguments: [String], _ directory: NodeDirectory, _ code: Int32 = 0) throws -> String {
            let outcome = try BuiltProgram.run(
                arguments + ["--config", directory.configuration, "--lang", "en"],
                program: "idctl",
                in: directory.directory,
                seconds: 30
            )
            #expect(outcome.ending == .code(code), "\(arguments): \(outcome.text)")
            return outcome.text
        }

        /// Has the level above believe the node's reports.
        func trust() throws {
            let file = below.directory.path + "/report.pem"
            try idctl(["federation", "key", file], below)
            try idctl(["federation", "trust", "88.118", file], above)
        }
    }

    private static func hasReportedAll(_ status: String) -> Bool {
        status.contains("\"reports\":{\"state\":\"idle\"") && status.contains("\"waiting_days\":0")
            && status.contains("\"acknowledged_day\"")
    }

    @Test func F6TheLevelAboveHasExactlyWhatWasCountedHoweverOftenItIsSent() throws {
        let bench = try Bench(queries: 7)
        var top = try NodeProcess(bench.above)
        var node = try NodeProcess(bench.below)
        // Nobody knows its key: it waits, and says why.
        try node.awaitStatus {
            $0.contains("not registered for the prefix 88.118") && $0.contains("\"waiting_days\":2")
        }
        try bench.trust()
        try node.awaitStatus(Self.hasReportedAll)
        func check() throws {
            let shown = try bench.idctl(["federation", "show", "--json"], bench.above)
            #expect(shown.contains("{\"prefix\":\"88.118\",\"successes\":7,\"requests\":7,\"servers\":1"), "\(shown)")
            #expect(shown.contains("\"own\":{\"successes\":0"), "\(shown)")
            let rows = try bench.idctl(
                ["federation", "show", "88.118", "--day", bench.day.text, "--json"],
                bench.above
            )
            let row = "{\"prefix\":\"88.118\",\"class\":\"external\",\"received\":7,\"found\":7,\"received_so_far\":7"
            #expect(rows.contains(row), "\(rows)")
        }
        try check()
        let table = try bench.idctl(["federation", "show"], bench.above)
        #expect(table.contains("7 of 2,000,000,000") && table.contains("own queries, not added"), "\(table)")
        #expect(try bench.idctl(["federation", "show", "88.119"], bench.above, 3).contains("E-FEDERATION-002"))
        // What is acknowledged is durable, on both sides.
        _ = top.kill()
        top = try NodeProcess(bench.above)
        try check()
        _ = node.kill()
        node = try NodeProcess(bench.below)
        try node.awaitStatus(Self.hasReportedAll)
        #expect(try node.figure("sent") == 0, "known, and not sent again")
        #expect(node.stop() == .code(0))
        // Under another configuration all is sent once more, and changes nothing.
        let text = try TestFile.text(bench.below.configuration)
        let twice = text.replacing("above = [", with: "above = [\"\(top.address)\", ", maxReplacements: 1)
        #expect(twice != text)
        try TestFile.write(bench.below.configuration, Array(twice.utf8))
        node = try NodeProcess(bench.below)
        try node.awaitStatus { Self.hasReportedAll($0) && !$0.contains("\"sent\":0") }
        try check()
        // Figures are as of a second ago.
        try top.awaitStatus { $0.contains("\"repeated\":2,") }
        #expect(node.stop() == .code(0) && top.stop() == .code(0))
        _ = try bench.above.verify()
    }

    @Test func F1ReportsWaitDurablyWhileTheLevelAboveIsDownOrSlow() throws {
        let silent = try FakeServer(connection: { $0.waitForEnd() })
        let bench = try Bench(queries: 5, above: [silent.address])
        try bench.below.fill(records: [FederatedNodes.record("88.118/own")])
        var node = try NodeProcess(bench.below)
        try node.awaitStatus { $0.contains("\"waiting_days\":2") }
        let asker = try NodeAsker(node.address, .udp)
        for _ in 0..<200 {
            #expect(try asker.resolve(Array("88.118/own".utf8)).header.responseCode == .success)
        }
        silent.stop()
        try node.awaitStatus { $0.contains("\"state\":\"failing\"") }
        _ = node.kill()
        node = try NodeProcess(bench.below)
        try node.awaitStatus { $0.contains("\"waiting_days\":2") && $0.contains("\"state\":\"failing\"") }
        let metrics = String(decoding: try node.control.ask(.metrics), as: UTF8.self)
        #expect(metrics.contains("\nhanjiang_reports_waiting_days 2\n"), "\(metrics)")
        // Another level above has it all, without a restart.
        let top = try NodeProcess(bench.above)
        try bench.trust()
        let text = try TestFile.text(bench.below.configuration)
        let other = text.replacing("\(silent.address)", with: "\(top.address)")
        #expect(other != text)
        try TestFile.write(bench.below.configuration, Array(other.utf8))
        _ = try node.control.ask(.reload)
        try node.awaitStatus(Self.hasReportedAll)
        let shown = try bench.idctl(["federation", "show", "--json"], bench.above)
        #expect(shown.contains("\"successes\":5,\"requests\":5"), "\(shown)")
        #expect(node.stop() == .code(0) && top.stop() == .code(0))
    }
}
