import FakeServer
import ResolutionProtocol
import Testing

/// `idctl resolve` of codes of other systems: recognised, told, and OIDs asked for at a name server.
@Suite struct ResolveSchemesTests {
    private let directory: NodeDirectory

    init() throws { directory = try NodeDirectory() }

    private func idctl(_ arguments: [String], _ code: Int32) throws -> String {
        let outcome = try BuiltProgram.run(
            ["resolve"] + arguments + ["--lang", "en"],
            program: "idctl",
            in: directory.directory
        )
        #expect(outcome.ending == .code(code), "\(outcome.text)")
        return outcome.text
    }

    private static func text(_ text: String) -> [UInt8] { [UInt8(text.utf8.count)] + Array(text.utf8) }

    private static func record(_ order: UInt8, _ service: String, _ rule: String) -> [UInt8] {
        let data: [UInt8] = [0, order, 0, 10] + text("u") + text(service) + text(rule) + [0]
        return [0xC0, 12, 0, 35, 0, 1, 0, 0, 0x0E, 0x10, 0, UInt8(data.count)] + data
    }

    /// The example of the OID 1.2.156.3088: what nobody has is not found, and 2.999 is refused.
    private static func answer(to query: [UInt8]) -> [UInt8] {
        let question = Array(query[12..<(query.count - 11)])
        let name = String(decoding: DomainName.text(of: question), as: UTF8.self)
        var code: UInt8 = 3
        var records: [[UInt8]] = []
        if name == "3088.156.2.1.oid-res.org" {
            code = 0
            records = [
                record(20, "ORS+CINF", "!^.*$!https://example.cn/children.xml!"),
                record(10, "ORS+COID", "!^.*$!1.2.156.3088!"),
                record(30, "ORS+OTHER", "!^(a+)+$!\\1!"),
            ]
        }
        if name == "999.2.oid.example" { code = 5 }
        if name == "1.999.2.oid-res.org" { code = 0 }
        let head = Array(query[..<2]) + [0x81, 0x80 | code, 0, 1, 0, UInt8(records.count), 0, 0, 0, 0]
        return head + question + records.flatMap { $0 }
    }

    private func withServer(_ body: ([String]) throws -> Void) throws {
        let server = try FakeServer(datagram: { query, _ in [Self.answer(to: query)] })
        defer { server.stop() }
        try body(["--dns-resolver", "\(server.address)"])
    }

    @Test func `an OID is asked for at the name server, and its pointers are shown in their order`() throws {
        try withServer { server in
            let text = try idctl(["{iso(1) member-body(2) 156 3088}"] + server, 0)
            let lines = text.split(separator: "\n")
            #expect(lines.count == 4, "\(text)")
            #expect(lines[1].contains("canonical OID") && lines[1].contains("1.2.156.3088"))
            #expect(lines[2].contains("child information") && lines[2].contains("https://example.cn/children.xml"))
            #expect(lines[3].contains("!^(a+)+$!\\1!"), "a rule that depends on the name is shown, and not carried out")
            let explained = try idctl(["1.2.156.3088", "--explain"] + server, 0)
            for part in [
                "an OID, and no prefix", "W-SCHEME-021", "NAPTR records of 3088.156.2.1.oid-res.org",
                "as --dns-resolver says", "0: answered",
            ] {
                #expect(explained.contains(part), "\(part) is not in \(explained)")
            }
            let json = try idctl(["1.2.156.3088", "--explain", "--json"] + server, 0)
            let tree = try #require(JSONTree(Array(json.utf8)))
            #expect(tree["name"] == .string("3088.156.2.1.oid-res.org"))
            guard case .array(let pointers)? = tree["pointers"] else {
                Issue.record("no pointers")
                return
            }
            #expect(
                pointers.map { $0["services"] } == [.string("ORS+COID"), .string("ORS+CINF"), .string("ORS+OTHER")]
            )
            #expect(
                pointers.first?["information"] == .string("1.2.156.3088") && pointers.first?["ttl"] == .word("3600")
            )
            #expect(tree["explanation"]?["route"]?["to"] == .string("ors"))
            #expect(tree["explanation"]?["scheme"] == .string("oid"))
        }
    }

    @Test func `why there is no answer about an OID is told, with an exit code of its own`() throws {
        try withServer { server in
            #expect(try idctl(["1.2.3"] + server, 3).contains("1.2.3: 3.2.1.oid-res.org: no such name (3)"))
            #expect(try idctl(["2.999.1"] + server, 3).contains("2.999.1: 1.999.2.oid-res.org has no NAPTR records"))
            let refused = try idctl(["2.999", "--oid-root", "oid.example."] + server, 1)
            #expect(refused.contains("E-RESOLVE-008") && refused.contains("refused (code 5)"))
            let long = "2." + (1...40).map { _ in "1234567" }.joined(separator: ".")
            #expect(try idctl([long] + server, 64).contains("E-RESOLVE-007"))
        }
        let nobody = try FakeServer()
        nobody.stop()
        let server = ["--dns-resolver", "\(nobody.address)"]
        #expect(try idctl(["1.2.3"] + server, 7).contains("E-RESOLVE-002"))
        #expect(
            try idctl(["1.2.3", "--explain", "--json"] + server, 7).contains(#""failure":{"code":"E-RESOLVE-002""#)
        )
        #expect(try idctl(["1.2.3", "--dns-resolver", "name.example"], 64).contains("E-USAGE-001"))
    }

    @Test func `what another system resolves is told, and so is what it was taken for`() throws {
        let nobody = try FakeServer()
        nobody.stop()
        let server = ["--server", "\(nobody.address)", "--udp"]
        let number = try idctl(["6901234567892"] + server, 7)
        for part in ["W-RESOLVE-006", "GS1", "no default prefix", "https://id.gs1.org/01/06901234567892"] {
            #expect(number.contains(part), "\(part) is not in \(number)")
        }
        let own = try idctl(["6901234567892", "--default-prefix", "88.118.8", "--explain"] + server, 7)
        for part in ["W-RESOLVE-005: read as “88.118.8/6901234567892”", "W-SCHEME-025", "or else", "VAA code"] {
            #expect(own.contains(part), "\(part) is not in \(own)")
        }
        let oid = try idctl(["1.2.156", "--explain"] + server, 7)
        #expect(oid.contains("none is configured: give --dns-resolver"))
        let ecode = try idctl(["100112345", "--scheme", "ecode", "--explain"] + server, 7)
        #expect(ecode.contains("W-SCHEME-027") && ecode.contains("the Ecode platform's gateway"))
        #expect(try idctl(["x", "--scheme", "upc"] + server, 64).contains("E-USAGE-001"))
        #expect(try idctl(["x", "--default-prefix", "a/b"] + server, 64).contains("E-USAGE-001"))
        let separated = try idctl(["010690123456789210A\u{1D}211", "--explain"] + server, 64)
        #expect(
            separated.contains("https://id.gs1.org/01/06901234567892/10/A/21/1") && separated.contains("E-RESOLVE-004")
        )
    }
}
