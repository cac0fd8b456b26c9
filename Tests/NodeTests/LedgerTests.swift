import Glibc
import Resolution
import ResolutionClient
import ResolutionProtocol
import Testing
import TransportSuite

/// The resolution ledger of a whole node, with the programs (cases D1, D12).
@Suite struct LedgerTests {
    @Test func D12ANodeClosesItsDaysAndAnyoneCanCheckThem() throws {
        let bench = try IdctlBench()
        let config = bench.config
        #expect(bench.node.stop() == .code(0))
        let day = try PastPage.write(bench.directory, queries: 7)
        var node = try NodeProcess(bench.directory)
        try Self.waitForEntries(3, of: node)
        let verified = try bench.idctl(["ledger", "verify"] + config)
        #expect(verified.contains("the ledger is sound") && verified.contains("resolution successes  7"), "\(verified)")
        let shown = try bench.idctl(["ledger", "show", "--csv"] + config)
        #expect(shown.contains("\(day.text),yes,7,7,7,7,0,"), "\(shown)")
        let forecast = try bench.idctl(["ledger", "forecast"] + config)
        #expect(forecast.contains("7 of 2,000,000,000") && forecast.contains("too little data"), "\(forecast)")
        let file = bench.file("audit.ledger")
        try bench.idctl(["ledger", "export", file] + config)
        // Killed, and started again: nothing is closed twice.
        _ = node.kill()
        node = try NodeProcess(bench.directory)
        let status = String(decoding: try node.control.ask(.status), as: UTF8.self)
        #expect(status.contains("\"ledger\":{\"state\":\"kept\",\"entries\":3"), "\(status)")
        let metrics = String(decoding: try node.control.ask(.metrics), as: UTF8.self)
        #expect(metrics.contains("\nhanjiang_ledger_resolution_successes_total 7\n"), "\(metrics)")
        #expect(node.stop() == .code(0))

        let stopped = try bench.idctl(["ledger", "verify", "--data", bench.directory.data])
        #expect(stopped.contains("days recounted        2"), "\(stopped)")
        #expect(try bench.idctl(["ledger", "verify", file]).contains("the ledger is sound"))
        var bytes = try TestFile.read(file)
        bytes[bytes.count / 2] ^= 1
        try TestFile.write(file, bytes)
        let text = try bench.idctl(["ledger", "verify", file], 5)
        #expect(text.contains("byte \(bytes.count / 2): a byte has been changed here"), "\(text)")
    }

    private static func waitForEntries(_ count: Int, of node: NodeProcess) throws {
        var status = ""
        for _ in 0..<300 {
            status = String(decoding: try node.control.ask(.status), as: UTF8.self)
            if status.contains("\"entries\":\(count)") { return }
            usleep(50_000)
        }
        Issue.record("no \(count) entries: \(status)")
    }
}
