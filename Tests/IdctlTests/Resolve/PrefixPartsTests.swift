import Testing

@testable import idctl

/// The parts of prefixes.
@Suite struct PrefixPartsTests {
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
