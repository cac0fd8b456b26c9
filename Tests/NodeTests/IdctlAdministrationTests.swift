import Glibc
import ResolutionClient
import ResolutionProtocol
import Testing

/// Prefixes, keys and identifiers as an operator and an owner have them: with `idctl`, against a running node.
@Suite struct IdctlAdministrationTests {
    @Test(arguments: ["rsa", "ed25519", "sm2"])
    func `an owner who was allotted a prefix administers it with its key`(type: String) throws {
        let bench = try IdctlBench()
        let made = try bench.idctl(["key", "new", "--type", type, "--out", bench.file("owner.pem")])
        #expect(made.contains("--admin-key \(bench.file("owner.pem.pub"))"), "says what to do with it: \(made)")
        try bench.idctl(["key", "new", "--type", type, "--out", bench.file("owner.pem")], 5)
        try bench.idctl(
            ["prefix", "allot", "88.118.8", "--name", "Owner Ltd", "--admin-key", bench.file("owner.pem.pub")]
                + bench.config
        )
        let owner = bench.owner("owner.pem")
        let name = "88.118.8/JXDY2106023"
        let create = ["id", "create", name, "--value", "1 URL https://example.cn/1", "--admin", "300:0.NA/88.118.8"]
        #expect(try bench.idctl(create + owner) == "created \(name)\n")
        #expect(try bench.idctl(create + owner, 5).contains("E-ADMIN-001"))
        try bench.idctl(create + ["--overwrite", "--no-session"] + owner)
        let set = ["id", "set", name, "--value", "1 URL https://example.cn/2", "--value", "2 EMAIL a@example.cn"]
        try bench.idctl(set + owner)
        let got = try bench.idctl(["id", "get", name, "--json"] + owner)
        #expect(got.contains("https://example.cn/2") && got.contains("a@example.cn"), "\(got)")
        try bench.idctl(["id", "delete", name, "--index", "2"] + owner, 64)
        try bench.idctl(["id", "delete", name, "--index", "2", "--yes"] + owner)
        #expect(try bench.idctl(["id", "list", "88.118.8"] + owner) == "\(name)\n")
        // As the operator, without a key.
        #expect(try !bench.idctl(["id", "get", name] + bench.config).contains("a@example.cn"))
        try bench.idctl(["id", "delete", name, "--yes"] + owner)
        try bench.idctl(["id", "get", name] + owner, 3)
        let minted = try bench.idctl(["id", "create", "88.118.8/", "--mint", "--value", "1 URL x"] + owner)
        #expect(minted.hasPrefix("created 88.118.8/") && minted.count > "created 88.118.8/\n".count, "\(minted)")
        #expect(bench.node.stop() == .code(0))
    }

    @Test func `secrets prove, come from files of their owner's alone, and a wrong one ends with 4`() throws {
        let bench = try IdctlBench()
        for (name, secret) in [("right", "s3cret\n"), ("wrong", "guess\n")] {
            try TestFile.write(bench.file(name), Array(secret.utf8))
            chmod(bench.file(name), 0o600)
        }
        try bench.idctl(
            ["prefix", "allot", "88.118.8", "--admin-secret-file", bench.file("right")] + bench.config
        )
        let create = ["id", "create", "88.118.8/a", "--value", "1 URL x"]
        #expect(try bench.idctl(create + bench.owner("wrong", index: 301), 4).contains("403"))
        try bench.idctl(create + bench.owner("right", index: 301))
        chmod(bench.file("right"), 0o644)
        #expect(try bench.idctl(create + bench.owner("right", index: 301), 4).contains("E-KEY-001"))
        #expect(bench.node.stop() == .code(0))
    }

    @Test func `U12 a secret is refused in arguments and stands in no log, status or error`() throws {
        let bench = try IdctlBench()
        let secret = "s3cret-of-the-owner"
        for (name, text) in [("right", secret), ("wrong", "guessed-by-a-stranger")] {
            try TestFile.write(bench.file(name), Array(text.utf8))
            chmod(bench.file(name), 0o600)
        }
        try bench.idctl(
            ["prefix", "allot", "88.118.8", "--admin-secret-file", bench.file("right")] + bench.config
        )
        let owner = bench.owner("right", index: 301)
        let refused = ["id", "create", "88.118.8/a", "--value", "301 HS_SECKEY \(secret)"]
        var texts = [try bench.idctl(refused + owner, 64)]
        texts.append(try bench.idctl(["id", "create", "88.118.8/a", "--value", "1 URL x"] + owner))
        texts.append(
            try bench.idctl(["id", "set", "88.118.8/a", "--value", "1 URL y"] + bench.owner("wrong", index: 301), 4)
        )
        texts.append(try bench.idctl(["id", "get", "0.NA/88.118.8", "--json"] + owner))
        texts.append(try bench.idctl(["status", "--json"] + bench.config))
        texts.append(try bench.idctl(["status", "--metrics"] + bench.config))
        #expect(bench.node.stop() == .code(0))
        texts.append(bench.node.errorText)
        #expect(texts.last?.contains("proof failed") == true, "the failed proof is told")
        for text in texts {
            #expect(!text.contains(secret) && !text.contains("guessed-by-a-stranger"), "\(text)")
        }
    }

