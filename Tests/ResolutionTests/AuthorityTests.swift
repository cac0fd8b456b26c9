import Testing

@testable import Resolution

@Suite struct AuthorityTests {
    private static func number(_ authority: Authority, _ prefix: String) -> UInt32? {
        let bytes = Array(prefix.utf8)
        return authority.entry(of: bytes.span.bytes)?.number
    }

    private static func ancestor(_ authority: Authority, _ prefix: String) -> UInt32? {
        let bytes = Array(prefix.utf8)
        return authority.nearestAncestor(of: bytes.span.bytes)?.number
    }

    private static func authority(_ prefixes: [String]) -> Authority {
        let rows = prefixes.enumerated().map { number, prefix in
            PrefixRow(
                prefix: Array(prefix.utf8),
                state: number % 2 == 0 ? .homed : .delegated,
                number: UInt32(number + 1)
            )
        }
        return Authority(rows: rows)
    }

    @Test func aWithdrawnPrefixIsAsUnknownAsAnyOther() {
        let rows = [
            PrefixRow(prefix: Array("88".utf8), state: .homed, number: 1),
            PrefixRow(prefix: Array("88.118".utf8), state: .withdrawn, number: 2),
        ]
        let authority = Authority(rows: rows)
        #expect(Self.number(authority, "88.118") == nil)
        #expect(Self.ancestor(authority, "88.118.8") == 1, "the one above it is the nearest")
        #expect(authority.count == 1)
    }

    @Test func exactlyThePrefixesOfTheTableAreKnown() {
        let authority = Self.authority([
            "88.118.8", "88", "88.118.OUI", "A.VERY.LONG.PREFIX.OF.MORE.THAN.SIXTEEN.BYTES",
        ])
        #expect(authority.count == 4)
        #expect(Self.number(authority, "88.118.8") == 1)
        #expect(Self.number(authority, "88") == 2)
        #expect(Self.number(authority, "88.118.OUI") == 3)
        #expect(Self.number(authority, "A.VERY.LONG.PREFIX.OF.MORE.THAN.SIXTEEN.BYTES") == 4)
        for prefix in [
            "", "8", "88.", "88.118", "88.118.8.", "88.118.80", "88.118.oui", "88.118.OU",
            "A.VERY.LONG.PREFIX.OF.MORE.THAN.SIXTEEN.BYTEZ", "B.VERY.LONG.PREFIX.OF.MORE.THAN.SIXTEEN.BYTES",
        ] {
            #expect(Self.number(authority, prefix) == nil)
        }
    }

    @Test func statesAreKept() {
        let authority = Self.authority(["1", "2"])
        let names = [Array("1".utf8), Array("2".utf8)]
        #expect(names.map { authority.entry(of: $0.span.bytes)?.state } == [.homed, .delegated])
    }

    @Test func anEmptyTableKnowsNothing() {
        let authority = Self.authority([])
        #expect(authority.count == 0)
        #expect(Self.number(authority, "") == nil)
        #expect(Self.ancestor(authority, "88.118.8.1") == nil)
        #expect(Self.ancestor(authority, "") == nil)
    }

    @Test func nearestAncestorIsTheLongestWholeSegmentsAbove() {
        let authority = Self.authority(["88", "88.118.8"])
        for (prefix, number) in [
            ("88.118.8.1", 2), ("88.118.8.1.2.3", 2), ("88.118.8.", 2), ("88.118.8", 1), ("88.118.80", 1), ("88.1", 1),
            ("88.118.8x.1", 1), ("88.", 1), ("88", nil), ("889.1", nil), ("8.8", nil), (".88", nil), ("", nil),
            ("88.118.8.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", 2), ("99.88.118.8.1", nil),
        ] as [(String, UInt32?)] {
            #expect(Self.ancestor(authority, prefix) == number, "\(prefix)")
        }
    }

    @Test func aHundredThousandPrefixes() {
        let names = (0..<100_000).map { Array("88.118.\($0)".utf8) }
        let rows = names.enumerated().map {
            PrefixRow(prefix: $0.element, state: .homed, number: UInt32($0.offset + 1))
        }
        let authority = Authority(rows: rows)
        var wrong = 0
        for (number, name) in names.enumerated()
        where authority.entry(of: name.span.bytes)?.number != UInt32(number + 1) {
            wrong += 1
        }
        for number in 100_000..<120_000 {
            let name = Array("88.118.\(number)".utf8)
            if authority.entry(of: name.span.bytes) != nil { wrong += 1 }
        }
        #expect(wrong == 0)
    }
}
