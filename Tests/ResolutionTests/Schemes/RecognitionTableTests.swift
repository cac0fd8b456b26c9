import Testing

@testable import Resolution

/// The table of schemes and the ambiguities of identification-system.md §14, row by row.
@Suite struct RecognitionTableTests {
    /// What is typed, and what comes of it. Codes are those behind `W-SCHEME-`.
    struct Row: Sendable, CustomStringConvertible {
        let typed: String
        let scheme: IdentifierScheme
        let canonical: String
        let route: String
        let codes: [Int]
        let defaultPrefix: String?
        let codingType: CodingType?
        let alternatives: [String]

        init(
            _ typed: String,
            _ scheme: IdentifierScheme,
            _ route: String,
            _ codes: [Int] = [],
            as canonical: String? = nil,
            prefix: String? = nil,
            said codingType: CodingType? = nil,
            or alternatives: [String] = []
        ) {
            self.typed = typed
            self.scheme = scheme
            self.canonical = canonical ?? typed
            self.route = route
            self.codes = codes
            defaultPrefix = prefix
            self.codingType = codingType
            self.alternatives = alternatives
        }

        var description: String { typed }
    }

    private static func check(_ row: Row, sourceLocation: SourceLocation = #_sourceLocation) {
        let settings = RecognitionSettings(
            defaultPrefix: row.defaultPrefix.map { Array($0.utf8) },
            codingType: row.codingType
        )
        let found = Recognition(Array(row.typed.utf8), settings)
        #expect(found.scheme == row.scheme, sourceLocation: sourceLocation)
        #expect(String(decoding: found.canonical, as: UTF8.self) == row.canonical, sourceLocation: sourceLocation)
        #expect(found.route.name == row.route, sourceLocation: sourceLocation)
        #expect(found.notes.map { Int($0.code.suffix(3)) } == row.codes, sourceLocation: sourceLocation)
        let alternatives = found.alternatives.map { String(decoding: $0, as: UTF8.self) }
        #expect(alternatives == row.alternatives, sourceLocation: sourceLocation)
        #expect(
            found.notes.allSatisfy { (0...row.typed.utf8.count).contains($0.place) },
            sourceLocation: sourceLocation
        )
    }

    @Test(arguments: [
        Row("86.122.2/x", .handleOfChina, "own-else-top-level"), Row("88.118.8/x", .vaa, "own-else-top-level"),
        Row("88.101.0042/001", .vaa, "own-else-top-level"),
        Row("88.608.5288/META_2f23b2b600TSQ202406231", .vaa, "own-else-top-level"),
        Row("25SVAA88.118.8/x", .vaa, "own-else-top-level", [13], as: "88.118.8/x"),
        Row("VAA88.118.8/x", .vaa, "own-else-top-level", [13], as: "88.118.8/x"),
        Row("25S88.118.8/x", .vaa, "own-else-top-level", [13], as: "88.118.8/x"),
        Row("10.1000/182", .handle, "ghr"), Row("20.500.12345/x", .handle, "ghr"), Row("21.T11148/x", .handle, "ghr"),
        Row("88/x", .handle, "ghr"), Row("2.999/x", .handle, "ghr", [22]), Row("5288/x", .handle, "ghr"),
        Row("0.NA/88.118.8", .system, "own"), Row("0.SITE/status", .system, "own"), Row("0.na", .system, "own"),
        Row("88.118.8", .prefix, "own-else-top-level", [20]), Row("88.118.x", .prefix, "own-else-top-level"),
        Row("20.500.12345", .prefix, "ghr", [20]), Row("5.6", .prefix, "ghr", [20]),
        Row("1.40.1", .prefix, "ghr", [20]),
        Row("88.118..8/x", .unknown, "none", [45, 42]), Row("88.118./x", .unknown, "none", [45, 42]),
        Row("a/b", .unknown, "none", [44, 42]), Row("JXDY2106023", .unknown, "none", [42]),
    ])
    func `Handle, VAA, system names and prefixes`(row: Row) { Self.check(row) }

    @Test(arguments: [
        Row("1.2.156.3088", .oid, "ors", [21]), Row("2.999.1", .oid, "ors", [21]),
        Row("0.9.2342.19200300.100.1.1", .oid, "ors", [23]),
        Row("urn:oid:1.2.3", .oid, "ors", [9], as: "1.2.3"), Row("URN:OID:2.16.156", .oid, "ors", [9], as: "2.16.156"),
        Row("{2 16 156}", .oid, "ors", [10], as: "2.16.156"),
        Row("{iso(1) member-body(2) cn(156) 3088}", .oid, "ors", [10], as: "1.2.156.3088"),
        Row("{ joint-iso-itu-t 16  156 }", .oid, "ors", [10], as: "2.16.156"),
        Row("{iso standard 8571}", .oid, "ors", [10], as: "1.0.8571"),
        Row("{cn 156}", .unknown, "none", [51]), Row("{1 2", .unknown, "none", [54]), Row("{}", .unknown, "none", [50]),
        Row("urn:oid:1", .unknown, "none", [50]), Row("urn:oid:3.1", .unknown, "none", [52]),
        Row("urn:oid:1.40", .unknown, "none", [53]), Row("urn:oid:1.02", .unknown, "none", [51]),
    ])
    func `OIDs`(row: Row) { Self.check(row) }

    @Test(arguments: [
        Row("(01)06901234567892(21)A1", .gs1, "gs1-resolver", [], as: "https://id.gs1.org/01/06901234567892/21/A1"),
        Row(
            "(10)ABC(01)06901234567892(17)251231(21)A/1",
            .gs1,
            "gs1-resolver",
            [],
            as: "https://id.gs1.org/01/06901234567892/10/ABC/21/A%2F1?17=251231"
        ),
        Row("0106901234567892", .gs1, "gs1-resolver", [], as: "https://id.gs1.org/01/06901234567892"),
        Row(
            "010690123456789210ABC\u{1D}21123",
            .gs1,
            "gs1-resolver",
            [],
            as: "https://id.gs1.org/01/06901234567892/10/ABC/21/123"
        ),
        Row(
            "010690123456789210ABC\u{1D}21123\u{1D}",
            .gs1,
            "gs1-resolver",
            [14],
            as: "https://id.gs1.org/01/06901234567892/10/ABC/21/123"
        ),
        Row("]C1010690123456789210ABC", .gs1, "gs1-resolver", [2], as: "https://id.gs1.org/01/06901234567892/10/ABC"),
        Row("]d2\u{1D}0106901234567892", .gs1, "gs1-resolver", [2, 14], as: "https://id.gs1.org/01/06901234567892"),
        Row("]Q310ABC\u{1D}21123", .gs1, "none", [2, 31], as: "(10)ABC(21)123"),
        Row("00106141411234567897", .gs1, "gs1-resolver", [], as: "https://id.gs1.org/00/106141411234567897"),
        Row("(8003)006141411234528400", .gs1, "gs1-resolver", [], as: "https://id.gs1.org/8003/006141411234528400"),
        Row("(01)06901234567893", .unknown, "none", [59]), Row("(01)0690", .unknown, "none", [57]),
        Row("(01)0690123456789X", .unknown, "none", [58]), Row("(05)1", .unknown, "none", [56]),
        Row("(01)06901234567892(21)", .unknown, "none", [57]),
        Row("0106901234567893", .unknown, "none", [59, 42]), Row("]C1ABC", .unknown, "none", [2, 56, 42], as: "ABC"),
        Row("10ABC", .unknown, "none", [42]),
        Row("10ABC", .gs1, "none", [31], as: "(10)ABC", said: .gs1),
        Row(
            "https://id.gs1.org/01/06901234567892/21/A1?17=251231&linkType=gs1:pip",
            .gs1,
            "gs1-resolver",
            [30, 16],
            as: "https://id.gs1.org/01/06901234567892/21/A1?17=251231"
        ),
        Row(
            "https://id.x/some/01/6901234567892/10/a%2Fb",
            .gs1,
            "gs1-resolver",
            [15, 16],
            as: "https://id.gs1.org/01/06901234567892/10/a%2Fb"
        ),
        Row(
            "https://id.x/gtin/06901234567892/lot/7",
            .gs1,
            "gs1-resolver",
            [17, 17, 16],
            as: "https://id.gs1.org/01/06901234567892/10/7"
        ),
        Row("https://id.x/01/06901234567893", .unknown, "none", [59]),
        Row(
            "urn:epc:id:sgtin:0614141.112345.400",
            .epc,
            "gs1-resolver",
            [18],
            as: "https://id.gs1.org/01/10614141123459/21/400"
        ),
        Row(
            "urn:epc:id:sscc:0614141.1234567890",
            .epc,
            "gs1-resolver",
            [18],
            as: "https://id.gs1.org/00/106141412345678908"
        ),
        Row(
            "urn:epc:id:sgln:0614141.12345.400",
            .epc,
            "gs1-resolver",
            [18],
            as: "https://id.gs1.org/414/0614141123452/254/400"
        ),
        Row("urn:epc:id:sgln:0614141.12345.0", .epc, "gs1-resolver", [18], as: "https://id.gs1.org/414/0614141123452"),
        Row(
            "urn:epc:id:grai:0614141.12345.400",
            .epc,
            "gs1-resolver",
            [18],
            as: "https://id.gs1.org/8003/00614141123452400"
        ),
        Row(
            "urn:epc:id:giai:0614141.12345400",
            .epc,
            "gs1-resolver",
            [18],
            as: "https://id.gs1.org/8004/061414112345400"
        ),
        Row(
            "urn:epc:id:gsrn:0614141.1234567890",
            .epc,
            "gs1-resolver",
            [18],
            as: "https://id.gs1.org/8018/061414112345678902"
        ),
        Row(
            "urn:epc:id:gdti:0614141.12345.400",
            .epc,
            "gs1-resolver",
            [18],
            as: "https://id.gs1.org/253/0614141123452400"
        ),
        Row(
            "urn:epc:id:cpi:0614141.123ABC.123456",
            .epc,
            "gs1-resolver",
            [18],
            as: "https://id.gs1.org/8010/0614141123ABC/8011/123456"
        ),
        Row(
            "urn:epc:id:itip:4012345.012345.04.04.987",
            .epc,
            "gs1-resolver",
            [18],
            as: "https://id.gs1.org/8006/040123451234560404/21/987"
        ),
        Row(
            "urn:epc:id:upui:1234567.089456.51qIgY)",
            .epc,
            "gs1-resolver",
            [18],
            as: "https://id.gs1.org/01/01234567894560/235/51qIgY%29"
        ),
        Row(
            "urn:epc:class:lgtin:4012345.012345.998877",
            .epc,
            "gs1-resolver",
            [18],
            as: "https://id.gs1.org/01/04012345123456/10/998877"
        ),
        Row("urn:epc:id:gid:95100000.12345.400", .unknown, "none", [60]),
        Row("urn:epc:id:sgtin:06141.112345.400", .unknown, "none", [61]),
        Row("urn:epc:id:sgtin:0614141.112345", .unknown, "none", [61]),
    ])
    func `GS1 and EPC`(row: Row) { Self.check(row) }

    @Test(arguments: [
        Row("did:bid:efnVUgqQFfYeu97ABf6sGm3WFtVXHZB2", .didBID, "bif"),
        Row("did:bid:byo1:zf24SVQkKxLwgFJ6bzGMVNqJHT7LsWj8v", .didBID, "bif"),
        Row(
            "DID:BID:efnVUgqQFfYeu97ABf6sGm3WFtVXHZB2",
            .didBID,
            "bif",
            [12],
            as: "did:bid:efnVUgqQFfYeu97ABf6sGm3WFtVXHZB2"
        ),
        Row("did:bid:ef1234", .didBID, "bif", [32]),
        Row("did:vaa:86.100.1234/x", .handleOfChina, "own-else-top-level", [11], as: "86.100.1234/x"),
        Row("did:vaa:c0ffee:88.118.8/a:b", .vaa, "own-else-top-level", [11], as: "88.118.8/a:b"),
        Row("did:vaa:c0ffee", .did, "none", [47]), Row("did:key:z6Mk", .did, "none", [33]),
        Row("https://node.example/88.118.8/x", .vaa, "own-else-top-level", [7], as: "88.118.8/x"),
        Row("https://hdl.handle.net/20.500.1/x%2Fy?noredirect#z", .handle, "ghr", [7, 8], as: "20.500.1/x/y"),
        Row("http://node.example/api/handles/0.NA/88.118.8", .system, "own", [7], as: "0.NA/88.118.8"),
        Row("https://node.example/88.118.8", .prefix, "own-else-top-level", [7, 20], as: "88.118.8"),
        Row("https://node.example/1.2.156", .oid, "ors", [7, 21], as: "1.2.156"),
        Row("https://node.example/2.0", .url, "none", [46]), Row("https://example.org/about", .url, "none", [46]),
        Row("https://example.org", .url, "none", [46]), Row("https://h/88.118.8/", .url, "none", [46]),
        Row("https://h/2024/news", .url, "none", [46]),
        Row("https://h/hdl:88.118.8%2Fx%2520", .vaa, "own-else-top-level", [7, 6], as: "88.118.8/x "),
        Row("hdl:88.118.8/X", .vaa, "own-else-top-level", [6], as: "88.118.8/X"),
        Row("HDL://88.118.8/X", .vaa, "own-else-top-level", [6], as: "88.118.8/X"),
        Row("hdl:88.118.8/a%20b%2525%zz", .vaa, "own-else-top-level", [6], as: "88.118.8/a b%25%zz"),
        Row("hdl:a/b", .handle, "ghr", [6], as: "a/b"), Row("hdl:1.2.156", .prefix, "ghr", [6], as: "1.2.156"),
        Row("hdl:6901234567892", .prefix, "ghr", [6], as: "6901234567892"), Row("hdl:", .unknown, "none", [47]),
        Row("hdl:https://h/88.118.8/x", .vaa, "own-else-top-level", [6, 7], as: "88.118.8/x"),
        Row("urn:isbn:0451450523", .unknown, "none", [49]),
        Row("2011690123456", .ecode, "ecode-platform", [27], said: .ecode),
        Row("2011690123456", .unknown, "none", [59, 42]),
        Row("88.118.8/x", .unknown, "none", [62], said: .gs1),
    ])
    func `addresses, DIDs, URNs and Ecode`(row: Row) { Self.check(row) }

    @Test(arguments: [
        Row("86.100.1", .prefix, "own-else-top-level", [20]), Row("1.2.156", .oid, "ors", [21]),
        Row("2.999/x", .handle, "ghr", [22]),
    ])
    func `ambiguity 1: OIDs begin with 0, 1 or 2, and have no slash`(row: Row) { Self.check(row) }

    @Test(arguments: [
        Row("6901234567892", .gs1, "gs1-resolver", [24, 15], as: "https://id.gs1.org/01/06901234567892"),
        Row("16901234567899", .gs1, "gs1-resolver", [24], as: "https://id.gs1.org/01/16901234567899"),
        Row(
            "6901234567892",
            .vaa,
            "own-else-top-level",
            [19, 25],
            as: "88.118.8/6901234567892",
            prefix: "88.118.8",
            or: ["https://id.gs1.org/01/06901234567892"]
        ),
        Row("6901234567893", .vaa, "own-else-top-level", [19], as: "88.118.8/6901234567893", prefix: "88.118.8"),
        Row("6901234567893", .unknown, "none", [59, 42]),
        Row(
            "6901234567892",
            .gs1,
            "gs1-resolver",
            [24, 15],
            as: "https://id.gs1.org/01/06901234567892",
            prefix: "88.118.8",
            said: .gs1
        ),
        Row(
            "(01)06901234567892",
            .gs1,
            "gs1-resolver",
            [],
            as: "https://id.gs1.org/01/06901234567892",
            prefix: "88.118.8"
        ),
        Row("JXDY2106023", .vaa, "own-else-top-level", [19], as: "88.118.8/JXDY2106023", prefix: "88.118.8"),
        Row("PUMP/7", .vaa, "own-else-top-level", [19], as: "88.118.8/PUMP/7", prefix: "88.118.8"),
        Row(
            "2311.07",
            .vaa,
            "own-else-top-level",
            [19, 26],
            as: "88.118.8/2311.07",
            prefix: "88.118.8",
            or: ["2311.07"]
        ),
        Row("88.118.9/x", .vaa, "own-else-top-level", prefix: "88.118.8"),
        Row("88.118.9", .prefix, "own-else-top-level", [20], prefix: "88.118.8"),
        Row("urn:isbn:0451450523", .unknown, "none", [49], prefix: "88.118.8"),
        Row("https://example.org/about", .url, "none", [46], prefix: "88.118.8"),
        Row("a\u{7}b", .unknown, "none", [43], prefix: "88.118.8"),
    ])
    func `ambiguity 2: the tenant decides what a number without prefix is`(row: Row) { Self.check(row) }

    @Test(arguments: [
        Row("８８．１１８．８／Ｘ", .vaa, "own-else-top-level", [3, 4], as: "88.118.8/X", or: ["88.118.8/Ｘ"]),
        Row("88。118。8／x", .vaa, "own-else-top-level", [3], as: "88.118.8/x"),
        Row("88.118.8/Ｘ", .vaa, "own-else-top-level", [5], or: ["88.118.8/X"]),
        Row("88.118.8/泵７", .vaa, "own-else-top-level", [5], or: ["88.118.8/泵7"]),
        Row("hdl:88.118.8/%EF%BC%B8", .vaa, "own-else-top-level", [6], as: "88.118.8/Ｘ"),
        Row("（０１）０６９０１２３４５６７８９２", .gs1, "gs1-resolver", [3], as: "https://id.gs1.org/01/06901234567892"),
        Row(
            "ＪＸＤＹ",
            .vaa,
            "own-else-top-level",
            [3, 19],
            as: "88.118.8/JXDY",
            prefix: "88.118.8",
            or: ["88.118.8/ＪＸＤＹ"]
        ),
        Row("ＪＸＤＹ", .unknown, "none", [42]), Row("编号／七", .unknown, "none", [44, 42]),
        Row("88.118.8/x", .vaa, "own-else-top-level"), Row("88.118.8/X", .vaa, "own-else-top-level"),
    ])
    func `ambiguity 3: full-width characters are read, told, and kept in suffixes`(row: Row) { Self.check(row) }

    @Test(arguments: [
        Row("88.118.8/X\r\n", .vaa, "own-else-top-level", [1], as: "88.118.8/X"),
        Row("\t 88.118.8/a b ", .vaa, "own-else-top-level", [1], as: "88.118.8/a b"),
        Row("\u{FEFF}88.118.8/x\u{3000}", .vaa, "own-else-top-level", [1], as: "88.118.8/x"),
        Row("]Q388.118.8/X", .vaa, "own-else-top-level", [2], as: "88.118.8/X"),
        Row("]d2https://n.example/88.118.8/X\n", .vaa, "own-else-top-level", [1, 2, 7], as: "88.118.8/X"),
        Row("]C10106901234567892\r", .gs1, "gs1-resolver", [1, 2], as: "https://id.gs1.org/01/06901234567892"),
        Row("]x/y", .unknown, "none", [44, 42]), Row("", .unknown, "none", [40]), Row(" \r\n", .unknown, "none", [40]),
    ])
    func `ambiguity 4: what scanners add is left out and remembered`(row: Row) { Self.check(row) }
}
