import Cryptography
import Testing

@Suite struct MessageAuthenticationTests {
    /// RFC 2202 §2 case 2 and §3 cases 1 and 2, RFC 4231 §4.3 and §4.7 (a key longer than a block).
    @Test(arguments: [
        (Digest.md5, Array("Jefe".utf8), "what do ya want for nothing?", "750c783e6ab0b503eaa86e310a5db738"),
        (.sha1, [UInt8](repeating: 0x0B, count: 20), "Hi There", "b617318655057264e28bc0b6fb378c8ef146be00"),
        (.sha1, Array("Jefe".utf8), "what do ya want for nothing?", "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79"),
        (
            .sha256, Array("Jefe".utf8), "what do ya want for nothing?",
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        ),
        (
            .sha256, [UInt8](repeating: 0xAA, count: 131), "Test Using Larger Than Block-Size Key - Hash Key First",
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
        ),
    ])
    func publishedCodes(_ digest: Digest, _ key: [UInt8], _ text: String, _ wanted: String) throws {
        #expect(hex(try MessageAuthentication.hmac(digest, key: key, message: Array(text.utf8))) == wanted)
    }

    /// An empty key is a key of zeros (RFC 2104 §2), and an empty message is one.
    @Test func nothingUnderNoKey() throws {
        let code = try MessageAuthentication.hmac(.sha256, key: [], message: [])
        #expect(hex(code) == "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad")
        #expect(try MessageAuthentication.hmac(.sha256, key: [0], message: []) == code)
    }

    /// The MAC of security.md §5, version 2.11: envelope fields, header, body.
    @Test func theSessionMACOfTheReference() throws {
        let key = (0x10...0x1F).map { UInt8($0) }
        let authenticated =
            bytes("020b 020b 00000055 01020304 00000001")
            + bytes("00000001 00000000 19000000 ffff 0000 65000000 00000015 00000009")
            + Array("35.TEST/A".utf8) + [UInt8](repeating: 0, count: 8)
        #expect(
            hex(try MessageAuthentication.hmac(.sha256, key: key, message: authenticated))
                == "be4ca00ed1ffef641346a05958a0e537e9a6f1c3b0655f44a91b09c0310f86a9"
        )
    }
}
