import Glibc
import ResolutionProtocol
import Testing

/// Profiles, the environment and scripts of commands, with `idctl` against a running node.
@Suite struct IdctlProfileTests {
    private let bench: IdctlBench

    /// A node with 88.118.8, whose owner's key is in `owner.pem`.
    init() throws {
        bench = try IdctlBench()
        try bench.idctl(["key", "new", "--type", "ed25519", "--out", bench.file("owner.pem")])
        let key = ["--admin-key", bench.file("owner.pem.pub")]
        try bench.idctl(["prefix", "allot", "88.118.8"] + key + bench.config)
    }

    private var profiles: [String] { ["--profiles", bench.file("own/idctl.toml")] }

    /// Adds `plant`, which is used, and `operator`.
    private func addProfiles() throws {
        let plant = ["--server", "\(bench.node.address)", "--auth", "300:0.NA/88.118.8"]
        try bench.idctl(["profile", "add", "plant"] + plant + ["--key-file", bench.file("owner.pem")] + profiles)
        try bench.idctl(["profile", "add", "operator"] + bench.config + profiles)
        try bench.idctl(["profile", "use", "plant"] + profiles)
    }

    /// Runs `idctl` with variables of the environment.
    private func idctl(_ arguments: [String], _ variables: [String], _ code: Int32 = 0) throws -> String {
        let program = BuiltProgram.directory + "/idctl"
        let outcome = try BuiltProgram.run(
            variables + [program] + arguments + ["--lang", "en"],
            program: "/usr/bin/env",
            in: bench.directory.directory
        )
        #expect(outcome.ending == .code(code), "\(arguments): \(outcome.text)")
        return outcome.text
    }

