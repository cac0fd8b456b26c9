import ResolutionProtocol
import Testing

@Suite struct IdentifierTests {
    @Test func theFirstSlashSeparates() throws {
        let identifier = try Identifier(Array("88.118.1/a/b".utf8))
        #expect(identifier.prefix == Array("88.118.1".utf8))
        #expect(identifier.suffix == Array("a/b".utf8))
        let bare = try Identifier(Array("88.118.8".utf8))
        #expect(bare.prefix == Array("0.NA".utf8))
        #expect(bare.suffix == bare.bytes)
        let empty = try Identifier(Array("88/".utf8))
        #expect(empty.suffix.isEmpty)
        #expect(try Identifier(Array("0".utf8)).suffix == Array("0".utf8))
    }

    @Test(arguments: [1, 2, 255, 510, 511, 512, 2_047, 2_048])
    func P9_lengthsUpToTheLimit(_ count: Int) throws {
        let bytes = Array("8".utf8) + [UInt8](repeating: UInt8(ascii: "a"), count: count - 1)
        #expect(try Identifier(bytes).bytes == bytes)
        let isResolvable = IdentifierGrammar.isResolvable(bytes.span.bytes)
        #expect(isResolvable)
    }

    @Test func P9_lengthsBeyondTheLimit() {
        #expect(throws: IdentifierError.empty) { try Identifier([]) }
        let long = [UInt8](repeating: UInt8(ascii: "a"), count: 2_049)
        #expect(throws: IdentifierError.tooLong(byteCount: 2_049)) { try Identifier(long) }
        let none: [UInt8] = []
        let areResolvable = [
            IdentifierGrammar.isResolvable(long.span.bytes), IdentifierGrammar.isResolvable(none.span.bytes),
        ]
        #expect(areResolvable == [false, false])
    }

    @Test func aNameWithoutAPrefixIsNone() {
        let bytes = Array("/x".utf8)
        #expect(throws: IdentifierError.emptyPrefix) { try Identifier(bytes) }
        let isResolvable = IdentifierGrammar.isResolvable(bytes.span.bytes)
        #expect(!isResolvable)
    }

    @Test(
        arguments: [
            // Stray, cut short.
            [0xFF], [0x80], [0xC3], [0xE4, 0xB8], [0xF0, 0x9F, 0x98], [0xC3, 0x41],
            // Overlong.
            [0xC0, 0x80], [0xC1, 0xBF], [0xE0, 0x80, 0xAF], [0xE0, 0x9F, 0xBF], [0xF0, 0x80, 0x80, 0xAF],
            [0xF0, 0x8F, 0xBF, 0xBF],
            // Surrogates, and beyond the last character.
            [0xED, 0xA0, 0x80], [0xED, 0xBF, 0xBF], [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80],
        ] as [[UInt8]]
    )
    func P8_invalidUTF8IsRefusedWithItsPlace(_ bytes: [UInt8]) {
        let name = Array("88.1/é".utf8)
        #expect(throws: IdentifierError.invalidUTF8(offset: name.count)) { try Identifier(name + bytes) }
        #expect(throws: IdentifierError.invalidUTF8(offset: 1)) { try Identifier(Array("8".utf8) + bytes + name) }
    }

    @Test(arguments: [[0x00], [0x01], [0x0A], [0x1F], [0x7F], [0xC2, 0x80], [0xC2, 0x9F]] as [[UInt8]])
    func P8_controlCharactersAreRefusedWithTheirPlace(_ bytes: [UInt8]) {
        let name = Array("88.1/中".utf8)
        #expect(throws: IdentifierError.controlCharacter(offset: name.count)) { try Identifier(name + bytes + [0x41]) }
    }

    @Test(arguments: ["88.1/ ", "88.1/\u{A0}", "88.1/\u{2028}", "88.1/😀", "前缀.1/后缀", "88.1/~!@#$%^&*()"])
    func otherCharactersAreTaken(_ text: String) throws {
        #expect(try Identifier(Array(text.utf8)).bytes == Array(text.utf8))
    }
}
