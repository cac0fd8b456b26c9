import Cryptography
import Testing
import VectorFiles

/// What makes bytes a public key, and what does not.
@Suite struct PublicKeyTests {
    @Test func rsaKeysGiveTheirNumbersBack() throws {
        let key = try PublicKey(pem: Array(KeyFixtures.rsaPublic.utf8))
        let parts = try #require(key.rsaParts)
        #expect(key.kind == .rsa)
        #expect(key.bitCount == 1_024)
        #expect(parts.exponent == [1, 0, 1])
        let again = try PublicKey(rsaModulus: [0, 0] + parts.modulus, publicExponent: [0] + parts.exponent)
        #expect(again.isSame(as: key))
        #expect(try again.subjectPublicKeyInfo() == key.subjectPublicKeyInfo())
        #expect(try PublicKey(subjectPublicKeyInfo: key.subjectPublicKeyInfo()).isSame(as: key))
        #expect(key.dsaParts == nil)
    }

    @Test func rsaNumbersThatNoKeyHasAreRefused() throws {
        let odd = [0x80] + [UInt8](repeating: 1, count: 127)
        let even = [0x80] + [UInt8](repeating: 0, count: 127)
        for (modulus, exponent) in [
            (even, [1, 0, 1]), ([], [3]), ([0], [3]), ([1], [3]), (odd, []), (odd, [0]), (odd, [1]), (odd, [2]),
        ] as [([UInt8], [UInt8])] {
            #expect(throws: KeyError.malformed) { try PublicKey(rsaModulus: modulus, publicExponent: exponent) }
        }
    }

