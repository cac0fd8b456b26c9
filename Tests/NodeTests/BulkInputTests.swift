import Glibc
import Testing

/// Inputs without an end, and disks without room, under an import over the wire.
@Suite struct BulkInputTests {
    private static let lineByteCount = getenv("HANJIANG_LINE_BYTES").flatMap { Int(String(cString: $0)) } ?? 64 << 20
    /// What an import may take, however long a line is.
    private static let memoryMaxKiB = 100 << 10

    private static func bench() throws -> IdctlBench {
        let bench = try IdctlBench()
        try bench.idctl(["key", "new", "--type", "ed25519", "--out", bench.file("owner.pem")])
        try bench.idctl(
            ["prefix", "allot", "88.118.8", "--name", "Owner", "--admin-key", bench.file("owner.pem.pub")]
                + bench.config
        )
        return bench
    }

    /// Runs `idctl` with what the shell's `script` writes as its input.
    private static func idctl(
        _ arguments: [String],
        reading script: String,
        _ bench: IdctlBench
    ) throws -> (ending: ChildProcess.Ending?, told: String, memoryKiB: Int) {
        let path = bench.file("log-\(UInt64.random(in: 0...UInt64.max))")
        let log = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        defer { close(log) }
        let pipe = path + ".pipe"
        guard mkfifo(pipe, 0o600) == 0 else { throw NodeFailure("no pipe: errno \(errno)") }
        let writer = try ChildProcess("/bin/sh", ["-c", "{ \(script); } >\(pipe)"], output: log, error: log)
        // Waits for the writer.
        let input = open(pipe, O_RDONLY | O_CLOEXEC)
        let program = BuiltProgram.directory + "/idctl"
        let reader = try ChildProcess(program, arguments + ["--lang", "en"], input: input, output: log, error: log)
        close(input)
        var memory = 0
        while reader.poll() == nil {
            memory = max(memory, reader.memoryPeakKiB)
            usleep(2_000)
        }
        _ = writer.wait()
        return (reader.poll(), try TestFile.text(path), memory)
    }

    /// A file of each format: what stands before a line without an end, and a good record behind it, if one may.
    static let endless: [(format: String, head: String, rest: String, code: String)] = [
        ("csv", "identifier,1:URL\\n88.118.8/long,", "\\n88.118.8/good,u\\n", "E-IMPORT-005"),
        ("csv", "identifier,1:URL\\n88.118.8/long,\\\"", "\\n88.118.8/good,u\\n", "E-IMPORT-005"),
        (
            "jsonl", #"{\"identifier\":\"88.118.8/long\",\"values\":[{\"index\":1,\"type\":\"URL\",\"data\":\""#,
            #"\n{\"identifier\":\"88.118.8/good\",\"values\":[{\"index\":1,\"type\":\"URL\",\"data\":\"u\"}]}\n"#,
            "E-IMPORT-006"
        ),
        (
            "batch", "CREATE 88.118.8/long\\n1 URL 86400 1110 UTF8 ",
            "\\n\\nCREATE 88.118.8/good\\n1 URL 86400 1110 UTF8 u\\n", "E-IMPORT-006"
        ),
        ("batch", "CREATE 88.118.8/", "\\n\\nCREATE 88.118.8/good\\n1 URL 86400 1110 UTF8 u\\n", "E-IMPORT-006"),
    ]

