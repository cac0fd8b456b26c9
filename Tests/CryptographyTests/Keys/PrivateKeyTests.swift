import Testing

@testable import Cryptography

/// Private keys in their files.
@Suite struct PrivateKeyTests {
    @Test(arguments: SignatureTests.keys, [nil, "密码"])
    func keysComeBackFromTheirFiles(_ key: PrivateKey, _ passphrase: String?) throws {
        let passphrase = passphrase.map { Array($0.utf8) }
        let der = try key.pkcs8(passphrase: passphrase)
        let label = passphrase == nil ? PEMBlock.privateKeyLabel : PEMBlock.encryptedPrivateKeyLabel
        #expect(try PEMBlock(try key.pem(passphrase: passphrase)).label == label)
        for (columnCount, lineEnd) in [(64, [10]), (76, [13, 10]), (76, [10]), (1_000, [13, 10])] as [(Int, [UInt8])] {
            let pem = PEMBlock(label: label, bytes: der).text(columnCount: columnCount, lineEnd: lineEnd)
            let read = try PrivateKey(pem: pem, passphrase: passphrase)
            #expect(read.kind == key.kind)
            #expect(read.bitCount == key.bitCount)
            #expect(read.publicKey.isSame(as: key.publicKey))
            #expect(try read.pkcs8() == key.pkcs8())
        }
    }

    @Test(arguments: SignatureTests.keys)
    func publicKeysComeBackFromTheirFiles(_ key: PrivateKey) throws {
        let der = try key.publicKey.subjectPublicKeyInfo()
        #expect(try PublicKey(pem: key.publicKey.pem()).isSame(as: key.publicKey))
        for (columnCount, lineEnd) in [(64, [10]), (76, [13, 10]), (7, [13])] as [(Int, [UInt8])] {
            let pem = PEMBlock(label: PEMBlock.publicKeyLabel, bytes: der).text(
                columnCount: columnCount,
                lineEnd: lineEnd
            )
            #expect(try PublicKey(pem: pem).subjectPublicKeyInfo() == der)
        }
    }

    @Test func aWrongPassphraseIsSaid() throws {
        let key = try PrivateKey(pem: Array(KeyFixtures.ecPrivate.utf8))
        let pem = try key.pem(passphrase: Array("secret".utf8))
        #expect(throws: KeyError.passphraseNeeded) { try PrivateKey(pem: pem) }
        for wrong in ["Secret", "", "secret "] {
            #expect(throws: KeyError.wrongPassphrase) { try PrivateKey(pem: pem, passphrase: Array(wrong.utf8)) }
        }
    }

    /// No characters are a passphrase as well, and not the same as none.
    @Test func anEmptyPassphraseIsOne() throws {
        let key = try PrivateKey(pem: Array(KeyFixtures.ecPrivate.utf8))
        let pem = try key.pem(passphrase: [])
        #expect(try PrivateKey(pem: pem, passphrase: []).publicKey.isSame(as: key.publicKey))
        #expect(throws: KeyError.passphraseNeeded) { try PrivateKey(pem: pem) }
    }

    @Test(arguments: [
        KeyFixtures.ecEncryptedPBES2, KeyFixtures.ecEncryptedTripleDES, KeyFixtures.ecEncryptedDES,
        KeyFixtures.ecEncryptedPKCS12,
    ])
    func filesOfAnotherProgramOpen(_ pem: String) throws {
        let key = try PrivateKey(pem: Array(pem.utf8), passphrase: Array("secret".utf8))
        #expect(key.publicKey.isSame(as: try PublicKey(pem: Array(KeyFixtures.ecPublic.utf8))))
        #expect(throws: KeyError.wrongPassphrase) { try PrivateKey(pem: Array(pem.utf8), passphrase: [0x78]) }
    }

    @Test func bareFormsAreRead() throws {
        let ec = try PrivateKey(pem: Array(KeyFixtures.ecPrivate.utf8))
        #expect(ec.kind == .ec)
        #expect(ec.publicKey.isSame(as: try PublicKey(pem: Array(KeyFixtures.ecPublic.utf8))))
        #expect(try PrivateKey(pem: Array(KeyFixtures.ecParametersAndPrivate.utf8)).kind == .ec)
        let rsa = try PrivateKey(pem: Array(KeyFixtures.rsaPrivate.utf8))
        #expect(rsa.publicKey.isSame(as: try PublicKey(pem: Array(KeyFixtures.rsaPublic.utf8))))
    }

