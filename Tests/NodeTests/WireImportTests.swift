import EventLoop
import Glibc
import ResolutionProtocol
import Testing

/// Files of identifiers registered over the wire, with `idctl import`, by the owner of a prefix.
@Suite struct WireImportTests {
    /// A node with 88.118.8, whose owner's key is in `owner.pem`.
    private static func bench(port: UInt16 = 0) throws -> IdctlBench {
        let bench = try IdctlBench(port: port)
        try bench.idctl(["key", "new", "--type", "ed25519", "--out", bench.file("owner.pem")])
        try bench.idctl(
            ["prefix", "allot", "88.118.8", "--name", "Owner", "--admin-key", bench.file("owner.pem.pub")]
                + bench.config
        )
        return bench
    }

    private static let header = "identifier,1:URL,2:DESC,2000:maker\n"

    private static func rows(_ numbers: Range<Int>, _ word: String = "pump") -> String {
        numbers.map { "88.118.8/p-\($0),https://example.org/\($0),\"泵, \(word) \($0)\",00\($0)\n" }.joined()
    }

    private static func write(_ text: String, _ name: String, _ bench: IdctlBench) throws -> String {
        try TestFile.write(bench.file(name), Array(text.utf8))
        return bench.file(name)
    }

    @Test func `refused rows come back to be corrected, and everything adds up`() throws {
        let bench = try Self.bench()
        let bad = "88.118.9/x,u,d,m\n8.81E+10,u,d,m\n88.118.8/short,u,d\n"
        let file = try Self.write(Self.header + Self.rows(0..<50) + bad + Self.rows(50..<97), "parts.csv", bench)
        let first = try bench.idctl(
            ["import", file, "--receipts", bench.file("receipts.csv")] + bench.owner("owner.pem"),
            6
        )
        #expect(first.contains("100 read = 97 created + 0 changed + 0 unchanged + 3 rejected + 0 not attempted"))
        let rejects = try TestFile.text(file + ".rejects.csv")
        let codes = rejects.split(separator: "\n").dropFirst().map { $0.split(separator: ",")[1] }
        #expect(codes == ["E-IMPORT-121", "E-IMPORT-011", "E-IMPORT-004"], "\(rejects)")
        #expect(rejects.contains("correct the prefix, or have it allotted to you"), "\(rejects)")
        let receipts = try TestFile.text(bench.file("receipts.csv")).split(separator: "\n")
        #expect(receipts.count == 101)
        #expect(receipts[1] == "1,2,\"88.118.8/p-0\",created,")
        #expect(receipts[51] == "51,52,\"88.118.9/x\",rejected,E-IMPORT-121")
        #expect(access(file + ".journal", F_OK) != 0, "a finished import leaves no journal")

        let corrected = rejects.replacing("88.118.9/x", with: "88.118.8/x").replacing("8.81E+10", with: "88.118.8/y")
            .replacing("88.118.8/short,u,d", with: "88.118.8/short,u,d,m")
        let again = try Self.write(corrected, "corrected.csv", bench)
        let second = try bench.idctl(["import", again] + bench.owner("owner.pem"))
        #expect(second.contains("3 read = 3 created"), "\(second)")
        try bench.idctl(["verify", again, "--server", "\(bench.node.address)"])
        #expect(bench.node.stop() == .code(0))
    }

