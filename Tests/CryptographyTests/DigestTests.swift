import Cryptography
import Testing

@Suite struct DigestTests {
    /// RFC 1321 §A.5, FIPS 180-2 §A.1 and §B.1, GB/T 32905-2016 §A.1 and §A.2, and the digests of nothing.
    @Test(arguments: [
        (Digest.md5, "", "d41d8cd98f00b204e9800998ecf8427e"),
        (.md5, "abc", "900150983cd24fb0d6963f7d28e17f72"),
        (.sha1, "", "da39a3ee5e6b4b0d3255bfef95601890afd80709"),
        (.sha1, "abc", "a9993e364706816aba3e25717850c26c9cd0d89d"),
        (.sha256, "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        (.sha256, "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (.sm3, "", "1ab21d8355cfa17f8e61194831e81a8f22bec8c728fefb747ed035eb5082aa2b"),
        (.sm3, "abc", "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"),
        (
            .sm3, String(repeating: "abcd", count: 16),
            "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"
        ),
    ])
    func publishedDigests(_ digest: Digest, _ text: String, _ wanted: String) throws {
        let found = try digest.digest(of: Array(text.utf8))
        #expect(hex(found) == wanted)
        #expect(found.count == digest.byteCount)
    }

    /// FIPS 180-2 §A.3 and §B.3: a million times "a".
    @Test func longMessages() throws {
        let message = [UInt8](repeating: UInt8(ascii: "a"), count: 1_000_000)
        #expect(hex(try Digest.sha1.digest(of: message)) == "34aa973cd4c4daa4f61eeb2bdbad27316534016f")
        #expect(
            hex(try Digest.sha256.digest(of: message))
                == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
        )
    }

    /// The digest of a request that the protocol reference gives (wire.md §13).
    @Test func theRequestDigestOfTheReference() throws {
        let request: [UInt8] =
            [0, 0, 0, 1, 0, 0, 0, 0, 0x19, 0x80, 0, 0, 0xFF, 0xFF, 0, 0, 0x65, 0, 0, 0, 0, 0, 0, 0x15, 0, 0, 0, 9]
            + Array("35.TEST/A".utf8) + [UInt8](repeating: 0, count: 8)
        #expect(
            hex(try Digest.sha256.digest(of: request))
                == "7b267df323c2432ef845a14b9f3501fe677a4ad23b91d99fe5c38dbceb49e227"
        )
    }

    @Test func aLentMessageAndAnOwnedOneAreTheSame() throws {
        let message = Array("0.NA/88.118".utf8)
        let lent = try Digest.md5.digest(of: message.span.bytes)
        #expect(try Digest.md5.digest(of: message) == lent)
    }
}
