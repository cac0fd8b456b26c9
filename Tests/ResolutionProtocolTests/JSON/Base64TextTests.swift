import ResolutionProtocol
import Testing

@Suite struct Base64TextTests {
    @Test(arguments: [([], ""), ([0xFB], "+w=="), ([0xFB, 0xFF], "+/8="), ([0xFB, 0xFF, 0xBF], "+/+/")])
    func standardAndPaddedOrForURLsAndBare(_ bytes: [UInt8], _ text: String) {
        #expect(Base64Text.standard(bytes) == text)
        let bare = text.replacing("=", with: "").replacing("+", with: "-").replacing("/", with: "_")
        #expect(Base64Text.url(bytes) == bare)
        #expect(Base64Text.bytes(text.utf8) == bytes)
        #expect(Base64Text.bytes(bare.utf8) == bytes)
    }

    @Test(arguments: ["A", "=", "AA=", "AAA=A", "AB==", "AAB=", "A===", "AA A", "AA\n", "é", "AAAA="])
    func otherTextsAreNone(_ text: String) {
        #expect(Base64Text.bytes(text.utf8) == nil)
    }
}
