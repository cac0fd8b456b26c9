import Console
import Resolution
import ResolutionProtocol
import StorageLMDB
import Testing

@testable import idctl

@Suite struct HistoryReportTests {
    private static let name = Array("88.118.1/泵-7".utf8)

    private static func command(_ text: String?, at time: UInt64) throws -> Command {
        let name = try Identifier(name)
        let origin = Array("tool\u{1B}[2J 工具".utf8)
        guard let text else {
            return Command(.remove(name: name, expecting: .present), unixSeconds: time, origin: origin)
        }
        let values = [HandleValue(index: 1, type: Array("DESC".utf8), data: Array(text.utf8))]
        return Command(.put(name: name, values: values, expecting: .anything), unixSeconds: time, origin: origin)
    }

    /// A node in which an identifier was loaded, changed, deleted and created again.
    private func node() throws -> TestNode {
        let node = try TestNode(homing: ["88.118.1"])
        let row = #"{"identifier":"88.118.1/泵-7","values":[{"index":1,"type":"DESC","data":"a"}]}"#
        #expect(try node.importing(row + "\n", as: "in.jsonl").tally.createdCount == 1)
        let store = try node.open()
        defer { store.close() }
        let now = MomentText.now()
        _ = try store.apply([
            try Self.command("b", at: now), try Self.command(nil, at: now), try Self.command("c", at: now),
        ])
        return node
    }

    private func report(_ node: TestNode, _ name: [UInt8] = name, limit: Int = 10) throws -> HistoryReport {
        var report = HistoryReport(name, limit: limit)
        let options = NodeOptions(config: nil, data: node.folder.file("data"))
        report.start = try HistoryWalk.run(options, name, node.session) { report.take($0, start: $1) }.start
        return report
    }

    @Test func `each change says what it did, oldest first`() throws {
        let report = try report(try node(), Array("88.118.1/泵-7".utf8))
        #expect(report.changes.map(\.action) == [.loaded, .changed, .deleted, .created])
        #expect(report.omittedCount == 0)
        let changes = report.changes
        #expect(changes[0].before == .none && changes[1].before == changes[0].after)
        #expect(changes[2].after == .none && changes[3].before == .none)
        let lines = HistoryChange.lines(changes, language: .chinese)
        #expect(lines.count == 5)
        #expect(lines[1].contains("批量导入") && lines[4].contains("创建"))
        #expect(!lines.joined().contains("\u{1B}") && lines[2].contains("工具"))
        let tree = try #require(JSONTree(report.json().dropLast().map { $0 }))
        #expect(tree["complete"] == .boolean(true) && tree["omitted"] == .number(0))
        guard case .array(let listed) = tree["changes"] else {
            Issue.record("no changes")
            return
        }
        #expect(listed.map { $0["action"] } == ["loaded", "changed", "deleted", "created"].map { .string($0) })
    }

    @Test func `only the newest changes are shown up to the limit`() throws {
        let node = try node()
        for limit in 1...5 {
            let report = try report(node, limit: limit)
            let expected: [HistoryChange.Action] = [.loaded, .changed, .deleted, .created]
            #expect(report.changes.map(\.action) == expected.suffix(limit))
            #expect(report.omittedCount == max(0, 4 - limit))
        }
    }

    @Test func `an identifier is meant in any case of its prefix, and another one is not`() throws {
        let node = try node()
        #expect(try report(node, Array("88.118.1/泵-7".utf8)).changes.count == 4)
        #expect(try report(node, Array("88.118.1/泵-8".utf8)).changes.isEmpty)
        for name in ["88.118.1", "0.na/88.118.1"] {
            let report = try report(node, Array(name.utf8))
            #expect(Set(report.changes.map(\.action)) == [.prefix, .created] && report.changes.count == 2, "\(name)")
            let lines = HistoryChange.lines(report.changes, language: .english)
            #expect(lines.contains { $0.contains("prefix homed, enabled") }, "\(lines)")
            let json = String(decoding: report.json(), as: UTF8.self)
            #expect(json.contains(#""action":"prefix","terms":{"prefix":"88.118.1","state":"homed""#), "\(json)")
        }
    }

    @Test func `a trimmed log says what was kept, and that it does not know the rest`() throws {
        let node = try node()
        let now = MomentText.now()
        let later = now + 40 * 86_400
        let store = try node.open()
        _ = try store.log.trimHistory(keepDays: 30, now: later)
        _ = try store.apply([try Self.command("d", at: later + 60)])
        store.close()
        let report = try report(node)
        #expect(report.changes.map(\.action) == [.kept, .changed])
        #expect(report.start.droppedThrough > 0)
        let options = NodeOptions(config: nil, data: node.folder.file("data"))
        let failure = #expect(throws: CommandFailure.self) {
            try HistoryWalk.states(options, Self.name, at: [later - 1], node.session)
        }
        #expect(failure?.exit == .failed && failure?.messages.map(\.code.description) == ["E-HISTORY-001"])
        let records = try HistoryWalk.states(options, Self.name, at: [later + 59, later + 60], node.session).states
        #expect(records.map { $0.values.map(\.data) } == [[Array("c".utf8)], [Array("d".utf8)]])
        #expect(records[0].line(node.session).contains("dropped from the log since"))
    }

    @Test func `an audit line is shown whole`() throws {
        var writer = WireWriter(capacity: 128)
        writer.uint8(1)
        ValueReference(identifier: Array("0.NA/88.118.1".utf8), index: 300).write(to: &writer)
        writer.bytes([1, 2, 3, 4, 5, 6, 7, 0xAB])
        writer.uint64(0)
        writer.uint64(0xFFFF_C000_0207)
        writer.uint16(4_711)
        writer.uint8(2)
        writer.uint32(77)
        writer.uint32(104)
        writer.bytes([UInt8](repeating: 0x11, count: 16))
        writer.bytes([UInt8](repeating: 0x22, count: 16))
        let entry = HistoryEntry(
            sequence: 9,
            unixSeconds: 1_777_737_600,
            origin: [UInt8](writer.bytes),
            kind: .put,
            name: Self.name,
            values: []
        )
        let start = LogStart(droppedThrough: 5, unixSeconds: 1)
        let change = HistoryChange(entry, after: nil, start: start)
        #expect(change.action == .written)
        let line = try #require(HistoryChange.lines([change], language: .english).last)
        for part in ["300:0.NA/88.118.1", "01020304050607ab", "192.0.2.7:4711/tls", "77", "111111111111", "2026-05-02"]
        {
            #expect(line.contains(part), "\(part) in \(line)")
        }
        var json = JSONText()
        change.write(to: &json)
        let tree = try #require(JSONTree(json.take()))
        #expect(tree["administrator"]?["index"] == .number(300) && tree["operator"] == .boolean(false))
        #expect(tree["source"] == .string("192.0.2.7") && tree["port"] == .number(4_711))
        #expect(tree["requestId"] == .number(77) && tree["operation"] == .number(104))
        #expect(tree["before"] == .string(String(repeating: "11", count: 16)))
    }
}
