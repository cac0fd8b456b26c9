import EventLoop
import Glibc
import Testing

/// Imports over a connection that loses answers (reliability case B3).
@Suite struct LostAnswersTests {
    private static let rowCount = getenv("HANJIANG_DROP_ROWS").flatMap { Int(String(cString: $0)) } ?? 5_000

    /// A node with 88.118.8 for the owner of `key`, or of a new key, and its port as long as the test takes.
    private static func bench(key: [UInt8]? = nil) throws -> IdctlBench {
        let bench = try IdctlBench(port: Loopback.steadyPort())
        let file = bench.file("owner.pem")
        if let key {
            try TestFile.write(file + ".pub", key)
        } else {
            try bench.idctl(["key", "new", "--type", "ed25519", "--out", file])
        }
        try bench.idctl(
            ["prefix", "allot", "88.118.8", "--name", "Owner", "--admin-key", file + ".pub"] + bench.config
        )
        return bench
    }

    /// Rows of which the last of each hundred is another prefix's; `word` stands in half of them.
    private static func rows(_ word: String) -> String {
        (0..<rowCount).map { number in
            let prefix = number % 100 == 99 ? "88.118.9" : "88.118.8"
            return
                "\(prefix)/p-\(number),https://example.org/\(number),泵 \(number % 1_000 < 500 ? word : "") \(number)\n"
        }.joined()
    }

    /// What an import came to: receipts, and what the node then has.
    private struct State: Equatable {
        var receipts: String
        var records: String
    }

    private static func state(_ bench: IdctlBench, _ receipts: String) throws -> State {
        let file = bench.file("state.jsonl")
        try bench.idctl(
            ["export", "--prefix", "88.118.8", "--no-timestamps", "--output", file] + bench.config,
            seconds: 600
        )
        return State(receipts: try TestFile.text(receipts), records: try TestFile.text(file))
    }

    private static func command(_ file: String, _ receipts: String, _ key: String, _ server: SocketAddress) -> [String]
    {
        [
            "import", file, "--on-conflict", "update", "--receipts", receipts, "--no-verify", "--jobs", "2", "--server",
            "\(server)", "--auth", "300:0.NA/88.118.8", "--key-file", key, "--lang", "en",
        ]
    }

    @Test func `B3 with one answer in a hundred lost and the node restarted an import ends as a clean one`() throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        let isSmall = Self.rowCount < 20_000
        var bench = try Self.bench()
        let clean = try Self.bench(key: TestFile.read(bench.file("owner.pem.pub")))
        // Few messages carry the first import: of them one in ten, while the others are single answers.
        let first = LossyProxy.Losses(oneIn: isSmall ? 10 : 100, swallowedMax: 0)
        let proxy = try LossyProxy(to: bench.node.address, losing: first, seed: seed)
        defer { proxy.stop() }
        for (number, word) in ["pump", "valve"].enumerated() {
            let file = bench.file("in-\(number).csv")
            try TestFile.write(file, Array(("identifier,1:URL,2:DESC\n" + Self.rows(word)).utf8))
            let receipts = (bench.file("receipts-\(number)"), clean.file("receipts-\(number)"))
            let key = bench.file("owner.pem")
            if number == 1 { proxy.lose(LossyProxy.Losses(oneIn: 100, swallowedMax: isSmall ? 1 : 8)) }
            try Self.run(Self.command(file, receipts.0, key, proxy.address), &bench, restarting: number == 1)
            unlink(file + ".journal")
            let outcome = try BuiltProgram.run(
                Self.command(file, receipts.1, key, clean.node.address),
                program: "idctl",
                in: clean.directory.directory,
                seconds: 600
            )
            #expect(outcome.ending == .code(6), "\(outcome.text)")
            let (state, expected) = (try Self.state(bench, receipts.0), try Self.state(clean, receipts.1))
            #expect(state.receipts == expected.receipts, "seed \(seed)")
            #expect(state.records == expected.records, "seed \(seed)")
            try Self.expectAgreement(state, "seed \(seed)")
        }
        let figures = proxy.figures
        #expect(figures.closed > 0 && figures.swallowed > 0, "\(figures)")
        print(
            "drop-answers: \(Self.rowCount) rows twice, \(figures.answered) answers, \(figures.closed) lost with their"
                + " connection, \(figures.swallowed) swallowed"
        )
        #expect(bench.node.stop() == .code(0))
        #expect(clean.node.stop() == .code(0))
    }

    /// Runs an import whose node is killed and started again once, which must end with rows refused and nothing else.
    private static func run(_ command: [String], _ bench: inout IdctlBench, restarting: Bool) throws {
        let path = bench.file("log-\(UInt64.random(in: 0...UInt64.max))")
        let log = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        defer { close(log) }
        let process = try ChildProcess(BuiltProgram.directory + "/idctl", command, output: log, error: log)
        if restarting {
            usleep(UInt32.random(in: 200_000...800_000))
            bench.node.kill()
            bench.node = try NodeProcess(bench.directory)
        }
        let ending = process.wait(seconds: 3_600)
        let told = try TestFile.text(path)
        #expect(ending == .code(6), "\(told)")
        #expect(told.replacing(",", with: "").contains(" + \(rowCount / 100) rejected + 0 not attempted"), "\(told)")
    }

    /// Each row whose receipt says so is there, and no other.
    private static func expectAgreement(_ state: State, _ comment: Comment) throws {
        let receipts = state.receipts.split(separator: "\n").dropFirst().map { $0.split(separator: ",") }
        #expect(receipts.count == rowCount, comment)
        let isThere: Set<Substring> = ["created", "changed", "unchanged"]
        let told = receipts.filter { isThere.contains($0[3]) }.map { $0[2].filter { $0 != "\"" } }
        let found = state.records.split(separator: "\n").compactMap { line in
            line.split(separator: "\"").dropFirst(3).first.map { String($0) }
        }
        #expect(Set(told) == Set(found) && told.count == found.count, comment)
    }
}
