import Glibc
import Testing

/// What is exported, imported where nothing is, and exported again, by the programs themselves.
@Suite struct ExportTests {
    /// A running node with 88.118.8, whose owner's key is the file `key`, or a new one.
    private static func bench(key: String? = nil) throws -> IdctlBench {
        let bench = try IdctlBench()
        if let key {
            try TestFile.write(bench.file("owner.pem"), TestFile.read(key))
            try TestFile.write(bench.file("owner.pem.pub"), TestFile.read(key + ".pub"))
        } else {
            try bench.idctl(["key", "new", "--type", "ed25519", "--out", bench.file("owner.pem")])
        }
        try bench.idctl(
            ["prefix", "allot", "88.118.8", "--name", "Owner", "--admin-key", bench.file("owner.pem.pub")]
                + bench.config
        )
        return bench
    }

    private static let prefix = ["export", "--prefix", "88.118.8"]

    /// How many files there are that are to become `file`.
    private static func partialCount(_ file: String) -> Int {
        var found = glob_t()
        defer { globfree(&found) }
        return glob(file + ".partial-*", 0, nil, &found) == 0 ? Int(found.gl_pathc) : 0
    }

    /// Exports over the wire as the owner, and returns the bytes and what was said.
    private static func export(
        _ bench: IdctlBench,
        _ name: String,
        _ more: [String] = [],
        _ code: Int32 = 0
    ) throws -> (bytes: [UInt8], told: String) {
        let file = bench.file(name)
        let told = try bench.idctl(prefix + ["--output", file] + more + bench.owner("owner.pem"), code, seconds: 60)
        return (try TestFile.read(file), told)
    }

    @Test(arguments: ["jsonl", "csv", "txt"])
    func `A11 an export is the exact inverse of an import, over the wire and of a directory`(ending: String) throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        var odd = OddRecords(seed: seed, hasReferences: ending != "txt")
        let bench = try Self.bench()
        let file = bench.file("odd.jsonl")
        let secret =
            #"{"identifier":"88.118.8/k","values":[{"index":1,"type":"URL","data":"u"},"#
            + #"{"index":300,"type":"HS_SECKEY","data":"topsecret","permissions":"1100"}]}"#
        try TestFile.write(file, Array((odd.lines(400) + [secret, ""]).joined(separator: "\n").utf8))
        try bench.idctl(["import", file] + bench.owner("owner.pem"), seconds: 60)
        let (exported, told) = try Self.export(bench, "one.\(ending)")
        #expect(told.contains("exported 401 records"), "seed \(seed): \(told)")
        #expect(told.contains("W-EXPORT-004") == (ending == "txt"), "\(told)")
        #expect(!String(decoding: exported, as: UTF8.self).contains("topsecret"))

        let asOperator = bench.file("operator.\(ending)")
        try bench.idctl(Self.prefix + ["--output", asOperator] + bench.config, seconds: 60)
        #expect(try TestFile.read(asOperator) == exported, "seed \(seed)")
        try Self.expectSameInDirectory(exported, ending, "seed \(seed)")

        // Registered anew the values get the time of that: but for it they are the same.
        let withoutTimes = try Self.export(bench, "timeless.\(ending)", ["--no-timestamps"]).bytes
        let other = try Self.bench(key: bench.file("owner.pem"))
        let again = ["import", bench.file("one.\(ending)")] + other.owner("owner.pem")
        #expect(try other.idctl(again, seconds: 60).contains("401 created"))
        #expect(try other.idctl(again, seconds: 60).contains("401 unchanged"), "times are no conflict")
        #expect(try Self.export(other, "timeless.\(ending)", ["--no-timestamps"]).bytes == withoutTimes, "seed \(seed)")
        #expect(other.node.stop() == .code(0))

