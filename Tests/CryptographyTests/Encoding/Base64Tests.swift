import Testing

@testable import Cryptography

@Suite struct Base64Tests {
    /// RFC 4648 §10.
    @Test(arguments: [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
        ("foobar", "Zm9vYmFy"),
    ])
    func publishedTexts(_ plain: String, _ text: String) {
        #expect(Base64.encode(Array(plain.utf8)) == Array(text.utf8))
        #expect(Base64.decode(Array(text.utf8)) == Array(plain.utf8))
    }

    @Test func everyByteComesBack() {
        let all = (0...255).map { UInt8($0) }
        for count in 0...255 { #expect(Base64.decode(Base64.encode(Array(all.suffix(count)))) == all.suffix(count)) }
    }

    @Test(arguments: [
        "Z", "Zg", "Zg=", "Zg===", "Zm8", "Zm8==", "Zm9v=", "Zm9v====", "Z=g=", "Zg==Zg==", "Zh==", "Zm9=", "Zm_v", "密",
    ])
    func textsThatAreNoneAreRefused(_ text: String) {
        #expect(Base64.decode(Array(text.utf8)) == nil)
    }

    @Test func blanksDoNotCount() {
        #expect(Base64.decode(Array(" Zm\t8 =".utf8)) == Array("fo".utf8))
    }
}
