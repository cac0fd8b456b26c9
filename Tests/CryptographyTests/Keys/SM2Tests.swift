import Cryptography
import Testing

/// The published examples on the recommended curve, and that of security.md §4.1.
@Suite struct SM2Tests {
    static let scalar = bytes("3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8")
    static let x = bytes("09f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020")
    static let y = bytes("ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13")

    @Test func thePublicKeyFollowsFromThePrivateOne() throws {
        let key = try PrivateKey(sm2Scalar: Self.scalar)
        #expect(key.kind == .sm2)
        #expect(key.bitCount == 256)
        #expect(key.publicKey.isSame(as: try PublicKey(sm2X: Self.x, y: Self.y)))
    }

    /// GB/T 32918.5-2017 §A.2.
    @Test func theSignatureOfTheStandard() throws {
        let key = try PublicKey(sm2X: Self.x, y: Self.y)
        let signature = bytes(
            "3046 022100 f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3"
                + "022100 b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa"
        )
        let message = Array("message digest".utf8)
        #expect(try key.verifies(signature, of: message, digest: .sm3))
        #expect(try key.verifies(signature, of: message, digest: .sm3, signerID: Array("1234567812345678".utf8)))
        #expect(try !key.verifies(signature, of: message, digest: .sm3, signerID: Array("ALICE123@YAHOO.COM".utf8)))
        #expect(try !key.verifies(signature, of: message, digest: .sm3, signerID: []))
        #expect(try !key.verifies(signature, of: Array("message digesT".utf8), digest: .sm3))
    }

    /// GB/T 32918.5-2017 §C.2, in each order and in ASN.1.
    @Test func theCiphertextOfTheStandard() throws {
        let key = try PrivateKey(sm2Scalar: Self.scalar)
        let x = bytes("04ebfc718e8d1798620432268e77feb6415e2ede0e073c0f4f640ecd2e149a73")
        let y = bytes("e858f9d81e5430a57b36daab8f950a3c64e6ee6a63094d99283aff767e124df0")
        let hash = bytes("59983c18f809e262923c53aec295d30383b54e39d609d160afcb1908d0bd8766")
        let enciphered = bytes("21886ca989ca9c7d58087307ca93092d651efa")
        let plaintext = Array("encryption standard".utf8)
        #expect(try key.decrypt([4] + x + y + hash + enciphered) == plaintext)
        #expect(try key.decrypt([4] + x + y + enciphered + hash) == plaintext)
        let asn1 = bytes("307c 0220") + x + bytes("022100") + y + bytes("0420") + hash + bytes("0413") + enciphered
        #expect(try key.decrypt(asn1) == plaintext)
    }

    /// security.md §4.1.
    @Test func theAnswerOfTheReference() throws {
        let content = bytes(
            "000102030405060708090a0b0c0d0e0f 0895788828866ae03ff7038e68f1333222d4c72e1ba9b60c93b341179e69201d"
        )
        let digest = try Digest.sm3.digest(of: content)
        #expect(hex(digest) == "4e8a8516759ce5b699b7af8122c01c8f7d88b198d9147a1084e969cce0afa606")
        let signature = bytes(
            "3044022037ee0862e116d89fbcfce5c8a9337bc0921fd3ecb059c309d30785f3ea6c6803"
                + "02202e1e2279276ca839d0d70066706c0808cd9f2399c532cd0e1dd737fefde8caee"
        )
        let key = try PublicKey(sm2X: Self.x, y: Self.y)
        #expect(try key.verifies(signature, of: digest, digest: .sm3, signerID: Array("35.TEST/U".utf8)))
        #expect(try !key.verifies(signature, of: digest, digest: .sm3, signerID: Array("35.TEST/V".utf8)))
    }

    @Test func whatIsEncryptedIsBareAndComesBack() throws {
        let key = try PrivateKey.generate(.sm2)
        for count in [1, 20, 31, 32, 33, 1_000] {
            let plaintext = (0..<count).map { UInt8(truncatingIfNeeded: $0) }
            let ciphertext = try key.publicKey.encrypt(plaintext)
            #expect(ciphertext.count == 1 + 64 + 32 + count)
            #expect(ciphertext.first == 4)
            #expect(try key.decrypt(ciphertext) == plaintext)
        }
    }

    @Test func ciphertextsThatAreNoneAreRefusedAlike() throws {
        let key = try PrivateKey(sm2Scalar: Self.scalar)
        let ciphertext = try key.publicKey.encrypt(Array("secret".utf8))
        var refusals: Set<OpenSSLError> = []
        for count in 0..<ciphertext.count {
            refusals.formUnion([try #require(Self.refusal { try key.decrypt(Array(ciphertext.prefix(count))) })])
        }
        for position in ciphertext.indices {
            var changed = ciphertext
            changed[position] ^= 1
            refusals.formUnion([try #require(Self.refusal { try key.decrypt(changed) })])
        }
        #expect(refusals.count == 1)
    }

    @Test(arguments: [
        "00", "", "fffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123",
        "fffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54122",
        "01fffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123",
    ])
    func scalarsOutOfRangeAreRefused(_ scalar: String) {
        #expect(throws: KeyError.malformed) { try PrivateKey(sm2Scalar: bytes(scalar)) }
    }

    @Test func pointsOffTheCurveAreRefused() {
        var y = Self.y
        y[31] ^= 1
        #expect(throws: KeyError.malformed) { try PublicKey(sm2X: Self.x, y: y) }
        #expect(throws: KeyError.malformed) { try PublicKey(sm2X: Self.x, y: []) }
        #expect(throws: KeyError.malformed) {
            try PublicKey(sm2X: [UInt8](repeating: 0, count: 32), y: [UInt8](repeating: 0, count: 32))
        }
    }

    @Test func aUserIDTooLongIsAnError() throws {
        let key = try PrivateKey(sm2Scalar: Self.scalar)
        let longest = [UInt8](repeating: 0x61, count: 8_190)
        let signature = try key.signature(of: [1], digest: .sm3, signerID: longest)
        #expect(try key.publicKey.verifies(signature, of: [1], digest: .sm3, signerID: longest))
        #expect(throws: OpenSSLError.self) {
            try key.publicKey.verifies(signature, of: [1], digest: .sm3, signerID: longest + [0x61])
        }
    }

    private static func refusal(_ body: () throws -> [UInt8]) -> OpenSSLError? {
        do {
            _ = try body()
            return nil
        } catch {
            return error as? OpenSSLError
        }
    }
}
