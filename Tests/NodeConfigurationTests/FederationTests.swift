import Testing

@testable import NodeConfiguration

/// Roles, the level above, and recursion.
struct FederationTests {
    private func problems(_ text: String) -> [String] {
        do throws(ConfigurationError) {
            _ = try NodeConfiguration.parse(text: text, fileName: "node.toml")
            return []
        } catch {
            #expect(error.problems.allSatisfy { $0.advice != nil && !$0.text.chinese.isEmpty })
            return error.problems.map { "\($0.position?.line ?? 0) \($0.kind) \($0.keyPath)" }
        }
    }

    @Test(arguments: [
        ("secondary", "88.118"), ("secondary", "10"), ("secondary", "20.500.12345"), ("top", "88"), ("top", "88.1.2"),
        ("enterprise", "88.118.8"),
        ("enterprise", "88.1.2.3"),
    ])
    func prefixesOfRoles(role: String, prefix: String) {
        #expect(problems("[node]\nrole = \"\(role)\"\nprefix = \"\(prefix)\"").isEmpty)
    }

    @Test(arguments: [
        ("enterprise", "88"), ("enterprise", "88.118"), ("recursive", "88.118"),
    ])
    func prefixesOfOtherRoles(role: String, prefix: String) {
        let found = problems(
            "[node]\nrole = \"\(role)\"\nprefix = \"\(prefix)\"\n[federation]\nabove = [\"192.0.2.1\"]"
        )
        #expect(found == ["3 contradiction node.prefix"])
    }

