import Authentication
import Cryptography
import ResolutionProtocol
import Testing

@Suite struct PrivateKeyFileTests {
    private static let passphrase = Array("密码 and more".utf8)

    private static func isSame(_ a: PrivateKey, _ b: PrivateKey) throws -> Bool { try a.pkcs8() == b.pkcs8() }

    @Test(arguments: [KeyKind.rsa, .dsa])
    func filesOfTheReferenceSoftware(_ kind: KeyKind) throws {
        let key = try Samples.key(kind)
        let clear = try PrivateKeyFile(key)
        #expect(clear.encryptionType == 1)
        #expect(try Self.isSame(PrivateKeyFile.open(clear.wire, passphrase: nil), key))
        let encrypted = try PrivateKeyFile(key, passphrase: Self.passphrase)
        #expect(encrypted.encryptionType == 4)
        #expect(try Self.isSame(PrivateKeyFile.open(encrypted.wire, passphrase: Self.passphrase), key))
        #expect(try PrivateKeyFile(key, passphrase: Self.passphrase) != encrypted, "salt and vector are random")
        #expect(throws: KeyFileError.needsPassphrase) { try PrivateKeyFile.open(encrypted.wire, passphrase: nil) }
        #expect(throws: KeyFileError.wrongPassphrase) {
            try PrivateKeyFile.open(encrypted.wire, passphrase: Array("x".utf8))
        }
    }

    @Test(arguments: KeyKind.allCases)
    func PEMAndPKCS8(_ kind: KeyKind) throws {
        let key = try Samples.key(kind)
        for form in [try key.pem(), try key.pkcs8()] {
            #expect(try Self.isSame(PrivateKeyFile.open(form, passphrase: nil), key))
            #expect(try Self.isSame(PrivateKeyFile.open(form, passphrase: Self.passphrase), key))
        }
        for form in [try key.pem(passphrase: Self.passphrase), try key.pkcs8(passphrase: Self.passphrase)] {
            #expect(try Self.isSame(PrivateKeyFile.open(form, passphrase: Self.passphrase), key))
            #expect(throws: KeyFileError.needsPassphrase) { try PrivateKeyFile.open(form, passphrase: nil) }
            #expect(throws: KeyFileError.wrongPassphrase) {
                try PrivateKeyFile.open(form, passphrase: Array("x".utf8))
            }
        }
    }

    @Test(arguments: [KeyKind.ec, .ed25519, .sm2])
    func otherKindsHaveNoFormInTheReferenceFiles(_ kind: KeyKind) throws {
        let key = try Samples.key(kind)
        #expect(throws: KeyFileError.noSuchForm) { try PrivateKeyFile(key) }
        #expect(throws: KeyFileError.noSuchForm) { try PrivateKeyFile(key, passphrase: Self.passphrase) }
    }

    @Test(arguments: KeyKind.allCases)
    func aPublicKeyIsToldFromAPrivateOne(_ kind: KeyKind) throws {
        let key = try Samples.key(kind).publicKey
        for form in [try key.registeredForm(), try key.pem(), try key.subjectPublicKeyInfo()] {
            #expect(throws: KeyFileError.publicKeyFile) { try PrivateKeyFile.open(form, passphrase: nil) }
        }
    }

    @Test(arguments: [
        "", "00", "00000005 0102", "00000001", "00000001 0102", "30", "3003020100", "41424344454647",
    ])
    func otherBytesAreNoKeyFile(_ text: String) {
        #expect(throws: KeyFileError.notAKeyFile) { try PrivateKeyFile.open(hex(text), passphrase: nil) }
    }

    @Test(arguments: [0, 10_000_001, .max] as [UInt32])
    func theWorkThatAFileAsksForIsBounded(_ rounds: UInt32) {
        let encryption = PasswordEncryption(
            salt: [1],
            iterationCount: rounds,
            keyBitCount: 128,
            iv: [UInt8](repeating: 0, count: 16),
            ciphertext: [UInt8](repeating: 0, count: 16)
        )
        #expect(throws: KeyFileError.iterationCountOutOfBounds(rounds)) {
            try PrivateKeyFile.aes(encryption).key(passphrase: Self.passphrase)
        }
    }

    @Test func aKeyWhoseNumbersContradictEachOtherIsRefused() throws {
        guard case .rsaCRT(let numbers)? = PrivateKeyRecord(try Samples.key(.rsa)) else {
            return #expect(Bool(false), "no RSA key")
        }
        let places: [WritableKeyPath<RSAPrivateNumbers, [UInt8]>] = [
            \.modulus, \.publicExponent, \.privateExponent, \.prime1, \.prime2, \.exponent1, \.exponent2,
            \.coefficient,
        ]
        for place in places {
            var wrong = numbers
            wrong[keyPath: place][0] ^= 1
            #expect(throws: KeyError.self) { try PrivateKeyRecord.rsaCRT(wrong).privateKey() }
        }
        let short = PrivateKeyRecord.rsa(modulus: numbers.modulus, privateExponent: numbers.privateExponent)
        #expect(try Self.isSame(short.privateKey(), Samples.key(.rsa)))
    }

    @Test func damagedFilesAreReadOrRefused() throws {
        var random = SeededGenerator(seed: 17)
        let key = try Samples.key(.dsa)
        let salt = [UInt8](repeating: 1, count: 16)
        let files = [
            try PrivateKeyFile(key).wire, try key.pem(), try key.pkcs8(), try Samples.key(.ed25519).pkcs8(),
            try PrivateKeyFile(key, passphrase: Self.passphrase, salt: salt, iv: salt).wire,
        ]
        var refusedCount = 0
        for round in 0..<500 {
            var bytes = random.damaged(files[round % files.count])
            // So that no round takes a second: the rounds of derivation stay what they were, or are out of bounds.
            if round % files.count == 4, bytes.count > 28 { bytes[25] = 0 }
            if (try? PrivateKeyFile.open(bytes, passphrase: Self.passphrase)) == nil { refusedCount += 1 }
        }
        #expect(refusedCount > 0)
        let whole = files[0]
        for count in 0..<whole.count {
            #expect(throws: KeyFileError.self, "cut at \(count)") {
                try PrivateKeyFile.open(Array(whole[..<count]), passphrase: nil)
            }
        }
    }
}