    @Test func `a prefix is allotted, limited, disabled, enabled, delegated, deleted and revived`() throws {
        let bench = try IdctlBench()
        try TestFile.write(bench.file("secret"), Array("s3cret".utf8))
        chmod(bench.file("secret"), 0o600)
        let allot = ["prefix", "allot", "88.118.8", "--admin-secret-file", bench.file("secret")] + bench.config
        try bench.idctl(allot)
        #expect(try bench.idctl(allot, 5).contains("E-PREFIX-005"))
        try bench.idctl(["prefix", "limit", "88.118.8", "--identifiers", "1"] + bench.config)
        let owner = bench.owner("secret", index: 301)
        try bench.idctl(["id", "create", "88.118.8/a", "--value", "1 URL x"] + owner)
        try bench.idctl(["id", "create", "88.118.8/b", "--value", "1 URL x"] + owner, 1)

        try bench.idctl(["prefix", "disable", "88.118.8"] + bench.config)
        let shown = try bench.idctl(["prefix", "show", "88.118.8"] + bench.config)
        #expect(shown.contains("0 停用 (disabled)") && shown.contains("4 已托管 (hosted)"), "\(shown)")
        let server = ["--server", "\(bench.node.address)"]
        let disabled = try bench.idctl(["resolve", "88.118.8/a"] + server, 1)
        let unknown = try bench.idctl(["resolve", "88.999/a"] + server, 3)
        #expect(disabled.contains("code 5") && unknown.contains("code 301"), "\(disabled) \(unknown)")
        try bench.idctl(["prefix", "enable", "88.118.8"] + bench.config)
        try bench.idctl(["resolve", "88.118.8/a"] + server)

        let delegate = ["prefix", "delegate", "88.118.9", "--address", "2001:db8::7", "--address", "192.0.2.7"]
        try bench.idctl(delegate + ["--tcp", "2641", "--udp", "2642", "--http", "8000"] + bench.config)
        let referral = try bench.idctl(["resolve", "88.118.9/a", "--json"] + server, 3)
        #expect(referral.contains("\"code\":302"), "\(referral)")
        let derived = try bench.idctl(["resolve", "0.NA/88.118.9.5", "--json"] + server, 3)
        #expect(derived.contains("\"code\":303") && derived.contains("192.0.2.7"), "\(derived)")
        let record = try bench.idctl(["id", "get", "0.NA/88.118.9", "--json"] + bench.config)
        let (first, second) = (record.firstRange(of: "192.0.2.7"), record.firstRange(of: "2001:db8::7"))
        #expect(first.map { $0.lowerBound } ?? record.endIndex < second.map { $0.lowerBound } ?? record.startIndex)

        #expect(try bench.idctl(["prefix", "delete", "88.118.8"] + bench.config, 64).contains("--confirm 88.118.8"))
        let delete = ["prefix", "delete", "88.118.8", "--confirm", "88.118.8"] + bench.config
        #expect(try bench.idctl(delete, 5).contains("E-PREFIX-003"))
        try bench.idctl(["id", "delete", "88.118.8/a", "--yes"] + bench.config)
        try bench.idctl(delete)
        try bench.idctl(["prefix", "enable", "88.118.8"] + bench.config, 3)
        #expect(try bench.idctl(allot, 5).contains("E-PREFIX-006"))
        try bench.idctl(allot + ["--revive"])
        #expect(try bench.idctl(["prefix", "list", "--json"] + bench.config).contains("\"prefix\":\"88.118.8\""))
        #expect(bench.node.stop() == .code(0))
        // The same, by the data directory of a node that does not run.
        try bench.idctl(["prefix", "disable", "88.118.8", "--data", bench.directory.data])
        #expect(
            try bench.idctl(["prefix", "show", "88.118.8", "--json", "--data", bench.directory.data])
                .contains("\"status\":0")
        )
    }
}
