import Testing

@testable import idctl

/// What is typed at `idctl resolve`, and what is asked for.
@Suite struct IdentifierReadingTests {
    private static func reading(_ text: String) -> IdentifierReading { IdentifierReading(Array(text.utf8)) }

    @Test(arguments: [
        ("88.118.8/X", IdentifierScheme.vaa), ("86.122.2/x", .handleOfChina), ("10.1000/182", .handle),
        ("20.500.12345/x", .handle), ("88/x", .handle), ("0.NA/88.118.8", .system), ("0.SITE/status", .system),
        ("88.118.8", .prefix), ("86.100.1", .prefix), ("88.118.x", .prefix), ("1.2.156.3088", .oid), ("2.999.1", .oid),
        ("1.40.1", .prefix), ("urn:oid:1.2.3", .oid), ("{2 16 156}", .oid), ("2.999/x", .handle),
        ("did:bid:ef1234", .did), ("DID:vaa:x", .did), ("(01)06901234567892(21)A1", .gs1),
        ("0106901234567892", .gs1), ("6901234567892", .gs1), ("6901234567893", .unknown),
        ("urn:epc:id:sgtin:0614141.112345.400", .gs1), ("https://example.org/about", .url), ("JXDY2106023", .unknown),
        ("", .unknown), ("a/b", .handle), ("1..2", .unknown),
    ])
    func `a text is recognised by its beginning and its digits`(text: String, scheme: IdentifierScheme) {
        #expect(Self.reading(text).scheme == scheme)
        #expect(Self.reading(text).identifier == Array(text.utf8))
    }

    @Test(arguments: [
        ("88.118.8/X\r\n", "88.118.8/X", [IdentifierReading.Change.whiteSpace]),
        ("\t 88.118.8/a b ", "88.118.8/a b", [.whiteSpace]), ("]Q388.118.8/X", "88.118.8/X", [.symbology]),
        ("]d2https://n.example/88.118.8/X\n", "88.118.8/X", [.whiteSpace, .symbology, .resolverAddress]),
        ("]x/y", "]x/y", []), ("８８．１１８．８／Ｘ１", "88.118.8/X1", [.fullWidth]),
        ("88。118。8／x", "88.118.8/x", [.fullWidth]), ("88.118.8/Ｘ", "88.118.8/Ｘ", []),
        ("hdl:88.118.8/X", "88.118.8/X", [.handleScheme]), ("HDL://88.118.8/X", "88.118.8/X", [.handleScheme]),
        ("hdl:88.118.8/a%20b%2525%zz", "88.118.8/a b%25%zz", [.handleScheme]),
        ("https://hdl.handle.net/20.500.1/x%2Fy?noredirect#z", "20.500.1/x/y", [.resolverAddress]),
        ("http://node.example/0.NA/88.118.8", "0.NA/88.118.8", [.resolverAddress]),
        ("https://example.org/a/b", "https://example.org/a/b", []), ("https://h/88.118.8/", "https://h/88.118.8/", []),
        ("hdl:%+1%-1", "%+1%-1", [.handleScheme]), ("hdl:", "hdl:", []), (" ", " ", []),
    ])
    func `what stands around an identifier is taken away, and told`(
        typed: String,
        identifier: String,
        changes: [IdentifierReading.Change]
    ) {
        let reading = Self.reading(typed)
        #expect(String(decoding: reading.identifier, as: UTF8.self) == identifier)
        #expect(reading.changes == changes)
        #expect(reading.typed == Array(typed.utf8))
    }

    @Test func `an identifier with blanks at its end can still be asked for`() {
        #expect(Self.reading("hdl:88.118.8/x%20").identifier == Array("88.118.8/x ".utf8))
    }

    @Test(arguments: [
        ("88.118.8/X", "88", "118", "8"), ("86.100.1.2/X", "86", "100", "1.2"),
        ("0.na/88.118.0042", "88", "118", "0042"),
        ("88.118", "88", "118", nil), ("10.1000/182", nil, nil, nil), ("88/x", nil, nil, nil),
    ])
    func `a prefix is told apart into range, secondary node and enterprise`(
        identifier: String,
        range: String?,
        node: String?,
        enterprise: String?
    ) {
        let parts = PrefixParts(of: Array(identifier.utf8))
        #expect(parts.range == range)
        #expect(parts.secondaryNode == node)
        #expect(parts.enterprise == enterprise)
        #expect((parts.text == nil) == (range == nil))
    }
}
