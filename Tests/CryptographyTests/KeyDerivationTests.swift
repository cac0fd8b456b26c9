import Cryptography
import Testing

@Suite struct KeyDerivationTests {
    /// RFC 6070 §2 (HMAC-SHA1) and RFC 7914 §11 (HMAC-SHA256).
    @Test(arguments: [
        (Digest.sha1, "password", "salt", 1, "0c60c80f961f0e71f3a9b524af6012062fe037a6"),
        (.sha1, "password", "salt", 4_096, "4b007901b765489abead49d926f721d065a429c1"),
        (
            .sha1, "passwordPASSWORDpassword", "saltSALTsaltSALTsaltSALTsaltSALTsalt", 4_096,
            "3d2eec4fe41c849b80c8d83662c0e44a8b291a964cf2f07038"
        ),
        (.sha1, "pass\0word", "sa\0lt", 4_096, "56fa6aa75548099dcc37d7f03425e0c3"),
        (
            .sha256, "passwd", "salt", 1,
            "55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc49ca9cccf179b645991664b39d77ef317c71b845b1e30bd509112041d3a19783"
        ),
    ])
    func publishedKeys(
        _ digest: Digest,
        _ password: String,
        _ salt: String,
        _ iterationCount: Int,
        _ wanted: String
    ) throws {
        let key = try KeyDerivation.pbkdf2(
            digest,
            password: Array(password.utf8),
            salt: Array(salt.utf8),
            iterationCount: iterationCount,
            byteCount: wanted.utf8.count / 2
        )
        #expect(hex(key) == wanted)
    }

    /// The proof of security.md §3: the key of a secret, and the HMAC under it.
    @Test func theSecretKeyProofOfTheReference() throws {
        let key = try KeyDerivation.pbkdf2(
            .sha1,
            password: Array("secret".utf8),
            salt: bytes("bf78f38678d24f4ba395968ff05ca973"),
            iterationCount: 10_000,
            byteCount: 20
        )
        let content = bytes(
            "fdacc79f09736d7c823c8c4fbbcaa0fd 0895788828866ae03ff7038e68f1333222d4c72e1ba9b60c93b341179e69201d"
        )
        #expect(
            hex(try MessageAuthentication.hmac(.sha1, key: key, message: content))
                == "bd61afb9c5c52e63fc78eea6b86c973993f44346"
        )
    }

    @Test func anEmptyPasswordAndSaltAreTaken() throws {
        let key = try KeyDerivation.pbkdf2(.sha1, password: [], salt: [], iterationCount: 1, byteCount: 16)
        #expect(key.count == 16)
    }

    @Test(arguments: [(0, 16), (-1, 16), (1, 0), (1, -1), (Int.max, 16), (1, Int.max)])
    func countsOutOfRangeAreRefused(_ iterationCount: Int, _ byteCount: Int) {
        #expect(throws: OpenSSLError.self) {
            try KeyDerivation.pbkdf2(
                .sha1,
                password: [1],
                salt: [2],
                iterationCount: iterationCount,
                byteCount: byteCount
            )
        }
    }
}