    @Test func rsaNumbersThatTakeLongAreRefused() throws {
        let atMost = [0x80] + [UInt8](repeating: 1, count: 1_023)
        #expect(try PublicKey(rsaModulus: atMost, publicExponent: [3]).bitCount == 8_192)
        #expect(throws: KeyError.unsupported("an RSA modulus of 8193 bits")) {
            try PublicKey(rsaModulus: [1] + atMost, publicExponent: [3])
        }
        let exponent = [UInt8](repeating: 0xFF, count: 8)
        #expect(try PublicKey(rsaModulus: atMost, publicExponent: exponent).kind == .rsa)
        #expect(throws: KeyError.unsupported("an RSA exponent of 65 bits")) {
            try PublicKey(rsaModulus: atMost, publicExponent: [1] + exponent)
        }
    }

    /// A small key is still a key: how many bits are enough is not decided here.
    @Test func smallKeysAreNotRefused() throws {
        let key = try PublicKey(rsaModulus: [0x80] + [UInt8](repeating: 1, count: 63), publicExponent: [3])
        #expect(key.bitCount == 512)
        #expect(try !key.verifies([1], of: [], digest: .sha256))
    }

    @Test func dsaNumbersOutOfRangeAreRefused() throws {
        let vector = try #require(vectors("public-key-file", in: "keyfiles.json").first { $0.fields["qHex"] != nil })
        let p = bytes(try vector.text("pHex"))
        let q = bytes(try vector.text("qHex"))
        let g = bytes(try vector.text("gHex"))
        let y = bytes(try vector.text("yHex"))
        let parts = try #require(try PublicKey(dsaP: p, q: [0] + q, g: g, y: y).dsaParts)
        #expect(parts == (p, q, g, y))
        let evenP = Array(p.dropLast()) + [0]
        let evenQ = Array(q.dropLast()) + [0]
        for (p, q, g, y) in [
            (evenP, q, g, y), (p, evenQ, g, y), (p, q, [1], y), (p, q, [], y), (p, q, p, y), (p, q, g, [1]),
            (p, q, g, p),
            (q, q, [2], [3]),
        ] as [([UInt8], [UInt8], [UInt8], [UInt8])] {
            #expect(throws: KeyError.malformed) { try PublicKey(dsaP: p, q: q, g: g, y: y) }
        }
        let long = [1] + [UInt8](repeating: 1, count: 512)
        #expect(throws: KeyError.unsupported("a DSA modulus of 4097 bits")) {
            try PublicKey(dsaP: long, q: q, g: g, y: y)
        }
        #expect(throws: KeyError.unsupported("a DSA order of 1 bits")) { try PublicKey(dsaP: p, q: [1], g: g, y: y) }
    }

    @Test func ecKeysAreReadWithTheirPointInEitherForm() throws {
        let key = try PublicKey(pem: Array(KeyFixtures.ecPublic.utf8))
        #expect(key.kind == .ec)
        #expect(key.bitCount == 256)
        #expect(try PublicKey(pem: Array(KeyFixtures.ecPublicCompressed.utf8)).isSame(as: key))
        #expect(key.rsaParts == nil)
        #expect(throws: OpenSSLError.self) { try key.encrypt([1]) }
    }

    @Test(arguments: [
        (KeyFixtures.ecPublicExplicit, "a curve without a name"),
        (KeyFixtures.otherCurvePublic, "curve 1.3.132.0.10"),
        (KeyFixtures.ecPrivate, "PEM of EC PRIVATE KEY"),
    ])
    func keysThatAreNotOursAreNamed(_ pem: String, _ what: String) {
        #expect(throws: KeyError.unsupported(what)) { try PublicKey(pem: Array(pem.utf8)) }
    }

    @Test func pointsOffTheCurveAreRefused() throws {
        let der = try PublicKey(pem: Array(KeyFixtures.ecPublic.utf8)).subjectPublicKeyInfo()
        var changed = der
        changed[der.count - 1] ^= 1
        #expect(throws: KeyError.malformed) { try PublicKey(subjectPublicKeyInfo: changed) }
        // The point at infinity, which is one zero.
        let infinity = bytes("3019 3013 06072a8648ce3d0201 06082a8648ce3d030107 0302 0000")
        #expect(throws: KeyError.malformed) { try PublicKey(subjectPublicKeyInfo: infinity) }
    }

    /// Some software names the SM2 algorithm where others name EC and the SM2 curve.
    @Test func sm2KeysAreReadUnderBothNames() throws {
        let key = try PublicKey(sm2X: SM2Tests.x, y: SM2Tests.y)
        let point = bytes("03420004") + SM2Tests.x + SM2Tests.y
        let usual = bytes("3059 3013 06072a8648ce3d0201 06082a811ccf5501822d") + point
        #expect(try key.subjectPublicKeyInfo() == usual)
        for der in [
            usual, bytes("3050 300a 06082a811ccf5501822d") + point,
            bytes("305a 3014 06082a811ccf5501822d 06082a811ccf5501822d") + point,
        ] {
            let read = try PublicKey(subjectPublicKeyInfo: der)
            #expect(read.kind == .sm2)
            #expect(read.isSame(as: key))
        }
    }

    @Test func whatFollowsOrLacksIsRefused() throws {
        let der = try PublicKey(pem: Array(KeyFixtures.rsaPublic.utf8)).subjectPublicKeyInfo()
        #expect(throws: KeyError.malformed) { try PublicKey(subjectPublicKeyInfo: der + [0]) }
        for count in der.indices {
            #expect(throws: KeyError.self) { try PublicKey(subjectPublicKeyInfo: Array(der.prefix(count))) }
        }
        #expect(throws: KeyError.unsupported("a public key of 5000 bytes")) {
            try PublicKey(subjectPublicKeyInfo: [UInt8](repeating: 0x30, count: 5_000))
        }
    }

    @Test func rsaEncryptionTellsNoMoreThanThatItFailed() throws {
        let key = try PrivateKey(pem: Array(KeyFixtures.rsaPrivate.utf8))
        let plaintext = [UInt8](repeating: 5, count: 128 - 11)
        let ciphertext = try key.publicKey.encrypt(plaintext)
        #expect(try key.decrypt(ciphertext) == plaintext)
        #expect(throws: OpenSSLError.self) { try key.publicKey.encrypt(plaintext + [5]) }
        var refusals: Set<OpenSSLError> = []
        for other in [[], [1], ciphertext + [0], Array(ciphertext.dropLast()), [UInt8](repeating: 0xFF, count: 128)] {
            do {
                _ = try key.decrypt(other)
                Issue.record("\(other) was decrypted")
            } catch {
                refusals.insert(error)
            }
        }
        #expect(refusals.count == 1)
    }
}
