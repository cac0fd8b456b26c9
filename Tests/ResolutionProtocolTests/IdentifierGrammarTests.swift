import ResolutionProtocol
import Testing

@Suite struct IdentifierGrammarTests {
    @Test(arguments: [
        ("10.ABC/def", "10.ABC", "def"), ("0.site/Status", "0.site", "Status"), ("noslash", "0.NA", "noslash"),
        ("a/", "a", ""), ("/a", "", "a"), ("", "", ""), ("a/b/c", "a", "b/c"), ("é/\u{301}x", "é", "\u{301}x"),
    ])
    func prefixAndSuffix(_ identifier: String, _ prefix: String, _ suffix: String) {
        #expect(IdentifierGrammar.prefix(of: Array(identifier.utf8)) == Array(prefix.utf8))
        #expect(IdentifierGrammar.suffix(of: Array(identifier.utf8)) == Array(suffix.utf8))
    }

    @Test func theSlashIsFoundAmongBytes() {
        for (text, wanted) in [("a/b", 1), ("/", 0), ("abc", nil), ("", nil), ("中/", 3)] as [(String, Int?)] {
            let bytes = Array(text.utf8)
            let slash = IdentifierGrammar.slash(in: bytes.span.bytes)
            #expect(slash == wanted)
        }
    }

    @Test(arguments: [
        ("10.A.B", "10.a", true), ("88.1181", "88.118", false), ("88.118", "88.118", false),
        ("88.118.", "88.118", true),
        ("88", "88.118", false), ("88.118.1", "88.119", false), (".1", "", true),
    ])
    func derivation(_ prefix: String, _ ancestor: String, _ isDerived: Bool) {
        #expect(IdentifierGrammar.isDerived(Array(prefix.utf8), from: Array(ancestor.utf8)) == isDerived)
    }

    @Test func parentsAndRecords() {
        #expect(IdentifierGrammar.parent(of: Array("10.5.7".utf8)) == Array("10.5".utf8))
        #expect(IdentifierGrammar.parent(of: Array("10".utf8)) == nil)
        #expect(IdentifierGrammar.prefixRecordName(of: Array("10.abc".utf8)) == Array("0.NA/10.ABC".utf8))
    }
}
