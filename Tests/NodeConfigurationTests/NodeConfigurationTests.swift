import Testing

@testable import NodeConfiguration

struct NodeConfigurationTests {
    private func problems(_ text: String) -> [ConfigurationProblem] {
        do throws(ConfigurationError) {
            _ = try NodeConfiguration.parse(text: text, fileName: "node.toml")
            return []
        } catch {
            return error.problems
        }
    }

    private func prefixed(_ text: String) -> [ConfigurationProblem] {
        problems("node.prefix = \"88.118\"\n" + text)
    }

    @Test func defaultsAreThoseThatTheDesignStates() throws {
        let configuration = try NodeConfiguration.parse(text: "node.prefix = \"88.118\"", fileName: "x")
        #expect(configuration.listen.map(\.address.text) == ["127.0.0.1", "::1"])
        #expect(configuration.listen.allSatisfy { $0.port == 2_641 && $0.udp && $0.tcp && $0.origin == .bySource })
        #expect(configuration.tcp.idleUnasked == .seconds(10) && configuration.tcp.idleAnswered == .seconds(1_800))
        #expect(configuration.tcp.wholeMessage == .seconds(5) && configuration.tcp.writeStall == .seconds(10))
        #expect(configuration.tcp.connectionsPerAddress == 256 && configuration.tcp.pendingOutput == 1_048_576)
        #expect(configuration.udp.reassembliesPerAddress == 64 && configuration.udp.reassemblies == 4_096)
        #expect(configuration.udp.reassemblyBytes == 16_777_216 && configuration.udp.answerPacketsMax == 32)
        #expect(configuration.limits.lookupsList == 2_048 && configuration.limits.inFlightBytes == 268_435_456)
        #expect(configuration.storage.mapSize == 274_877_906_944 && configuration.history.keepDays == 0)
        #expect(configuration.storage.index == .on && configuration.storage.indexCapacity == 1_000_000)
        #expect(configuration.storage.warm == .on && configuration.storage.indexMemoryMax == 0)
        #expect(configuration.counting.prefixSlots == 65_536 && configuration.counting.repeatWindow == .seconds(3))
        #expect(configuration.controlSocketPath == "/var/lib/hanjiang/control.sock")
    }

    /// O4: a misspelt key is an error with its line and the nearest key.
    @Test func O4_unknownKeyHasLineAndSuggestion() throws {
        let found = problems("[node]\nprefix = \"88.118\"\n\n[udp]\n  reassembly_byts = \"1 MiB\"\n")
        let problem = try #require(found.first)
        #expect(found.count == 1)
        #expect(problem.kind == .unknownKey)
        #expect(problem.place == "node.toml:5:3")
        #expect(problem.keyPath == "udp.reassembly_byts")
        #expect(problem.advice?.english == "did you mean reassembly_bytes?")
        #expect(problem.advice?.chinese == "是否想写 reassembly_bytes？")
    }

    @Test(arguments: [
        ("[[lisen]]\naddress = \"::\"", "lisen", "did you mean listen?"),
        ("port = 1", "port", "port belongs under [[listen]]"),
        ("[udp]\nidle_answered = \"1 s\"", "udp.idle_answered", "idle_answered belongs under [tcp]"),
        ("[run]\nxyzzy = 1", "run.xyzzy", "remove it; [run] has: drain"),
        ("[run.more]\na = 1", "run.more", "remove it; [run] has: drain"),
        ("[log]\n\"Level\" = \"info\"", "log.Level", "did you mean level?"),
        ("[tcp]\nidle-unasked = \"10 s\"", "tcp.idle-unasked", "did you mean idle_unasked?"),
    ])
    func O4_adviceForUnknownKeys(text: String, keyPath: String, advice: String) {
        let found = prefixed(text)
        #expect(found.map(\.keyPath) == [keyPath])
        #expect(found.first?.advice?.english == advice)
        #expect(found.first?.position != nil)
    }

