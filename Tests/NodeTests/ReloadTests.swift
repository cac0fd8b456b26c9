import EventLoop
import Glibc
import ResolutionClient
import ResolutionProtocol
import Testing
import TransportSuite

/// A running node that is given another configuration (cases E5, O1).
@Suite struct ReloadTests {
    private static let recordCount = 40

    private static func directory() throws -> NodeDirectory {
        let directory = try NodeDirectory(settings: [("workers", "2")])
        try directory.fill(homed: [SampleRecords.prefix], records: SampleRecords.records(recordCount))
        return directory
    }

    /// Writes the configuration with other values for keys of the template, which has them as comments.
    private static func set(_ settings: [(key: String, value: String)], in directory: NodeDirectory) throws {
        var lines = try TestFile.text(directory.configuration).split(
            separator: "\n",
            omittingEmptySubsequences: false
        ).map(String.init)
        for (key, value) in settings {
            let index = try #require(
                lines.firstIndex { $0.hasPrefix("#\(key) = ") || $0.hasPrefix("\(key) = ") },
                "the template has no key \(key)"
            )
            lines[index] = "\(key) = \(value)"
        }
        try TestFile.write(directory.configuration, Array(lines.joined(separator: "\n").utf8))
    }

    private static func reload(_ node: NodeProcess) throws -> String {
        String(decoding: try node.control.ask(.reload), as: UTF8.self)
    }

    @Test func e5WhatARunningNodeTakesIsAppliedAndTheRestIsNamed() throws {
        let directory = try Self.directory()
        let node = try NodeProcess(directory)
        #expect(try Self.reload(node) == "unchanged")
        try Self.set([("idle_unasked", "\"200 ms\""), ("level", "\"debug\""), ("workers", "1")], in: directory)
        #expect(try Self.reload(node) == "applied: tcp.idle_unasked, log.level; needs a restart: node.workers")
        #expect(try Self.reload(node) == "needs a restart: node.workers", "the rest is in use by now")
        // A connection that asks nothing is closed after the new time, which was 10 s.
        let idle = try ClientSocket(node.address, isTCP: true)
        let began = SystemClock.monotonicNanoseconds()
        #expect(idle.receiveMessage() == nil)
        #expect(SystemClock.monotonicNanoseconds() - began < 8_000_000_000)
        let status = String(decoding: try node.control.ask(.status), as: UTF8.self)
        #expect(status.contains("\"last_reload\":{\"result\":\"waiting\""), "\(status)")
        let metrics = String(decoding: try node.control.ask(.metrics), as: UTF8.self)
        for (result, count) in [("unchanged", 1), ("applied", 1), ("waiting", 1), ("refused", 0)] {
            #expect(metrics.contains("\nhanjiang_reloads_total{result=\"\(result)\"} \(count)\n"), "\(metrics)")
        }
        #expect(node.stop() == .code(0))
    }

    @Test func e5TheRateLimitIsTakenAndTheStatusNamesWhomItKeepsBack() throws {
        let directory = try Self.directory()
        let node = try NodeProcess(directory)
        try NodeAsker(node.address, .udp).askHonestly()
        try Self.set([("allow", "[]")], in: directory)
        #expect(try Self.reload(node) == "applied: rate_limit.allow")
        let socket = try ClientSocket(node.address, isTCP: false)
        let request = Asking.resolve(Array("\(SampleRecords.prefix)/none".utf8), requestID: 7)
        // What came before its packets were counted is no credit: small errors alone are within the bytes.
        // Again until it shows: a full receive buffer of a node that is held up loses some, and the status is as of the
        // last second.
        var status = ""
        for round in 0..<3_000 where !status.contains("127.0.0.0/24") {
            for _ in 0..<(round.isMultiple(of: 50) ? 700 : 10) { socket.sendDatagram(request) }
            usleep(20_000)
            status = String(decoding: try node.control.ask(.status), as: UTF8.self)
        }
        #expect(status.contains("\"rate_limit\":{\"mode\":\"on\",\"limited_networks\":[{\"network\":\"127.0.0.0/24\""))
        try Self.set([("mode", "\"off\"")], in: directory)
        #expect(try Self.reload(node) == "applied: rate_limit.mode")
        try NodeAsker(node.address, .udp).askHonestly()
        #expect(node.stop() == .code(0))
    }

    @Test func e5TheLimitOfConnectionsChangesAndNoConnectionIsDropped() throws {
        let directory = try Self.directory()
        let node = try NodeProcess(directory)
        let first = try NodeAsker(node.address, .tcp)
        let second = try NodeAsker(node.address, .tcp)
        for asker in [first, second] { try asker.askHonestly() }
        try Self.set([("connections_per_address", "1")], in: directory)
        #expect(try Self.reload(node) == "applied: tcp.connections_per_address")
        for asker in [first, second] { try asker.askHonestly() }
        let third = try ClientSocket(node.address, isTCP: true)
        #expect(third.receiveMessage() == nil, "over the new limit")
        try Self.set([("connections_per_address", "10")], in: directory)
        #expect(try Self.reload(node) == "applied: tcp.connections_per_address")
        try NodeAsker(node.address, .tcp).askHonestly()
        for asker in [first, second] { try asker.askHonestly() }
        #expect(node.stop() == .code(0))
    }

    @Test func e5TheFormOfLogLinesChanges() throws {
        let directory = try Self.directory()
        let node = try NodeProcess(directory)
        try Self.set([("format", "\"json\"")], in: directory)
        #expect(try Self.reload(node) == "applied: log.format")
        try Self.set([("level", "\"error\"")], in: directory)
        #expect(try Self.reload(node) == "applied: log.level")
        #expect(node.stop() == .code(0))
        let lines = node.errorText.split(separator: "\n")
        #expect(lines.contains { $0.hasPrefix("{") && $0.contains("\"outcome\":\"applied: log.format\"") }, "\(lines)")
        #expect(!node.errorText.contains("applied: log.level"), "a notice is less than an error")
    }

    @Test func e5OriginsChange() throws {
        let directory = try Self.directory()
        let node = try NodeProcess(directory)
        try NodeAsker(node.address, .udp).askHonestly()
        let text = try TestFile.text(directory.configuration)
        let table = "\n[[origins]]\nnetwork = \"127.0.0.0/8\"\nclass = \"probe\"\n"
        try TestFile.write(directory.configuration, Array((text + table).utf8))
        #expect(try Self.reload(node) == "applied: origins")
        for _ in 0..<3 { try NodeAsker(node.address, .udp).askHonestly() }
        let metrics = String(decoding: try node.control.ask(.metrics), as: UTF8.self)
        #expect(metrics.contains("\nhanjiang_resolutions_received_today{origin=\"probe\"} 3\n"), "\(metrics)")
        #expect(node.stop() == .code(0))
    }

    @Test func e5AWrongConfigurationAppliesNothing() throws {
        let directory = try Self.directory()
        let node = try NodeProcess(directory)
        try Self.set([("connections_per_address", "1"), ("idle_answered", "\"soon\"")], in: directory)
        let refusal = try #require(throws: ControlError.self) { try Self.reload(node) }
        guard case .refused(_, .error, let text) = refusal else { throw NodeFailure("\(refusal)") }
        #expect(text.firstMatch(of: #/node\.toml:\d+:\d+: /#) != nil, "\(text)")
        let askers = try (0..<3).map { _ in try NodeAsker(node.address, .tcp) }
        for asker in askers { try asker.askHonestly() }
        let status = String(decoding: try node.control.ask(.status), as: UTF8.self)
        #expect(status.contains("\"last_reload\":{\"result\":\"refused\""), "\(status)")
        let metrics = String(decoding: try node.control.ask(.metrics), as: UTF8.self)
        #expect(metrics.contains("\nhanjiang_reload_last_accepted 0\n"))
        #expect(node.stop() == .code(0))
    }

    @Test func e5AWrongAdministrationKeyNamesItsLineAndTheOldOneStays() throws {
        let administrator = TestAdministrator(secret: "s3cret")
        let directory = try NodeDirectory(settings: [("workers", "2"), ("sessions_only", "true")])
        let node = try AdministeredNode(NodeProcess(directory))
        try node.home(AdministeredNode.prefix, for: administrator)
        let wrong: [(key: String, value: String)] = [
            ("administrators", "[\"0.NA/88.118\"]"), ("transport", "\"ssl\""), ("sessions_only", "1"),
            ("challenge_time", "\"0 s\""), ("sessions", "-1"),
        ]
        let text = try TestFile.text(directory.configuration)
        for setting in wrong {
            try Self.set([setting, ("idle_answered", "\"77 s\"")], in: directory)
            let line = try Self.line(of: setting.key, in: directory)
            let refusal = try #require(throws: ControlError.self, "\(setting)") { try Self.reload(node.node) }
            #expect("\(refusal)".contains("node.toml:\(line):"), "\(setting): \(refusal)")
            try TestFile.write(directory.configuration, Array(text.utf8))
        }
        let unknown = text.replacing("\nsessions_only = true", with: "\nsessions_onyl = false", maxReplacements: 1)
        try TestFile.write(directory.configuration, Array(unknown.utf8))
        let refusal = try #require(throws: ControlError.self) { try Self.reload(node.node) }
        #expect("\(refusal)".contains("sessions_onyl"), "\(refusal)")
        // Outside a session nothing is changed, as before.
        let name = AdministeredNode.prefix + Array("/a".utf8)
        let outside = node.client(administrator) { $0.usesSession = false }
        #expect(throws: AdministrationError.self) { _ = try outside.create(name, SampleRecords.values(1)) }
        _ = try node.client(administrator).create(name, SampleRecords.values(1))
        try TestFile.write(directory.configuration, Array(text.utf8))
        #expect(try Self.reload(node.node) == "unchanged", "nothing of the wrong ones was applied")
        try Self.set([("sessions_only", "false")], in: directory)
        #expect(try Self.reload(node.node) == "needs a restart: administration.sessions_only")
        #expect(node.node.stop() == .code(0))
    }

    /// The line, from 1, on which `key` stands.
    private static func line(of key: String, in directory: NodeDirectory) throws -> Int {
        let lines = try TestFile.text(directory.configuration).split(
            separator: "\n",
            omittingEmptySubsequences: false
        )
        return try #require(lines.firstIndex { $0.hasPrefix("\(key) = ") }) + 1
    }

    /// O1 in small: reloads that change something, one after the other, under load.
    @Test func o1ReloadsUnderLoadLoseNoConnectionAndNoAnswer() throws {
        let directory = try Self.directory()
        let node = try NodeProcess(directory)
        let clients = try [NodeAsker.Carrier.tcp, .tcp, .tcp].map {
            try LoadClient(node.address, $0, recordCount: Self.recordCount)
        }
        for round in 0..<20 {
            try Self.set([("idle_answered", "\"\(100 + round) s\"")], in: directory)
            if round % 2 == 0 {
                #expect(try Self.reload(node) == "applied: tcp.idle_answered")
            } else {
                node.process.send(SIGHUP)
                let limit = SystemClock.monotonicNanoseconds() + 60_000_000_000
                while try Self.appliedCount(node) <= round, SystemClock.monotonicNanoseconds() < limit { usleep(2_000) }
            }
        }
        #expect(try Self.appliedCount(node) == 20)
        for client in clients {
            let tally = client.finish(stops: true)
            #expect(tally.fault == nil)
            #expect(tally.answered == tally.sent && tally.answered > 0)
        }
        #expect(node.process.poll() == nil)
        #expect(node.stop() == .code(0))
    }

    private static func appliedCount(_ node: NodeProcess) throws -> Int {
        let metrics = String(decoding: try node.control.ask(.metrics), as: UTF8.self)
        let line = metrics.split(separator: "\n").first { $0.hasPrefix("hanjiang_reloads_total{result=\"applied\"}") }
        return line?.split(separator: " ").last.flatMap { Int($0) } ?? -1
    }
}