    @Test func `A1 C6 commands go by the profile in use, another one, the environment, their flags`() throws {
        try addProfiles()
        #expect(
            try bench.idctl(["id", "create", "88.118.8/a", "--value", "1 URL x"] + profiles) == "created 88.118.8/a\n"
        )
        #expect(try bench.idctl(["resolve", "88.118.8/a"] + profiles).contains("URL"))
        #expect(try bench.idctl(["id", "list", "88.118.8", "--profile", "operator"] + profiles) == "88.118.8/a\n")
        #expect(try bench.idctl(["status", "--profile=operator"] + profiles).contains("ready, up"))
        #expect(try bench.idctl(["prefix", "list", "--profile=operator"] + profiles).contains("88.118.8"))
        #expect(try bench.idctl(["count", "--profile=operator"] + profiles).contains("received"))
        #expect(
            try bench.idctl(["backup", "--to", bench.file("b"), "--profile=operator"] + profiles).contains("bytes")
        )
        #expect(try bench.idctl(["backup", "-q", "--to", bench.file("c")] + bench.config).isEmpty)
        #expect(try bench.idctl(["verify-db", "--quiet"] + bench.config).isEmpty)
        #expect(try bench.idctl(["restore", bench.file("c"), "--check", "-q"]).isEmpty)
        #expect(try bench.idctl(["status"] + profiles, 64).contains("--config"), "the owner's profile names no node")
        #expect(try bench.idctl(["id", "list", "88.118.8", "--profile", "plnt"] + profiles, 64).contains("“plant”"))
        // One way of asking sets the other aside: the operator may read what is nobody else's.
        #expect(try bench.idctl(["id", "get", "88.118.8/a"] + bench.config + profiles).contains("HS_ADMIN"))
        let file = "IDCTL_PROFILES=" + bench.file("own/idctl.toml")
        #expect(try idctl(["id", "list", "88.118.8"], [file]) == "88.118.8/a\n")
        #expect(try idctl(["status"], [file, "IDCTL_PROFILE=operator"]).contains("ready, up"))
        #expect(try idctl(["id", "list", "88.118.8"], [file, "IDCTL_SERVER=127.0.0.1:1"], 7).contains("E-ADMIN-002"))
        let origins = try idctl(["config", "show", "--origin"], [file, "IDCTL_SITE_KEY=k"])
        #expect(origins.contains("environment IDCTL_SITE_KEY"), "\(origins)")
        #expect(origins.contains("profile plant in \(bench.file("own/idctl.toml")):"), "\(origins)")
        #expect(bench.node.stop() == .code(0))
    }

    @Test func `C5 a profile names no secret, is its owner's alone, and its key file must be too`() throws {
        try addProfiles()
        var status = stat()
        #expect(stat(bench.file("own/idctl.toml"), &status) == 0 && status.st_mode & 0o777 == 0o600)
        #expect(stat(bench.file("own"), &status) == 0 && status.st_mode & 0o777 == 0o700)
        try bench.idctl(["profile", "add", "x", "--secret", "s3cret"] + profiles, 64)
        chmod(bench.file("owner.pem"), 0o644)
        #expect(try bench.idctl(["id", "list", "88.118.8"] + profiles, 4).contains("E-KEY-001"))
        #expect(try bench.idctl(["profile", "show", "plant", "--json"] + profiles).contains(#""key-file":"/"#))
        #expect(try bench.idctl(["profile", "add", "plant"] + profiles, 5).contains("E-PROFILE-003"))
        #expect(try bench.idctl(["profile", "list", "--json"] + profiles).contains(#""used":true"#))
        try bench.idctl(["profile", "remove", "plant"] + profiles)
        #expect(try bench.idctl(["profile", "remove", "plant"] + profiles, 3).contains("E-PROFILE-002"))
        #expect(try bench.idctl(["profile", "list"] + profiles).contains("operator"))
        #expect(bench.node.stop() == .code(0))
    }

    /// Proofs that the node has seen.
    private func proofCount() throws -> Int {
        let status = try #require(
            JSONTree(
                Array(try bench.idctl(["status", "--json"] + bench.config).utf8).dropLast()
                    .map { $0 }
            )
        )
        guard case .word(let count)? = status["administration"]?["proofs"] else { return -1 }
        return Int(count) ?? -1
    }

    /// The same, once it has not changed for two seconds: the node publishes its figures about once a second.
    private func settledProofCount() throws -> Int {
        var (count, quietCount) = (try proofCount(), 0)
        while quietCount < 4 {
            usleep(500_000)
            let next = try proofCount()
            quietCount = next == count ? quietCount + 1 : 0
            count = next
        }
        return count
    }

    private func script(_ text: String) throws -> String {
        try TestFile.write(bench.file("script"), Array(text.utf8))
        return bench.file("script")
    }

    @Test func `A13 a script's commands share one login, and each has its result`() throws {
        try addProfiles()
        let create = (1...20).map { "id create 88.118.8/s-\($0) --value '1 DESC item \($0)'" }
        let file = try script(create.joined(separator: "\n") + "\nid list 88.118.8\n")
        let before = try proofCount()
        let told = try bench.idctl(["batch", file] + profiles)
        #expect(try settledProofCount() == before + 1)
        #expect(told.contains("created 88.118.8/s-20") && told.contains("line 21: done,"), "\(told)")
        #expect(told.contains("commands done 21, failed 0, not run 0"), "\(told)")

        let failing = try script("id get 88.118.8/none\nid delete 88.118.8/s-1\nid delete 88.118.8/s-2 --yes\n")
        let stopped = try bench.idctl(["batch", failing] + profiles, 3)
        #expect(stopped.contains("line 1: exit code 3, not found") && stopped.contains("not run 2"), "\(stopped)")
        let all = try bench.idctl(["batch", failing, "--keep-going"] + profiles, 6)
        #expect(all.contains("E-USAGE-003") && all.contains("--yes"), "nobody is asked: \(all)")
        #expect(all.contains("line 3: done"), "\(all)")
        let quiet = try script("id get 88.118.8/s-3 --index 1\n")
        #expect(try !bench.idctl(["batch", quiet, "-q"] + profiles).contains("line 1"))
        let json = try bench.idctl(["batch", quiet, "--json", "--quiet"] + profiles)
        #expect(json.hasPrefix(#"{"line":1,"command":["id","get","88.118.8/s-3","--index","1"],"exitCode":0,"#))
        #expect(json.contains("item 3") && json.utf8.count { $0 == 0x0A } == 1, "\(json)")
        #expect(try bench.idctl(["batch", try script("batch x\n")] + profiles, 64).contains("E-BATCH-005"))
        #expect(try bench.idctl(["batch", try script("id get 'x\n")] + profiles, 64).contains("script:1:8: "))
        #expect(bench.node.stop() == .code(0))
    }

    /// Runs a line of the shell in which `idctl` is our program, and returns what it came to.
    private func shell(_ line: String) throws -> BuiltProgram.Outcome {
        let function = "idctl() { '\(BuiltProgram.directory)/idctl' \"$@\" --lang en; }; "
        return try BuiltProgram.run(["-c", function + line], program: "/bin/sh", in: bench.directory.directory)
    }

    @Test func `C1 C5 a script's streams are in use, and its secrets are not repeated`() throws {
        let owner = "--config '\(bench.directory.configuration)'"
        let read = try shell("printf 'import - --format csv \(owner)\\nconfig show\\n' | idctl batch - --keep-going")
        #expect(read.ending == .code(6) && read.text.contains("E-BATCH-007"), "\(read.text)")
        #expect(read.text.contains("commands done 1, failed 1"), "\(read.text)")
        let lines = "export --prefix 88.118.8 \(owner)\nbackup --to - \(owner)\nexport --prefix 88.118.8 "
        _ = try script(lines + "--output /dev/stdout \(owner)\n")
        let json = try shell("idctl batch '\(bench.file("script"))' --json --keep-going 2>'\(bench.file("told"))'")
        let told = try TestFile.text(bench.file("told"))
        #expect(json.ending == .code(6) && told.ranges(of: "E-BATCH-008").count == 3, "\(json.text)\(told)")
        #expect(json.text.split(separator: "\n").allSatisfy { JSONTree(Array($0.utf8)) != nil }, "\(json.text)")

        let values = ["--value '301 HS_SECKEY topsecret'", "--value 301 HS_SECKEY topsecret", "--secret topsecret"]
        let secrets = try script(values.map { "id create 88.118.8/k \($0) \(owner)\n" }.joined())
        for more in [[], ["--json"]] {
            let text = try bench.idctl(["batch", secrets, "--keep-going"] + more, 6)
            #expect(!text.contains("topsecret") && text.contains("***"), "\(text)")
        }
        #expect(bench.node.stop() == .code(0))
    }

    /// Starts `idctl`, whose output goes to the file `name`.
    private func start(_ arguments: [String], _ name: String) throws -> ChildProcess {
        let descriptor = open(bench.file(name), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw NodeFailure("cannot write \(name): errno \(errno)") }
        defer { close(descriptor) }
        let program = BuiltProgram.directory + "/idctl"
        return try ChildProcess(program, arguments + ["--lang", "en"], output: descriptor, error: descriptor)
    }

    /// Waits until the file `name` has `text`, so often.
    private func wait(for text: String, in name: String, count: Int = 1) throws {
        for _ in 0..<1_000 {
            if try TestFile.text(bench.file(name)).ranges(of: text).count >= count { return }
            usleep(20_000)
        }
        throw NodeFailure("\(name) has no \(text): \(try TestFile.text(bench.file(name)))")
    }

    @Test func `C10 Ctrl-C ends a script after the command under way`() throws {
        try addProfiles()
        let lines = Array(repeating: "id list 88.118.8", count: 20_000).joined(separator: "\n")
        let process = try start(["batch", try script(lines)] + profiles, "told")
        try wait(for: "line 3: done", in: "told")
        process.send(SIGINT)
        #expect(process.wait() == .code(130))
        let told = try TestFile.text(bench.file("told"))
        #expect(told.contains("E-RUN-001") && told.contains("the commands from line "), "\(told.suffix(500))")
        #expect(bench.node.stop() == .code(0))
    }

    @Test func `S11 a node is watched, also while it is away, until Ctrl-C`() throws {
        let screens = try start(["status", "--watch", "0.2"] + bench.config, "screens")
        let lines = try start(["status", "--watch=0.2", "--json"] + bench.config, "lines")
        try wait(for: "ready, up", in: "screens", count: 2)
        try wait(for: #""requests_udp":"#, in: "lines", count: 3)
        // Over TCP, where nothing is sent twice when the answer is late.
        try bench.idctl(["resolve", "88.118.8/none", "--tcp", "--server", "\(bench.node.address)"], 3)
        try wait(for: "TCP 1 (", in: "screens")
        #expect(bench.node.stop() == .code(0))
        try wait(for: "E-STATUS-001", in: "screens")
        try wait(for: #""reachable":false"#, in: "lines", count: 2)
        let next = try NodeProcess(bench.directory)
        let seen = try TestFile.text(bench.file("lines")).ranges(of: #""reachable":true"#).count
        try wait(for: #""reachable":true"#, in: "lines", count: seen + 2)
        for process in [screens, lines] {
            process.send(SIGINT)
            #expect(process.wait() == .code(130))
        }
        #expect(try TestFile.text(bench.file("screens")).ranges(of: "E-STATUS-001").count == 1, "told once")
        for line in try TestFile.text(bench.file("lines")).split(separator: "\n") {
            #expect(JSONTree(Array(line.utf8)) != nil, "\(line)")
        }
        #expect(next.stop() == .code(0))
    }
}
