import ResolutionProtocol
import Testing

@Suite struct IdentifierFoldingTests {
    private static let insensitive = IdentifierFolding(isSuffixCaseSensitive: false)
    private static let sensitive = IdentifierFolding(isSuffixCaseSensitive: true)

    @Test(arguments: [
        // identifier, key, key where case counts in suffixes, bytes of the prefix
        ("10.abc/Def", "10.ABC/DEF", "10.ABC/Def", 6),
        ("0.site/Status", "0.SITE/STATUS", "0.SITE/STATUS", 6),
        ("0.na/88.abc", "0.NA/88.ABC", "0.NA/88.ABC", 4),
        ("88.118.8", "0.NA/88.118.8", "0.NA/88.118.8", 4),
        ("88.gzck", "0.NA/88.GZCK", "0.NA/88.GZCK", 4),
        ("0", "0.NA/0", "0.NA/0", 4),
        ("0.x", "0.NA/0.X", "0.NA/0.X", 4),
        ("00/x", "00/X", "00/x", 2),
        ("a/", "A/", "A/", 1),
        ("/a", "/A", "/a", 0),
        ("", "0.NA/", "0.NA/", 4),
        ("88.1/é中文x", "88.1/é中文X", "88.1/é中文x", 4),
        ("10.a/b/c", "10.A/B/C", "10.A/b/c", 4),
    ])
    func keys(_ identifier: String, _ key: String, _ sensitiveKey: String, _ prefixByteCount: Int) {
        let bytes = Array(identifier.utf8)
        #expect(Self.insensitive.key(of: bytes) == Array(key.utf8))
        #expect(Self.sensitive.key(of: bytes) == Array(sensitiveKey.utf8))
        for folding in [Self.insensitive, Self.sensitive] {
            var writer = WireWriter(capacity: 8)
            #expect(folding.appendKey(of: bytes.span.bytes, to: &writer) == prefixByteCount)
        }
    }

    @Test func aBarePrefixAndItsRecordAreOneKey() {
        var random = SeededRandom(printingSeedFor: #function)
        for _ in 0..<2_000 {
            let prefix = random.someBytes(upTo: 30).filter { $0 != UInt8(ascii: "/") }
            for head in ["0.NA/", "0.na/"] {
                for folding in [Self.insensitive, Self.sensitive] {
                    #expect(folding.key(of: prefix) == folding.key(of: Array(head.utf8) + prefix))
                }
            }
        }
    }

    @Test func aKeyIsItsOwnKeyAndNeverTooLong() {
        var random = SeededRandom(printingSeedFor: #function)
        for _ in 0..<2_000 {
            let identifier = random.bytes(random.below(60))
            for folding in [Self.insensitive, Self.sensitive] {
                let key = folding.key(of: identifier)
                #expect(folding.key(of: key) == key)
            }
        }
        let longest = [UInt8](repeating: 0x61, count: IdentifierGrammar.byteCountMax)
        #expect(Self.insensitive.key(of: longest).count == IdentifierGrammar.foldedByteCountMax)
    }
}