    @Test func `what exists with the same values is unchanged, with others a conflict or changed`() throws {
        let bench = try Self.bench()
        let file = try Self.write(Self.header + Self.rows(0..<20), "parts.csv", bench)
        try bench.idctl(["import", file] + bench.owner("owner.pem"))
        #expect(try bench.idctl(["import", file] + bench.owner("owner.pem")).contains("20 unchanged"))
        let changed = try Self.write(
            Self.header + Self.rows(0..<5, "valve") + Self.rows(5..<20) + Self.rows(20..<22),
            "changed.csv",
            bench
        )
        let dry = try bench.idctl(["import", changed, "--dry-run=server"] + bench.owner("owner.pem"), 6)
        #expect(dry.contains("dry run: 22 read = 2 created + 0 changed + 15 unchanged + 5 rejected"), "\(dry)")
        let refused = try bench.idctl(["import", changed] + bench.owner("owner.pem"), 6)
        #expect(refused.contains("22 read = 2 created + 0 changed + 15 unchanged + 5 rejected"), "\(refused)")
        #expect(refused.contains("E-IMPORT-102: 5 records"))
        let update = ["import", changed, "--on-conflict", "update"] + bench.owner("owner.pem")
        #expect(try bench.idctl(update + ["--dry-run=server"]).contains("5 changed + 17 unchanged"))
        #expect(try bench.idctl(update).contains("5 changed + 17 unchanged"))
        #expect(
            try bench.idctl(["import", changed, "--config", bench.directory.configuration]).contains("22 unchanged")
        )
        try bench.idctl(["verify", changed, "--server", "\(bench.node.address)"])
        #expect(bench.node.stop() == .code(0))
    }

    @Test func `a set is registered as a whole or not at all, with every error told`() throws {
        let bench = try Self.bench()
        let atomic = ["--atomic"] + bench.owner("owner.pem")
        let file = try Self.write(Self.header + Self.rows(0..<1_500), "parts.csv", bench)
        #expect(try bench.idctl(["import", file] + atomic).contains("1,500 read = 1,500 created"))
        let mixed = Self.rows(0..<3, "valve") + Self.rows(3..<5) + Self.rows(2_000..<2_600)
        let conflicts = try Self.write(Self.header + mixed, "conflicts.csv", bench)
        let refused = try bench.idctl(["import", conflicts] + atomic, 6)
        #expect(refused.contains("605 read = 0 created + 0 changed + 2 unchanged + 3 rejected + 600 not attempted"))
        #expect(refused.contains("E-IMPORT-102: 3 records"), "\(refused)")
        let bad = try Self.write(Self.header + Self.rows(3_000..<3_002) + "88.118.9/x,u,d,m\n", "bad.csv", bench)
        let none = try bench.idctl(["import", bad] + atomic, 6)
        #expect(none.contains("0 created") && none.contains("1 rejected + 2 not attempted"), "\(none)")
        #expect(try bench.idctl(["id", "get", "88.118.8/p-3000"] + bench.owner("owner.pem"), 3).contains("100"))
        let update = ["import", conflicts, "--on-conflict", "update"] + atomic
        #expect(try bench.idctl(update).contains("600 created + 3 changed + 2 unchanged + 0 rejected"))
        try bench.idctl(["verify", conflicts, "--server", "\(bench.node.address)"])
        let many = try Self.write(Self.header + Self.rows(0..<10_001), "many.csv", bench)
        #expect(try bench.idctl(["import", many] + atomic, 1).contains("E-IMPORT-140"))
        #expect(bench.node.stop() == .code(0))
    }

    @Test func `a wrong key, a changed input and a directory that is not stopped are told`() throws {
        let bench = try Self.bench()
        let file = try Self.write(Self.header + Self.rows(0..<9), "parts.csv", bench)
        try bench.idctl(["key", "new", "--type", "ed25519", "--out", bench.file("other.pem")])
        #expect(try bench.idctl(["import", file] + bench.owner("other.pem"), 4).contains("403"))
        #expect(access(file + ".journal", F_OK) != 0, "nothing to go on from")
        #expect(try bench.idctl(["import", file], 64).contains("--server"))
        #expect(try bench.idctl(["import", file, "--data", bench.directory.data, "--resume"], 64).contains("--resume"))
        #expect(try bench.idctl(["import", file, "--data", bench.directory.data], 1).contains("E-STORE-010"))
        try bench.idctl(["import", file, "--resume"] + bench.owner("owner.pem"), 64)

        let port = bench.node.address
        #expect(bench.node.stop() == .code(0))
        let away = ["import", file, "--give-up", "1"] + bench.owner("owner.pem")
        #expect(try bench.idctl(away, 7).contains("\(port)"))
    }

    @Test func `B10 rows beyond a prefix's quota are refused together, and those before stay`() throws {
        let bench = try Self.bench()
        try bench.idctl(["prefix", "limit", "88.118.8", "--identifiers", "30"] + bench.config)
        let file = try Self.write(Self.header + Self.rows(0..<50), "parts.csv", bench)
        let told = try bench.idctl(["import", file] + bench.owner("owner.pem"), 6)
        #expect(told.contains("50 read = 30 created + 0 changed + 0 unchanged + 20 rejected"), "\(told)")
        #expect(told.contains("E-IMPORT-123: 20 records, the first: row 31"), "\(told)")
        #expect(bench.node.stop() == .code(0))
    }

    /// One import, cut short by killing it at random points, and gone on with.
    @Test func `B2 an import that is killed and resumed ends as one that was not`() throws {
        let kills = Int(getenv("HANJIANG_KILL_IMPORT").map { String(cString: $0) } ?? "") ?? 4
        let rowCount = 3_000 * max(4, kills / 4)
        let bench = try Self.bench()
        let file = try Self.write(Self.header + Self.rows(0..<rowCount), "parts.csv", bench)
        let command =
            ["import", file, "--jobs", "1", "--receipts", bench.file("receipts.csv")] + bench.owner("owner.pem")
        let log = open(bench.file("log"), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        defer { close(log) }
        var killed = 0
        for _ in 0..<kills {
            let resume = access(file + ".journal", F_OK) == 0 ? ["--resume"] : []
            let process = try ChildProcess(
                BuiltProgram.directory + "/idctl",
                command + resume + ["--lang", "en"],
                output: log,
                error: log
            )
            usleep(UInt32.random(in: 30_000...400_000))
            process.send(SIGKILL)
            if process.wait() == .signal(SIGKILL) { killed += 1 }
        }
        let resume = access(file + ".journal", F_OK) == 0 ? ["--resume"] : []
        let told = try bench.idctl(command + resume, seconds: 300)
        print("kill-import: \(killed) of \(kills) killed, \(rowCount) rows")
        #expect(told.contains(" 0 changed") && told.contains("0 rejected + 0 not attempted"), "\(told)")
        let expected = try UInt64(rowCount) + Self.recordsBeside(bench)
        #expect(try bench.node.figure("identifiers") == expected)
        try bench.idctl(["verify", file, "--server", "\(bench.node.address)"], seconds: 120)
        let receipts = try TestFile.text(bench.file("receipts.csv")).split(separator: "\n").dropFirst()
        #expect(receipts.count == rowCount)
        #expect(receipts.allSatisfy { $0.hasSuffix("created,") || $0.hasSuffix("unchanged,") })
        #expect(bench.node.stop() == .code(0))
    }

    @Test func `B3 an import goes on where the node is killed and comes back`() throws {
        let kills = Int(getenv("HANJIANG_KILL_IMPORT").map { String(cString: $0) } ?? "") ?? 3
        let rowCount = 4_000 * kills
        var bench = try Self.bench(port: Loopback.steadyPort())
        let file = try Self.write(Self.header + Self.rows(0..<rowCount), "parts.csv", bench)
        let log = open(bench.file("log"), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        defer { close(log) }
        let process = try ChildProcess(
            BuiltProgram.directory + "/idctl",
            ["import", file, "--jobs", "2", "--give-up", "60", "--lang", "en"] + bench.owner("owner.pem"),
            output: log,
            error: log
        )
        var killed = 0
        for _ in 0..<kills where process.poll() == nil {
            usleep(UInt32.random(in: 100_000...600_000))
            bench.node.kill()
            killed += 1
            bench.node = try NodeProcess(bench.directory)
        }
        let ending = process.wait(seconds: 300)
        let told = try TestFile.text(bench.file("log"))
        #expect(ending == .code(0), "\(told)")
        print("kill-node-under-import: \(killed) of \(kills) killed, \(rowCount) rows")
        #expect(told.contains("0 changed") && told.contains("0 rejected + 0 not attempted"), "\(told)")
        let expected = try UInt64(rowCount) + Self.recordsBeside(bench)
        #expect(try bench.node.figure("identifiers") == expected)
        try bench.idctl(["verify", file, "--server", "\(bench.node.address)"], seconds: 120)
        #expect(bench.node.stop() == .code(0))
    }

    @Test func `B11 Ctrl-C ends cleanly, and the journal goes on from there`() throws {
        let bench = try Self.bench()
        let file = try Self.write(Self.header + Self.rows(0..<30_000), "parts.csv", bench)
        let log = open(bench.file("log"), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        defer { close(log) }
        let before = try bench.node.figure("identifiers")
        let process = try ChildProcess(
            BuiltProgram.directory + "/idctl",
            ["import", file, "--rate", "300", "--lang", "en"] + bench.owner("owner.pem"),
            output: log,
            error: log
        )
        // In the midst of it: something is registered, and most is not for another minute and a half.
        for _ in 0..<6_000 where try bench.node.figure("identifiers") <= before { usleep(5_000) }
        process.send(SIGINT)
        let ending = process.wait()
        let told = try TestFile.text(bench.file("log"))
        #expect(ending == .code(130), "\(told)")
        #expect(told.contains("--resume"), "\(told)")
        let refused = try bench.idctl(["import", file] + bench.owner("owner.pem"), 1)
        #expect(refused.contains("E-IMPORT-131"), "\(refused)")
        let other = try TestFile.read(file)
        try TestFile.write(file, other + Array(Self.rows(30_000..<30_001).utf8))
        #expect(try bench.idctl(["import", file, "--resume"] + bench.owner("owner.pem"), 1).contains("E-IMPORT-133"))
        try TestFile.write(file, other)
        let resumed = try bench.idctl(["import", file, "--resume"] + bench.owner("owner.pem"), seconds: 120)
        #expect(resumed.contains("30,000 read = 30,000 created"), "\(resumed)")
        #expect(bench.node.stop() == .code(0))
    }

    /// Identifiers that the node has beside those of the import: records of prefixes.
    private static func recordsBeside(_ bench: IdctlBench) throws -> UInt64 {
        UInt64(try bench.idctl(["id", "list", "0.NA/88.118"] + bench.config).split(separator: "\n").count) + 1
    }
}