    @Test func aRecursiveNodeHasNoPrefixButSomebodyToAsk() throws {
        let text =
            "[node]\nrole = \"recursive\"\n[federation]\nabove = [\"192.0.2.1:2642\", \"[2001:db8::1]:7\", \"::1\"]"
        let configuration = try NodeConfiguration.parse(text: text, fileName: "x")
        #expect(configuration.isRecursive)
        #expect(
            configuration.federation.above.map(\.text) == ["192.0.2.1:2642", "[2001:db8::1]:7", "[::1]:2641"]
        )
        #expect(problems("[node]\nrole = \"recursive\"") == ["0 contradiction federation.above"])
        #expect(problems("[node]\nrole = \"recursive\"\n[recursion]\nenabled = \"off\"").isEmpty)
    }

    @Test func reportsByTLSNeedSomebodyToTrust() throws {
        let head = "[node]\nprefix = \"88.118\"\n[federation]\n"
        let plain = try NodeConfiguration.parse(text: head, fileName: "x").federation
        #expect(!plain.isSecured && plain.tlsPort == 2_642)
        let whole = "tls = true\ntls_port = 7\ntls_authorities = \"/a\"\ntls_revoked = \"/r\"\ntls_name = \"top.test\""
        let secure = try NodeConfiguration.parse(text: head + whole, fileName: "x").federation
        #expect(secure.isSecured && secure.tlsPort == 7)
        #expect([secure.tlsAuthorities, secure.tlsRevoked, secure.tlsName] == ["/a", "/r", "top.test"])
        #expect(problems(head + "tls = true") == ["4 contradiction federation.tls"])
        let relative = problems(head + "tls_authorities = \"a\"\ntls_revoked = \"r\"")
        #expect(relative == ["4 notAllowed federation.tls_authorities", "5 notAllowed federation.tls_revoked"])
        #expect(problems(head + "tls = \"on\"") == ["4 wrongKind federation.tls"])
        #expect(problems(head + "tls_port = 0") == ["4 notAllowed federation.tls_port"])
        let long = String(repeating: "n", count: 254)
        #expect(problems(head + "tls_name = \"\(long)\"") == ["4 notAllowed federation.tls_name"])
    }

    @Test func aRouteUpwardNeedsALevelAboveAndAPrefix() throws {
        let head = "[node]\nprefix = \"88.118\"\n"
        let above = "above = [\"192.0.2.1\"]\n"
        let configuration = try NodeConfiguration.parse(
            text: head + "[federation]\n\(above)route = true\nroute_key = \"/k.pem\"\nroute_interval = \"10 s\"",
            fileName: "x"
        )
        #expect(configuration.federation.keepsRoute && configuration.federation.routeKey == "/k.pem")
        #expect(configuration.federation.routeInterval == .seconds(10))
        #expect(problems(head + "[federation]\nroute = true") == ["4 contradiction federation.route"])
        #expect(
            problems("[node]\nrole = \"recursive\"\n[federation]\n\(above)route = true")
                == ["5 contradiction federation.route"]
        )
        #expect(
            problems(head + "[federation]\n\(above)route_key = \"k.pem\"") == ["5 notAllowed federation.route_key"]
        )
        // A running node goes by another level above, and by another key after a restart.
        let fresh = try NodeConfiguration.parse(
            text: head + "[federation]\nabove = [\"192.0.2.2\"]\nroute_interval = \"20 s\"",
            fileName: "x"
        )
        let change = configuration.change(to: fresh)
        #expect(change.taken == ["federation.above", "federation.route_interval"])
        #expect(change.waiting == ["federation.route", "federation.route_key"])
    }

    @Test func onlyWhoSaysSoRecurses() throws {
        let head = "[node]\nprefix = \"88.118\"\n"
        #expect(try NodeConfiguration.parse(text: head, fileName: "x").isRecursive == false)
        let on = try NodeConfiguration.parse(text: head + "[recursion]\nenabled = \"on\"", fileName: "x")
        #expect(on.isRecursive)
        // Nobody from elsewhere, unless the file says so.
        let allowed = on.recursion.allow
        for text in ["127.0.0.1", "10.9.8.7", "192.168.1.1", "::1", "fd00::1"] {
            let address = try #require(IPAddress(text: text))
            #expect(allowed.contains { $0.contains(address) }, "\(text)")
        }
        for text in ["203.0.113.9", "8.8.8.8", "2001:db8::1", "172.32.0.1"] {
            let address = try #require(IPAddress(text: text))
            #expect(!allowed.contains { $0.contains(address) }, "\(text)")
        }
    }

    @Test(arguments: [
        "localhost:2641", "192.0.2.1:", "192.0.2.1:0", "192.0.2.1:65536", "192.0.2.1:+7", "[192.0.2.1", "[::1]7", "",
        ":7",
        "2001:db8::1:2:3:4:5:6:7:8", "192.0.2.1:7:8",
    ])
    func serversThatAreNone(text: String) {
        let found = problems("[node]\nprefix = \"88.118\"\n[federation]\nabove = [\"\(text)\"]")
        #expect(found == ["4 notAllowed federation.above[1]"])
    }

    @Test func O4_timesThatContradictAndWordsThatAreMisspelt() {
        let head = "[node]\nprefix = \"88.118\"\n"
        #expect(
            problems(head + "[recursion]\nttl_min = \"1 h\"\nttl_max = \"1 min\"")
                == ["4 contradiction recursion.ttl_min"]
        )
        #expect(problems(head + "[recursion]\nenabled = true") == ["4 wrongKind recursion.enabled"])
        #expect(problems(head + "[recursoin]\nenabled = \"on\"") == ["3 unknownKey recursoin"])
        #expect(problems("[node]\nrole = \"secondry\"\nprefix = \"88.118\"") == ["2 notAllowed node.role"])
    }

    @Test func whatARunningNodeTakes() throws {
        let head = "[node]\nprefix = \"88.118\"\n"
        let old = try NodeConfiguration.parse(text: head, fileName: "x")
        let fresh = try NodeConfiguration.parse(
            text: head + """
                [federation]
                above = ["192.0.2.1"]
                [recursion]
                enabled = "on"
                allow = []
                ttl_max = "2 h"
                stale_max = "1 h"
                cache_memory = "8 MiB"
                questions = 64
                prefetch = false
                """,
            fileName: "x"
        )
        let change = old.change(to: fresh)
        #expect(
            change.taken == [
                "federation.above", "recursion.allow", "recursion.ttl_max", "recursion.questions", "recursion.prefetch",
            ]
        )
        #expect(change.waiting == ["recursion.enabled", "recursion.stale_max", "recursion.cache_memory"])
    }
}
