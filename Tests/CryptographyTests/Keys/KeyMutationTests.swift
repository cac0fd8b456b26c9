import Testing

@testable import Cryptography

/// Damaged key files: each is read or refused, and none ends the program.
@Suite struct KeyMutationTests {
    @Test func damagedPublicKeysAreReadOrRefused() throws {
        var random = SeededRandom(#function, seed: 20_260_801)
        let files = try SignatureTests.keys.map { try $0.publicKey.subjectPublicKeyInfo() }
        var refused = 0
        for round in 0..<4_000 {
            let file = random.mutated(files[round % files.count])
            do {
                let key = try PublicKey(subjectPublicKeyInfo: file)
                #expect(try PublicKey(subjectPublicKeyInfo: key.subjectPublicKeyInfo()).isSame(as: key))
                #expect(try !key.verifies(file, of: [], digest: .sha256))
            } catch is KeyError {
                refused += 1
            }
        }
        #expect(refused > 2_000)
    }

    @Test func damagedPrivateKeysAreReadOrRefused() throws {
        var random = SeededRandom(#function, seed: 20_260_802)
        let files = try SignatureTests.keys.map { try $0.pkcs8() }
        var refused = 0
        for round in 0..<2_000 {
            let file = random.mutated(files[round % files.count])
            do {
                let key = try PrivateKey(pkcs8: file)
                #expect(try key.publicKey.verifies(key.signature(of: [], digest: .sha256), of: [], digest: .sha256))
            } catch is KeyError {
                refused += 1
            }
        }
        #expect(refused > 1_000)
    }

    @Test func damagedArmourIsReadOrRefused() throws {
        var random = SeededRandom(#function, seed: 20_260_803)
        let passphrase = Array("secret".utf8)
        let files = [
            KeyFixtures.ecPrivate, KeyFixtures.ecEncryptedDES, KeyFixtures.ecEncryptedPBES2, KeyFixtures.rsaPrivate,
        ]
        var refused = 0
        for round in 0..<2_000 {
            let file = random.mutated(random.mutated(Array(files[round % files.count].utf8)))
            do {
                _ = try PrivateKey(pem: file, passphrase: passphrase)
            } catch {
                refused += 1
            }
        }
        #expect(refused > 1_000)
    }

    @Test func noiseIsRefused() {
        var random = SeededRandom(#function, seed: 20_260_804)
        for count in 0..<500 {
            var noise = (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
            #expect(throws: KeyError.self) { try PublicKey(subjectPublicKeyInfo: noise) }
            if count > 1 { noise.replaceSubrange(0..<2, with: [0x30, UInt8(min(count - 2, 127))]) }
            #expect(throws: KeyError.self) { try PublicKey(subjectPublicKeyInfo: noise) }
            #expect(throws: KeyError.self) { try PrivateKey(pkcs8: noise) }
            #expect(throws: KeyError.self) { try PrivateKey(encryptedPKCS8: noise, passphrase: noise) }
            #expect(throws: KeyError.self) { try PublicKey(pem: noise) }
        }
    }
}