    @Test func `B5 a line without an end is refused at its bound, in bounded memory, and the next record is whole`()
        throws
    {
        let bench = try Self.bench()
        for (number, (format, head, rest, code)) in Self.endless.enumerated() {
            let line = "head -c \(Self.lineByteCount) /dev/zero | tr '\\0' x"
            let script = "printf \"\(head)\"; \(line); printf \"\(rest)\""
            for options in [["--dry-run"], []] {
                let rejects = bench.file("rejects-\(number)")
                let ran = try Self.idctl(
                    ["import", "-", "--format", format, "--rejects", rejects] + options + bench.owner("owner.pem"),
                    reading: script,
                    bench
                )
                #expect(ran.ending == .code(6), "\(format): \(ran.told)")
                let isThere = number > 0 && options.isEmpty
                let good = isThere ? "0 created + 0 changed + 1 unchanged" : "1 created + 0 changed + 0 unchanged"
                #expect(ran.told.contains("2 read = \(good) + 1 rejected"), "\(format): \(ran.told)")
                #expect(ran.told.contains(code), "\(format): \(ran.told)")
                #expect(ran.memoryKiB > 0 && ran.memoryKiB < Self.memoryMaxKiB, "\(format): \(ran.memoryKiB) KiB")
                var status = stat()
                #expect(stat(rejects, &status) == 0 && status.st_size < 1 << 20, "\(format): \(status.st_size) bytes")
                print("long-line: \(format): \(ran.memoryKiB / 1_024) MiB")
            }
        }
        // Without a header nothing of a CSV file can be read.
        let script = "head -c \(Self.lineByteCount) /dev/zero | tr '\\0' x"
        let ran = try Self.idctl(
            ["import", "-", "--format", "csv", "--dry-run"] + bench.owner("owner.pem"),
            reading: script,
            bench
        )
        #expect(ran.ending == .code(1) && ran.told.contains("E-IMPORT-056"), "\(ran.told)")
        #expect(ran.memoryKiB < Self.memoryMaxKiB, "\(ran.memoryKiB) KiB")
        #expect(bench.node.stop() == .code(0))
    }

    private static func rows(_ count: Int) -> String {
        "identifier,1:URL,2:DESC\n"
            + (0..<count).map { "88.118.\($0 % 1_000 == 999 ? 9 : 8)/p-\($0),u-\($0),泵\n" }.joined()
    }

    @Test func `B6 where the journal finds no room the import stops before the next rows, and goes on`() throws {
        let bench = try Self.bench()
        let file = bench.file("parts.csv")
        try TestFile.write(file, Array(Self.rows(20_000).utf8))
        let before = try bench.node.figure("identifiers")
        let command = ["import", file, "--no-verify", "--lang", "en"] + bench.owner("owner.pem")
        // Two portions of 4,096 rows are more than 8 KiB of journal.
        let limited = "trap '' XFSZ; ulimit -f 16; exec \"$@\""
        let stopped = try BuiltProgram.run(
            ["-c", limited, "sh", BuiltProgram.directory + "/idctl"] + command,
            program: "/bin/sh",
            in: bench.directory.directory,
            seconds: 60
        )
        #expect(stopped.ending == .code(1), "\(stopped.text)")
        #expect(stopped.text.contains("E-IMPORT-135") && stopped.text.contains("--resume"), "\(stopped.text)")
        let registered = try bench.node.figure("identifiers") - before
        #expect(registered > 4_000 && registered <= 8_192, "\(registered) were registered")
        let resumed = try bench.idctl(command + ["--resume"], 6, seconds: 120)
        #expect(resumed.contains("20,000 read = 19,980 created + 0 changed + 0 unchanged + 20 rejected"), "\(resumed)")
        #expect(try TestFile.text(file + ".rejects.csv").split(separator: "\n").count == 21)
        #expect(try bench.node.figure("identifiers") - before == 19_980)
        #expect(bench.node.stop() == .code(0))
    }

    @Test(arguments: ["--rejects", "--receipts"])
    func `B6 where rejects or receipts find no room nothing is lost, and they are written later`(option: String) throws
    {
        let bench = try Self.bench()
        let file = bench.file("parts.csv")
        try TestFile.write(file, Array(Self.rows(5_000).utf8))
        let command = ["import", file, "--no-verify"] + bench.owner("owner.pem")
        let full = try bench.idctl(command + [option, "/dev/full"], 1, seconds: 60)
        #expect(full.contains("E-IMPORT-052") && full.contains("--resume"), "\(full)")
        let written = bench.file("written.csv")
        let resumed = try bench.idctl(command + ["--resume", option, written], 6, seconds: 60)
        #expect(resumed.contains("5,000 read = 4,995 created + 0 changed + 0 unchanged + 5 rejected"), "\(resumed)")
        let lines = try TestFile.text(written).split(separator: "\n")
        #expect(lines.count == (option == "--rejects" ? 6 : 5_001))
        #expect(lines.count { $0.contains("E-IMPORT-121") } == 5)
        #expect(access(file + ".journal", F_OK) != 0)
        #expect(bench.node.stop() == .code(0))
    }
}