    @Test(arguments: [
        (KeyFixtures.ecEncryptedScrypt, "key derivation 1.3.6.1.4.1.11591.4.11"),
        (KeyFixtures.ecEncryptedTraditional, "a PEM key encrypted by Proc-Type"),
        (KeyFixtures.ed448Private, "algorithm 1.3.101.113"),
        (KeyFixtures.x25519Private, "algorithm 1.3.101.110"),
        (KeyFixtures.ecPublic, "PEM of PUBLIC KEY"),
    ])
    func keysThatAreNotOursAreNamed(_ pem: String, _ what: String) {
        #expect(throws: KeyError.unsupported(what)) {
            try PrivateKey(pem: Array(pem.utf8), passphrase: Array("secret".utf8))
        }
    }

    /// What a file asks for is work, and one that asks for a day of it is refused at sight.
    @Test func tooManyRoundsAreRefused() throws {
        let block = try PEMBlock(Array(KeyFixtures.ecEncryptedPKCS12.utf8))
        let rounds = try #require(
            (0..<block.bytes.count - 4).first { Array(block.bytes[$0..<$0 + 4]) == [2, 2, 8, 0] }
        )
        var der = block.bytes
        der.replaceSubrange(rounds..<rounds + 4, with: [2, 4, 0x7F, 0xFF, 0xFF, 0xFF])
        for outer in [2, 4, 18] { der[outer] += 2 }
        #expect(throws: KeyError.unsupported("key derivation of over 10000000 rounds")) {
            try PrivateKey(encryptedPKCS8: der, passphrase: [])
        }
    }

    @Test func partsThatDoNotBelongTogetherAreRefused() throws {
        let key = try PrivateKey(pem: Array(KeyFixtures.rsaPrivate.utf8))
        let parts = try #require(key.rsaParts)
        func make(d: [UInt8]? = nil, p: [UInt8]? = nil, e: [UInt8]? = nil) throws(KeyError) -> PrivateKey {
            try PrivateKey(
                rsaModulus: parts.modulus,
                publicExponent: e ?? parts.publicExponent,
                privateExponent: d ?? parts.privateExponent,
                p: p ?? parts.p,
                q: parts.q
            )
        }
        #expect(try make().rsaParts == parts)
        var otherP = parts.p
        otherP[0] ^= 1
        #expect(throws: KeyError.malformed) { try make(p: otherP) }
        #expect(throws: KeyError.malformed) { try make(p: []) }
        #expect(throws: KeyError.malformed) { try make(p: [1]) }
        #expect(throws: KeyError.malformed) { try make(e: [3]) }
        #expect(throws: KeyError.malformed) { try make(d: [3]) }
        #expect(throws: KeyError.malformed) { try make(d: []) }
        #expect(throws: KeyError.weak(bitCount: 24)) {
            try PrivateKey(rsaModulus: [0xFF, 1, 1], publicExponent: [3], privateExponent: [3], p: [3], q: [5])
        }
    }

    @Test func aPrivateExponentWithoutAnyUsualPublicOneIsSaid() throws {
        let parts = try #require(try PrivateKey(pem: Array(KeyFixtures.rsaPrivate.utf8)).rsaParts)
        var d = parts.privateExponent
        d[d.count - 1] ^= 2
        #expect(throws: KeyError.self) { try PrivateKey(rsaModulus: parts.modulus, privateExponent: d) }
        #expect(throws: KeyError.malformed) { try PrivateKey(rsaModulus: parts.modulus, privateExponent: [1] + d) }
        for d in [[], [0], [1], [2]] as [[UInt8]] {
            #expect(throws: KeyError.self) { try PrivateKey(rsaModulus: parts.modulus, privateExponent: d) }
        }
    }

    @Test func dsaNumbersOutOfRangeAreRefused() throws {
        let key = try #require(SignatureTests.keys.first { $0.kind == .dsa })
        let parts = try #require(key.publicKey.dsaParts)
        let x = try #require(key.dsaX)
        let again = try PrivateKey(dsaX: [0] + x, p: parts.p, q: parts.q, g: parts.g)
        #expect(again.publicKey.isSame(as: key.publicKey))
        for x in [[], [0], parts.q, [1] + parts.q] as [[UInt8]] {
            #expect(throws: KeyError.malformed) { try PrivateKey(dsaX: x, p: parts.p, q: parts.q, g: parts.g) }
        }
    }

    /// An EC file that states another public key than its own is damaged or a trap.
    @Test func aStatedPublicKeyIsCompared() throws {
        var der = try PEMBlock(Array(KeyFixtures.ecPrivate.utf8)).bytes
        #expect(try PrivateKey(ecPrivateKey: der, on: .p256).kind == .ec)
        #expect(throws: KeyError.malformed) { try PrivateKey(ecPrivateKey: der, on: .p384) }
        der[10] ^= 1
        #expect(throws: KeyError.malformed) { try PrivateKey(ecPrivateKey: der, on: nil) }
    }

    @Test(arguments: [(KeyKind.rsa, 1_000), (.rsa, 8_193), (.rsa, -1), (.dsa, 2_000), (.ec, 255)])
    func sizesThatNoKeyHasAreNotMade(_ kind: KeyKind, _ bitCount: Int) {
        #expect(throws: OpenSSLError.self) { try PrivateKey.generate(kind, bitCount: bitCount) }
    }

    @Test func newKeysHaveTheSizeAskedFor() throws {
        #expect(try PrivateKey.generate(.rsa).bitCount == 2_048)
        #expect(try PrivateKey.generate(.dsa, bitCount: 1_024).bitCount == 1_024)
        #expect(try PrivateKey.generate(.ec).bitCount == 256)
        #expect(try PrivateKey.generate(.ec, bitCount: 521).bitCount == 521)
    }
}