    /// S1: every problem is told, in the order of the lines.
    @Test func S1_allProblemsAreTold() {
        let found = problems(
            """
            [node]
            workers = 65
            nmae = "x"

            [[listen]]
            address = "127.0.0.1"
            port = "2641"

            [[listen]]
            udp = false
            tcp = false
            origin = "extrenal"

            [tcp]
            idle_unasked = 10
            write_stall = "10 fortnights"
            [site]
            public_addresses = [
              "203.0.113.9",  # fine
              "nowhere",
            ]
            [limits]
            lookups_list = 65537
            [[origins]]
            network = "10.0.0.1/8"
            class = "own"
            """
        )
        let told = found.map { "\($0.position?.line ?? 0) \($0.kind) \($0.keyPath)" }
        #expect(
            told == [
                "1 missing node.prefix", "2 notAllowed node.workers", "3 unknownKey node.nmae",
                "7 wrongKind listen[1].port",
                "9 missing listen[2].address", "9 contradiction listen[2]", "12 notAllowed listen[2].origin",
                "15 wrongKind tcp.idle_unasked", "16 notAllowed tcp.write_stall",
                "20 notAllowed site.public_addresses[2]",
                "23 notAllowed limits.lookups_list", "25 notAllowed origins[1].network",
            ]
        )
        #expect(Set(found.map(\.code)).isSubset(of: Set(ConfigurationProblem.Kind.allCases.map(\.rawValue))))
        #expect(found.allSatisfy { !$0.text.chinese.isEmpty && $0.advice != nil })
    }

    @Test(arguments: [
        ("udp = 3", "wrongKind udp"), ("[listen]\naddress = \"::\"", "wrongKind listen"),
        ("listen = [1]", "wrongKind listen[1]"),
        ("[log]\nlevel = 1", "wrongKind log.level"),
        ("[udp]\nadministration = \"yes\"", "wrongKind udp.administration"),
        ("[storage]\nmap_size = 1.5", "wrongKind storage.map_size"),
        ("[site]\nserial = 1979-05-27", "wrongKind site.serial"),
        ("[storage]\nmap_size = \"4 MB\"", "notAllowed storage.map_size"),
        ("[storage]\nmap_size = \"99999999999 TiB\"", "notAllowed storage.map_size"),
        ("[storage]\nmap_size = -1", "notAllowed storage.map_size"),
        ("[storage]\nindex = true", "wrongKind storage.index"),
        ("[storage]\nindex = \"yes\"", "notAllowed storage.index"),
        ("[storage]\nwarm = \"later\"", "notAllowed storage.warm"),
        ("[storage]\nindex_capacity = 10", "notAllowed storage.index_capacity"),
        ("[run]\ndrain = \"-1 s\"", "notAllowed run.drain"),
        ("[run]\ndrain = \"10\"", "notAllowed run.drain"), ("[run]\ndrain = \"601 s\"", "notAllowed run.drain"),
        ("[site]\npublic_addresses = \"::1\"", "wrongKind site.public_addresses"),
        ("[site]\npublic_addresses = [1]", "wrongKind site.public_addresses[1]"),
        ("[control]\nsocket = \"control.sock\"", "notAllowed control.socket"),
        ("[control]\nsocket = \"/\(String(repeating: "x", count: 107))\"", "contradiction control.socket"),
        ("[site]\ndescription = \"a\\nb\"", "notAllowed site.description"),
        ("[[listen]]\naddress = \"::1\"\n[[listen]]\naddress = \"0:0::1\"", "contradiction listen[2]"),
        ("[[listen]]\naddress = \"localhost\"", "notAllowed listen[1].address"),
        (
            "[[origins]]\nnetwork = \"10.0.0.0/8\"\nclass = \"own\"\n[[origins]]\nnetwork = \"10.0.0.0/8\"\nclass = \"probe\"",
            "contradiction origins[2]"
        ),
        ("[[origins]]\nnetwork = \"10.0.0.0/8\"", "missing origins[1].class"),
        ("[tls]\ncertificate = \"node.pem\"", "notAllowed tls.certificate"),
        ("[tls]\nclient_ca = \"ca.pem\"", "notAllowed tls.client_ca"),
        ("[tls]\nclient_certificate = \"maybe\"", "notAllowed tls.client_certificate"),
        ("[tls]\naddresses = [\"::1\"]\nkey = \"/k\"", "contradiction tls"),
        ("[tls]\naddresses = [\"::1\"]\ncertificate = \"/c\"\nkey = \"\"", "contradiction tls.key"),
        ("[tls]\naddresses = [\"::1\"]\ncertificate = \"/c\"\nkey = 3", "wrongKind tls.key"),
        (
            "[tls]\naddresses = [\"::1\"]\ncertificate = \"/c\"\nkey = \"/k\"\nclient_certificate = \"optional\"",
            "contradiction tls"
        ),
        (
            "[tls]\naddresses = [\"::1\"]\nport = 7\ncertificate = \"/c\"\nkey = \"/k\"\n[[listen]]\naddress = \"::1\"\nport = 7",
            "contradiction tls.addresses"
        ),
        ("[tls]\naddresses = [\"::1\", \"::1\"]\ncertificate = \"/c\"\nkey = \"/k\"", "contradiction tls.addresses"),
    ])
    func oneProblem(text: String, expected: String) {
        #expect(prefixed(text).map { "\($0.kind) \($0.keyPath)" } == [expected])
    }

    @Test(arguments: ["", "0.NA/88.118", "88.", ".88", "88..1", "88 118", "八十八"])
    func prefixesThatAreNone(prefix: String) {
        let found = problems("[node]\nprefix = \"\(prefix)\"")
        #expect(found.map(\.kind) == [.notAllowed])
        #expect(found.first?.position?.line == 2)
    }

    /// E5: a wrong line is told, and never ends the process.
    @Test(arguments: [
        "[?]", "[[?]]", "[[[x]]]", "[节点]", "[ ", "[", "[[", "[]", "[[]]", "[ [x]]", "[.x]", "[=]", "[\n]", "[#]",
    ])
    func E5_headerWithoutAKey(header: String) {
        let found = prefixed(header)
        #expect(found.map(\.kind) == [.syntax])
        #expect(found.first?.position?.line == 2)
    }

    @Test func syntaxErrorHasItsPlace() {
        let found = problems("[node]\nprefix = \"88.118\"\nworkers = = 1\n")
        #expect(found.map(\.kind) == [.syntax])
        #expect(found.first?.position?.line == 3)
    }

    @Test func keyGivenTwiceIsASyntaxError() {
        let found = problems("[node]\nprefix = \"88\"\nprefix = \"89\"\n")
        #expect(found.map(\.kind) == [.syntax])
        #expect(found.first?.position?.line == 3)
    }

    @Test func bytesThatAreNoText() {
        for (bytes, line) in [([0x23, 0x0A, 0x23, 0xFF, 0x0A], 2), ([0x23, 0x0A, 0x0A, 0x23, 0x00], 3)]
            as [([UInt8], Int)]
        {
            do throws(ConfigurationError) {
                _ = try NodeConfiguration.parse(bytes, fileName: "x")
                Issue.record("accepted")
            } catch {
                #expect(error.problems.map(\.kind) == [.notText])
                #expect(error.problems.first?.position?.line == line)
            }
        }
    }

    @Test func escapedNULDoesNotCutAValue() {
        #expect(problems("[node]\nprefix = \"88\\u0000.118\"\n").map(\.place) == ["node.toml:2:1"])
        #expect(prefixed("[[listen]]\naddress = \"127.0.0.1\\u0000x\"").map(\.kind) == [.notAllowed])
    }

    /// A table whose network was refused says nothing about the others.
    @Test func refusedValuesAreNotComparedWithOthers() {
        let found = prefixed(
            "[[origins]]\nnetwork = \"x\"\nclass = \"own\"\n[[origins]]\nnetwork = \"127.0.0.0/8\"\nclass = \"own\""
        )
        #expect(found.map(\.keyPath) == ["origins[1].network"])
    }

    /// As deep as a file of the largest size can go: refused, and not by a full stack.
    @Test(arguments: [("a.", "a = 1"), ("a = [", ""), ("a = {", ""), ("[", ""), ("[a.", "a]"), ("a = [{", "")])
    func deepFilesAreRefused(part: String, end: String) {
        let head = part.prefix { $0 != "." && $0 != "[" && $0 != "{" } == "a = " ? "a = " : ""
        let repeated = String(part.dropFirst(head.count))
        for count in [20, 1_000, 200_000] {
            let body =
                repeated == "{" ? String(repeating: "{a=", count: count) : String(repeating: repeated, count: count)
            #expect(prefixed(head + body + end).map(\.kind) == [.syntax])
        }
    }

    @Test func byteOrderMarkAndCarriageReturnsAreFine() throws {
        let text = "\u{FEFF}[node]\r\nprefix = \"88.118\"\r\n[run]\r\ndrain = \"5 s\"\r\n"
        #expect(try NodeConfiguration.parse(text: text, fileName: "x").run.drain == .seconds(5))
        #expect(problems(text + "drian = 1\r\n").map(\.place) == ["node.toml:5:1"])
    }

    @Test func inlineTablesAndDottedKeysAreTheSame() throws {
        let dotted =
            "node = { prefix = \"88.1\" }\nrun.drain = \"5 s\"\nlisten = [{ address = \"::\" }, { address = \"0.0.0.0\", port = 1 }]"
        let tables =
            "[node]\nprefix = \"88.1\"\n[run]\ndrain = \"5 s\"\n[[listen]]\naddress = \"::\"\n[[listen]]\naddress = \"0.0.0.0\"\nport = 1"
        #expect(
            try NodeConfiguration.parse(text: dotted, fileName: "x")
                == NodeConfiguration.parse(text: tables, fileName: "x")
        )
    }

    @Test func longestNetworkDecides() throws {
        let text = """
            node.prefix = "88.1"
            [[origins]]
            network = "10.0.0.0/8"
            class = "enterprise"
            [[origins]]
            network = "10.1.0.0/16"
            class = "probe"
            [[origins]]
            network = "10.1.2.3"
            class = "monitoring"
            [[origins]]
            network = "::/0"
            class = "recursive"
            """
        let configuration = try NodeConfiguration.parse(text: text, fileName: "x")
        let expected: [(String, OriginClass)] = [
            ("10.9.9.9", .enterprise), ("10.1.9.9", .probe), ("10.1.2.3", .monitoring), ("192.0.2.1", .external),
            ("127.0.0.9", .own),
            ("::1", .own), ("2001:db8::1", .recursive), ("::ffff:10.1.9.9", .probe),
        ]
        for (address, originClass) in expected {
            #expect(configuration.originClass(of: try #require(IPAddress(text: address))) == originClass, "\(address)")
        }
    }
}
