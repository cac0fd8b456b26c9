import Testing

@testable import NodeConfiguration

@Suite struct ProfileFileTests {
    private static let text = """
        # Ours.
        use = "plant"  # the one of every day

        # The plant's node.
        [profile.plant]
        server = "192.0.2.7:2641"
        auth = "300:0.NA/88.118.8"
        # on a stick
        key-file = "keys/plant.pem"
        # The test node.
        [profile.test]
        data = "/var/lib/test"
        lang = "zh"

        """

    private static func parse(_ text: String) throws -> ProfileFile {
        try ProfileFile.parse(Array(text.utf8), fileName: "idctl.toml")
    }

    @Test func `C6 profiles are read with the lines of their settings`() throws {
        let file = try Self.parse(Self.text)
        #expect(file.use == Profile.Entry(text: "plant", line: 2))
        #expect(file.profiles.map(\.name) == ["plant", "test"])
        #expect(file["plant"]?.entries[.keyFile] == Profile.Entry(text: "keys/plant.pem", line: 9))
        #expect(file["test"]?.texts == [.data: "/var/lib/test", .lang: "zh"])
        #expect(try Self.parse("").profiles.isEmpty)
    }

    @Test(arguments: [
        ("[profile.a]\nsever = \"x\"", "E-CONFIG-005", 2, "did you mean server?"),
        ("usr = \"a\"", "E-CONFIG-005", 1, "did you mean use?"),
        ("server = \"a\"", "E-CONFIG-005", 1, "server belongs under [profile.NAME]"),
        ("[profile.a]\nauth = \"0.NA/88.118\"", "E-CONFIG-007", 2, "give an index and an identifier"),
        ("[profile.a]\nlang = \"fr\"", "E-CONFIG-007", 2, "give zh or en"),
        ("[profile.a]\nserver = 1", "E-CONFIG-006", 2, "give HOST:PORT"),
        ("[profile.a]\nserver = \"\"", "E-CONFIG-007", 2, "give HOST:PORT"),
        ("[profile.a]\nconfig = \"c\"\ndata = \"d\"", "E-CONFIG-009", 3, "remove one"),
        ("[profile.a]\nkey-file = \"c\"\nsecret-file = \"d\"", "E-CONFIG-009", 3, "remove one"),
        ("use = \"plnt\"\n[profile.plant]", "E-CONFIG-009", 1, "did you mean plant?"),
        ("[profile.\"a b\"]", "E-CONFIG-007", 1, "give a name"), ("use = 1", "E-CONFIG-006", 1, "give the name"),
        ("profile = 1", "E-CONFIG-006", 1, "give tables"), ("profile.a = 1", "E-CONFIG-006", 1, "give a table"),
        ("[profile.a", "E-CONFIG-004", 1, "correct the line"),
    ])
    func `C8 what is wrong is told with its line and the nearest name`(
        text: String,
        code: String,
        line: Int,
        advice: String
    ) throws {
        let error = try #require(throws: ConfigurationError.self) { try Self.parse(text) }
        let problem = try #require(error.problems.first)
        #expect(problem.code == code)
        #expect(problem.position?.line == line)
        #expect(problem.advice?.english.contains(advice) == true, "\(problem)")
    }

    @Test func `a profile is added at the end, and nothing else changes`() throws {
        let texts: [ProfileSetting: String] = [.server: "[::1]:2641", .siteKey: "a \"b\".pub"]
        let added = try #require(try Self.parse(Self.text).adding("new-1", texts))
        #expect(added.hasPrefix(Self.text))
        #expect(try Self.parse(added)["new-1"]?.texts == texts)
        #expect(try Self.parse("").adding("a", [:]) == "[profile.a]\n")
        #expect(try Self.parse("# no line end").adding("a", [:]) == "# no line end\n\n[profile.a]\n")
    }

    @Test func `use changes in its place, comes first, and goes`() throws {
        let file = try Self.parse(Self.text)
        let other = try #require(file.using("test"))
        #expect(other == Self.text.replacing("use = \"plant\"", with: "use = \"test\""))
        let none = try #require(file.using(nil))
        #expect(none == Self.text.replacing("use = \"plant\"  # the one of every day\n", with: ""))
        #expect(try Self.parse(none).using("test")?.hasPrefix("use = \"test\"\n# Ours.\n") == true)
        #expect(file.using("none") == nil)
    }

    @Test func `a profile goes with its comments, those of the next one stay`() throws {
        let file = try Self.parse(Self.text)
        let removed = try #require(file.removing("plant"))
        #expect(removed.commentCount == 1)
        #expect(removed.text.contains("# The test node.\n[profile.test]") && !removed.text.contains("on a stick"))
        #expect(try Self.parse(removed.text).use == nil, "it was in use")
        let last = try #require(file.removing("test"))
        #expect(last.text.hasSuffix("key-file = \"keys/plant.pem\"\n# The test node.\n"))
        #expect(file.removing("none") == nil)
    }

    @Test(arguments: [
        "profile.a.server = \"x\"\nprofile.b.server = \"y\"\n", "profile = { a = { server = \"x\" } }\n",
        "use = '''\na'''\n[profile.a]\n[profile.b]\n",
    ])
    func `a file in another form is not changed`(text: String) throws {
        let file = try Self.parse(text)
        #expect(file.profiles.contains { $0.name == "a" })
        #expect(file.removing("a") == nil)
    }

    @Test func `lines that end in CR LF stay`() throws {
        let text = "use = \"a\"\r\n[profile.a]\r\nserver = \"x\"\r\n[profile.b]\r\n"
        #expect(try Self.parse(text).using("b") == text.replacing("\"a\"", with: "\"b\""))
    }
}
