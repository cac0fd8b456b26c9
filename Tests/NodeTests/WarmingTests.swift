import Glibc
import ResolutionClient
import ResolutionProtocol
import Testing
import TransportSuite

/// A node that brings its data file into memory after the start (performance rule 3.9).
@Suite struct WarmingTests {
    private static func directory(_ settings: [(key: String, value: String)]) throws -> NodeDirectory {
        let directory = try NodeDirectory(settings: settings)
        try directory.fill(homed: [SampleRecords.prefix], records: SampleRecords.records(40))
        return directory
    }

    private static func status(_ node: NodeProcess) throws -> String {
        String(decoding: try node.control.ask(.status), as: UTF8.self)
    }

    @Test func theFileIsWarmedAndStatusMetricsAndLogSaySo() throws {
        let node = try NodeProcess(try Self.directory([]))
        var text = try Self.status(node)
        for _ in 0..<6_000 where !text.contains(#""warming":{"state":"done""#) {
            usleep(10_000)
            text = try Self.status(node)
        }
        #expect(text.contains(#""warming":{"state":"done""#), "\(text)")
        let metrics = String(decoding: try node.control.ask(.metrics), as: UTF8.self)
        for line in ["warming_done 1", "warming_under_way 0"] {
            #expect(metrics.contains("\nhanjiang_\(line)\n"), "no \(line) in \(metrics)")
        }
        #expect(node.stop() == .code(0))
        for part in ["message=warming ", "message=\"warming ended\"", "result=done"] {
            #expect(node.errorText.contains(part), "no \(part) in \(node.errorText)")
        }
    }

    @Test func whereItIsTurnedOffNothingIsRead() throws {
        let node = try NodeProcess(try Self.directory([("warm", "\"off\"")]))
        try NodeAsker(node.address, .udp).askHonestly()
        let text = try Self.status(node)
        #expect(text.contains(#""warming":{"state":"off","file_bytes":0"#), "\(text)")
        #expect(node.stop() == .code(0))
        #expect(!node.errorText.contains("warming"))
    }
}
