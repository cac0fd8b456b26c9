import ArgumentParser
import Console
import EventLoop
import Foundation
import ResolutionClient
import ResolutionProtocol
import Testing

@testable import idload

/// The flags of a run that writes.
struct WriteOptionsTests {
    private let secret = FileManager.default.temporaryDirectory.appending(path: "idload-\(UUID().uuidString)").path

    private func write(mode: Int = 0o600) throws {
        let isMade = FileManager.default.createFile(
            atPath: secret,
            contents: Data("s3cret\n".utf8),
            attributes: [.posixPermissions: mode]
        )
        #expect(isMade)
    }

    private func remove() { try? FileManager.default.removeItem(atPath: secret) }

    private var whole: [String] {
        ["--write-under", "88.118.8/LOAD-", "--auth", "301:0.NA/88.118.8", "--secret-file", secret]
    }

    private func options(_ target: String, _ flags: [String]) throws -> LoadOptions {
        try LoadOptions.parse([target] + flags)
    }

    @Test func L13_whatIsWrittenWhereAndAsWhom() throws {
        try write()
        defer { remove() }
        let plan = try options("admin://127.0.0.1", whole + ["--write-run", "a.b-1", "--delete-afterwards"]).plan()
        let writes = try #require(plan.writes)
        #expect(plan.targets.map(\.carrier) == [.admin])
        #expect(plan.targets[0].address.port == 2641)
        #expect(writes.head == Array("88.118.8/LOAD-a.b-1-".utf8))
        #expect(writes.createShare == 0.9)
        #expect(writes.deletesAfterwards)
        #expect(writes.key.reference.index == 301)
        #expect(plan.keysText == "create:90,modify:10")
        // Nothing is asked, so that nobody need say what.
        #expect(try options("admin://127.0.0.1", whole).questions(for: plan).count == 0)
    }

    @Test func L13_theSeedNamesTheRun() throws {
        try write()
        defer { remove() }
        func run(_ seed: String) throws -> String? {
            try options("127.0.0.1", whole + ["--protocol", "admin", "--seed", seed]).plan().writes?.run
        }
        #expect(try run("5") == run("5"))
        #expect(try run("5") != run("6"))
        #expect(try run("5")?.utf8.count == 8)
    }

    @Test(arguments: [("create:1,modify:3", 0.25), ("modify:1,create:1", 0.5), ("create:5", 1)])
    func L13_theMixIsRead(_ mix: String, _ share: Double) throws {
        try write()
        defer { remove() }
        #expect(try options("admin://[::1]", whole + ["--write-mix", mix]).plan().writes?.createShare == share)
    }

    @Test(arguments: [
        (["--write-mix", "modify:1"], "E-USAGE-001"), (["--write-mix", "create:1,create:2"], "E-USAGE-001"),
        (["--write-mix", "create:-1"], "E-USAGE-001"), (["--write-mix", "delete:1"], "E-USAGE-001"),
        (["--write-run", "a/b"], "E-USAGE-001"), (["--write-run", ""], "E-USAGE-001"),
        (["--id", "88.118.8/x"], "E-LOAD-008"), (["--keys", "uniform"], "E-LOAD-008"),
        (["--missing", "5"], "E-LOAD-008"),
        (["--count", "5", "--state", "x"], "E-LOAD-008"), (["--control", "x"], "E-LOAD-008"),
        (["--passphrase-file", "x"], "E-LOAD-020"), (["--key-file", "x"], "E-LOAD-051"),
        (["--per-connection", "1"], "E-LOAD-008"),
    ])
    func L13_whatMakesNoSenseIsAUsageError(_ flags: [String], _ code: String) throws {
        try write()
        defer { remove() }
        let error = #expect(throws: LoadError.self) { try options("admin://127.0.0.1", whole + flags).plan() }
        #expect(error?.message.code == MessageCode(code))
        #expect(error?.exitCode == .usage)
    }

    @Test func L13_nobodyWritesWithoutBeingTold() throws {
        try write()
        defer { remove() }
        for (flags, code) in [
            (Array(whole.dropFirst(2)), "E-LOAD-050"), (Array(whole.prefix(2)), "E-LOAD-051"),
            (Array(whole.prefix(4)), "E-LOAD-051"),
            (["--write-under", "88.118.8"] + whole.dropFirst(2), "E-USAGE-001"),
            (["--write-under", "/x"] + whole.dropFirst(2), "E-USAGE-001"),
            (Array(whole.prefix(2)) + ["--auth", "x", "--secret-file", secret], "E-USAGE-001"),
        ] {
            let error = #expect(throws: LoadError.self) { try options("admin://127.0.0.1", flags).plan() }
            #expect(error?.message.code == MessageCode(code))
            #expect(error?.exitCode == .usage)
        }
        for flag in [["--write-under", "88.118.8/x"], ["--delete-afterwards"], ["--auth", "1:a/b"]] {
            let error = #expect(throws: LoadError.self) { try options("127.0.0.1", flag).plan() }
            #expect(error?.message.code == "E-LOAD-020")
        }
    }

    @Test func L13_aSecretIsItsOwnersAlone() throws {
        defer { remove() }
        try write(mode: 0o644)
        let error = #expect(throws: LoadError.self) { try options("admin://127.0.0.1", whole).plan() }
        #expect(error?.message.code == "E-LOAD-052")
        #expect(error?.exitCode == .notPermitted)
        try write()
        let asKey = whole.dropLast(2) + ["--key-file", secret]
        let unusable = #expect(throws: LoadError.self) { try options("admin://127.0.0.1", Array(asKey)).plan() }
        #expect(unusable?.message.code == "E-LOAD-053")
        try Data().write(to: URL(filePath: secret))
        let empty = #expect(throws: LoadError.self) { try options("admin://127.0.0.1", whole).plan() }
        #expect(empty?.message.code == "E-LOAD-054")
    }
}
