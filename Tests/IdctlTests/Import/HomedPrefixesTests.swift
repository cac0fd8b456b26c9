import Resolution
import Testing

@testable import idctl

@Suite struct HomedPrefixesTests {
    private static func prefixes(homesMissing: Bool = false) -> HomedPrefixes {
        HomedPrefixes(
            [
                PrefixRow(prefix: Array("88.118".utf8), state: .homed, number: 1),
                PrefixRow(prefix: Array("88.118.PCI-1".utf8), state: .homed, number: 2),
                PrefixRow(prefix: Array("88.118.9".utf8), state: .delegated, number: 3),
            ],
            homesMissing: homesMissing
        )
    }

    private static func keeps(_ name: String, _ prefixes: inout HomedPrefixes) -> Bool {
        let bytes = Array("..\(name)..".utf8)
        return prefixes.keeps(bytes, 2..<bytes.count - 2)
    }

    @Test func `an import does not home a prefix that was withdrawn`() {
        let rows = [PrefixRow(prefix: Array("88.1".utf8), state: .withdrawn, number: 1)]
        var prefixes = HomedPrefixes(rows, homesMissing: true)
        #expect(!Self.keeps("88.1/x", &prefixes))
        #expect(!Self.keeps("0.NA/88.1", &prefixes))
        #expect(prefixes.added.isEmpty)
    }

    @Test(arguments: [
        ("88.118/x", true), ("88.118.pci-1/x", true), ("88.118.PCI-1/x/y", true), ("88.118.9/x", false),
        ("88.118.2/x", false), ("88.11/x", false), ("0.NA/88.118.9", true), ("0.na/88.118.7", true),
        ("88.118.7", true), ("0.NA/88.119", false), ("88.119", false),
    ])
    func `a row is kept where its prefix is homed`(name: String, isKept: Bool) {
        var prefixes = Self.prefixes()
        #expect(Self.keeps(name, &prefixes) == isKept)
        #expect(Self.keeps(name, &prefixes) == isKept, "asked again")
    }

    @Test func `a missing prefix is noted once, in upper case`() {
        var prefixes = Self.prefixes(homesMissing: true)
        #expect(Self.keeps("88.118.abc/1", &prefixes))
        #expect(Self.keeps("88.118.ABC/2", &prefixes))
        #expect(!Self.keeps("88.118.9/1", &prefixes))
        #expect(prefixes.added == [Array("88.118.ABC".utf8)])
    }
}