        // The directory has the secret key too, and values that nobody may read over the wire.
        #expect(bench.node.stop() == .code(0))
        let ofDirectory = bench.file("directory.\(ending)")
        let said = try bench.idctl(
            Self.prefix + ["--output", ofDirectory, "--data", bench.directory.data],
            seconds: 60
        )
        #expect(said.contains("W-EXPORT-001"), "\(said)")
    }

    /// Imports `exported` into the directory of a node that never ran, where its export is the same.
    private static func expectSameInDirectory(_ exported: [UInt8], _ ending: String, _ comment: Comment) throws {
        let directory = try NodeDirectory()
        let (file, again) = (directory.directory.path + "/in.\(ending)", directory.directory.path + "/out.\(ending)")
        try TestFile.write(file, exported)
        for arguments in [
            ["import", file, "--home-prefixes"], prefix + ["--output", again],
        ] {
            let outcome = try BuiltProgram.run(
                arguments + ["--data", directory.data, "--lang", "en"],
                program: "idctl",
                in: directory.directory,
                seconds: 60
            )
            #expect(outcome.ending == .code(0), "\(outcome.text)")
        }
        #expect(try TestFile.read(again) == exported, comment)
    }

    @Test func `A11 what a format cannot hold is told, and the rest is exported`() throws {
        let bench = try Self.bench()
        let file = bench.file("in.jsonl")
        let lines = [
            #"{"identifier":"88.118.8/plain","values":[{"index":1,"type":"URL","data":"u"}]}"#,
            #"{"identifier":"88.118.8/referring","values":[{"index":1,"type":"URL","data":"u","references":"#
                + #"[{"handle":"88.118.8/plain","index":1}]}]}"#,
            #"{"identifier":"88.118.8/typed","values":[{"index":1,"type":"two words","data":"u"}]}"#, "",
        ]
        try TestFile.write(file, Array(lines.joined(separator: "\n").utf8))
        try bench.idctl(["import", file] + bench.owner("owner.pem"))
        let (bytes, told) = try Self.export(bench, "out.txt", [], 6)
        #expect(told.contains("E-EXPORT-002: 2 records cannot be exported, the first: 88.118.8/referring"), "\(told)")
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(text.hasPrefix("CREATE 88.118.8/plain\n") && text.firstRange(of: "referring") == nil, "\(text)")
        #expect(try Self.export(bench, "out.csv").told.contains("exported 3 records"))
        for wrong in [["--format", "xlsx"], ["--format", "jsonl", "--spreadsheet-safe"]] {
            try bench.idctl(Self.prefix + wrong + bench.owner("owner.pem"), 64)
        }
        try bench.idctl(["export"] + bench.owner("owner.pem"), 64)
        try bench.idctl(Self.prefix, 64)
        #expect(bench.node.stop() == .code(0))
    }

    @Test func `A11 only what the asker may read is exported`() throws {
        let bench = try Self.bench()
        try bench.idctl(["key", "new", "--type", "ed25519", "--out", bench.file("other.pem")])
        // The second names another administrator, so that the prefix's owner may not read what is not public.
        let lines = [
            #"{"identifier":"88.118.8/own","values":[{"index":1,"type":"URL","data":"u"},"#
                + #"{"index":2,"type":"NOTE","data":"for the owner","permissions":"1100"}]}"#,
            #"{"identifier":"88.118.8/theirs","values":[{"index":1,"type":"URL","data":"everyone's"},"#
                + #"{"index":2,"type":"NOTE","data":"for others","permissions":"1100"},"#
                + #"{"index":100,"type":"HS_ADMIN","data":{"format":"base64","value":"D/MAAAANMC5OQS84OC4xMTguOQAAASw="}}]}"#,
            "",
        ]
        let file = bench.file("in.jsonl")
        try TestFile.write(file, Array(lines.joined(separator: "\n").utf8))
        try bench.idctl(["import", file, "--no-verify"] + bench.owner("owner.pem"))
        let (bytes, told) = try Self.export(bench, "out.jsonl")
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(
            text.contains("for the owner") && text.contains("everyone's") && !text.contains("for others"),
            "\(text)"
        )
        #expect(told.contains("W-EXPORT-005: 1 identifiers"), "\(told)")
        // The operator may read what no administrator of the record is asked for.
        let asOperator = try bench.idctl(Self.prefix + bench.config)
        #expect(asOperator.contains("for others"), "\(asOperator)")
        let refused = bench.file("refused.jsonl")
        #expect(
            try bench.idctl(Self.prefix + ["--output", refused] + bench.owner("other.pem"), 4).contains("E-ADMIN-001")
        )
        try bench.idctl(Self.prefix + ["--output", refused, "--server", "\(bench.node.address)"], 4)
        #expect(access(refused, F_OK) != 0 && Self.partialCount(refused) == 0, "what failed leaves no file")
        #expect(bench.node.stop() == .code(0))
    }

    @Test func `C5 an export is its owner's alone, and goes where a shell has opened a file`() throws {
        let bench = try Self.bench()
        try bench.idctl(["id", "create", "88.118.8/a", "--value", "1 URL u"] + bench.owner("owner.pem"))
        let file = bench.file("out.jsonl")
        try TestFile.write(file, Array("earlier\n".utf8))
        chmod(file, 0o644)
        let (bytes, _) = try Self.export(bench, "out.jsonl")
        var status = stat()
        #expect(stat(file, &status) == 0 && status.st_mode & 0o7777 == 0o600)
        let options = (Self.prefix + bench.owner("owner.pem")).map { "'\($0)'" }.joined(separator: " ")
        let program = "'\(BuiltProgram.directory)/idctl' \(options) --output /dev/stdout"
        let line = "{ echo first; \(program); } >'\(bench.file("both"))'"
        let outcome = try BuiltProgram.run(["-c", line], program: "/bin/sh", in: bench.directory.directory)
        #expect(outcome.ending == .code(0), "\(outcome.text)")
        #expect(try TestFile.read(bench.file("both")) == Array("first\n".utf8) + bytes)
        #expect(bench.node.stop() == .code(0))
    }

    @Test func `B11 Ctrl-C leaves no half file, and the earlier one in its place`() throws {
        let bench = try Self.bench()
        let rows = (0..<20_000).map { "88.118.8/p-\($0),u,d\n" }.joined()
        try TestFile.write(bench.file("in.csv"), Array(("identifier,1:URL,2:DESC\n" + rows).utf8))
        try bench.idctl(["import", bench.file("in.csv"), "--no-verify"] + bench.owner("owner.pem"), seconds: 120)
        let file = bench.file("out.jsonl")
        let log = open(bench.file("log"), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        defer { close(log) }
        var ending: ChildProcess.Ending?
        // An export that ended before the signal came, as this process was held up, says nothing.
        for _ in 0..<20 where ending != .code(130) {
            #expect(ending == nil || ending == .code(0))
            try TestFile.write(file, Array("earlier\n".utf8))
            let process = try ChildProcess(
                BuiltProgram.directory + "/idctl",
                Self.prefix + ["--output", file, "--lang", "en"] + bench.owner("owner.pem"),
                output: log,
                error: log
            )
            while process.poll() == nil, Self.partialCount(file) == 0 { usleep(1_000) }
            process.send(SIGINT)
            ending = process.wait(seconds: 60)
        }
        let told = try TestFile.text(bench.file("log"))
        #expect(ending == .code(130), "\(told)")
        #expect(told.contains("E-RUN-001") && told.contains("nothing was kept"), "\(told)")
        #expect(try TestFile.text(file) == "earlier\n")
        #expect(Self.partialCount(file) == 0)
        #expect(bench.node.stop() == .code(0))
    }
}
