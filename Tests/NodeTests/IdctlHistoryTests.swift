import Glibc
import ResolutionProtocol
import Testing

/// Looking back at an identifier with `idctl`, beside a running node.
@Suite struct IdctlHistoryTests {
    private static let name = "88.118.8/泵-7"

    private let directory: NodeDirectory
    private let node: NodeProcess

    init() throws {
        directory = try NodeDirectory(settings: [("workers", "1")])
        node = try NodeProcess(directory)
    }

    @discardableResult
    private func idctl(_ arguments: [String], _ code: Int32 = 0, lang: String = "en") throws -> String {
        let outcome = try BuiltProgram.run(
            arguments + ["--config", directory.configuration, "--lang", lang],
            program: "idctl",
            in: directory.directory
        )
        #expect(outcome.ending == .code(code), "\(arguments): \(outcome.text)")
        return outcome.text
    }

    /// The text of a second `seconds` from now.
    private func time(_ seconds: Int64) -> String { UTCTime.text(Int64(Glibc.time(nil)) + seconds) }

    /// Waits until the clock shows another second, and returns the last one.
    private func passSecond() -> String {
        let last = Glibc.time(nil)
        while Glibc.time(nil) == last { usleep(20_000) }
        return UTCTime.text(Int64(last))
    }

    @Test func `an identifier is looked back at while the node runs`() throws {
        let name = Self.name
        try TestFile.write(directory.directory.path + "/secret", Array("s3cret".utf8))
        chmod(directory.directory.path + "/secret", 0o600)
        try idctl(["prefix", "allot", "88.118.8", "--admin-secret-file", directory.directory.path + "/secret"])
        let none = passSecond()
        try idctl(["id", "create", name, "--value", "1 DESC 水泵", "--value", "2 URL https://example.cn/1"])
        let first = passSecond()
        try idctl(["id", "set", name, "--value", "1 DESC 新水泵", "--value", "3 EMAIL a@example.cn"])
        let second = passSecond()
        try idctl(["id", "delete", name, "--index", "2", "--yes"])
        let third = passSecond()
        try idctl(["id", "delete", name, "--yes"])

        let history = try idctl(["id", "history", name, "--json"])
        let changes = try #require(JSONTree(Array(history.utf8).dropLast().map { $0 }))
        guard case .array(let listed) = changes["changes"] else {
            Issue.record("\(history)")
            return
        }
        let actions = listed.map { $0["action"] }
        #expect(actions == [.string("created"), .string("changed"), .string("changed"), .string("deleted")])
        #expect(listed.allSatisfy { $0["operator"] == .boolean(true) && $0["transport"] == .string("control") })
        for (older, newer) in zip(listed, listed.dropFirst()) { #expect(older["after"] == newer["before"]) }
        #expect(try idctl(["id", "history", name], lang: "zh").contains("运维"))
        #expect(try idctl(["id", "history", name, "--limit", "1"]).contains("W-HISTORY-008"))
        #expect(try idctl(["id", "history", "88.118.8/none"], 3).contains("E-HISTORY-003"))

        #expect(try idctl(["id", "get", name, "--at", none], 3).contains("it did not exist"))
        let then = try idctl(["id", "get", name, "--at", first])
        #expect(then.contains("水泵") && then.contains("https://example.cn/1") && !then.contains("EMAIL"), "\(then)")
        let one = try idctl(["id", "get", name, "--at", second, "--index", "3", "--json"])
        #expect(one.contains("a@example.cn") && !one.contains("水泵"), "\(one)")
        #expect(try !idctl(["id", "get", name, "--at", third]).contains("https://example.cn/1"))
        #expect(try idctl(["id", "get", name, "--at", time(3_600)], 64).contains("E-HISTORY-004"))

        let difference = try idctl(["id", "diff", name, "--from", first, "--to", third], 5)
        for part in ["removed", "changed from", "changed to", "added", "新水泵", "a@example.cn"] {
            #expect(difference.contains(part), "\(part) in \(difference)")
        }
        #expect(try idctl(["id", "diff", name, "--from", first, "--to", first]).contains("no difference"))
        #expect(try idctl(["id", "diff", name, "--from", third, "--json"], 5).contains(#""difference":"removed""#))
        #expect(try idctl(["id", "diff", name, "--from", third, "--to", first], 64).contains("E-HISTORY-005"))
        try idctl(["id", "diff", "88.118.8/none", "--from", first], 3)

        let secret = try idctl(["id", "diff", "0.NA/88.118.8", "--from", "2026-01-01"], 5)
        #expect(secret.contains("(secret, not shown)") && !secret.contains("s3cret"), "\(secret)")
        #expect(try !idctl(["id", "get", "88.118.8", "--at", none, "--json"]).contains("s3cret"))
        #expect(node.stop() == .code(0))
        #expect(try idctl(["id", "get", name, "--at", first]).contains("水泵"), "of a node that does not run")
    }
}
