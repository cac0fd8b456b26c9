import Authentication
import ResolutionProtocol
import Testing

@Suite struct SessionEncryptionTests {
    private static let plaintext = Array("hello".utf8)

    /// The examples of security.md §7.3 and §7.5.
    @Test func workedExamples() throws {
        let octets: [UInt8] = Array(0x10...0x1F)
        let aes = try #require(SessionKey(cipher: .aes, bytes: octets))
        let iv = hex("ab58439d763ab2cc4845932aa6fec628")
        let ciphertext = iv + hex("abe664a002ef5cd38745862ceabba455")
        #expect(try aes.encrypt(Self.plaintext, version: .newest, iv: iv) == ciphertext)
        #expect(try aes.decrypt(ciphertext, version: .newest) == Self.plaintext)
        let sm4 = try #require(SessionKey(cipher: .sm4, bytes: octets))
        let other = hex("039273904b40eabdceeb152dbf4f486e")
        #expect(try sm4.encrypt(Self.plaintext, version: ProtocolVersion(2, 10)) == other)
        #expect(try sm4.decrypt(other, version: ProtocolVersion(2, 10)) == Self.plaintext)
    }

    @Test(arguments: SessionCipher.allCases, [ProtocolVersion(2, 3), ProtocolVersion(2, 4), .newest])
    func whatIsEncryptedIsDecrypted(_ cipher: SessionCipher, _ version: ProtocolVersion) throws {
        let key = try SessionKey.random(cipher)
        for count in [0, 1, 15, 16, 17, 492] {
            let plaintext = [UInt8](repeating: 7, count: count)
            let ciphertext = try key.encrypt(plaintext, version: version)
            #expect(try key.decrypt(ciphertext, version: version) == plaintext)
            let isRandom = try key.encrypt(plaintext, version: version) != ciphertext
            #expect(isRandom == (cipher != .sm4 && version >= ProtocolVersion(2, 4)))
        }
    }

    @Test func ofALongerKeyTheFirstOctetsEncrypt() throws {
        let long = try #require(SessionKey(cipher: .aes, bytes: Array(0x10...0x2F)))
        let short = try #require(SessionKey(cipher: .aes, bytes: Array(0x10...0x1F)))
        let ciphertext = try long.encrypt(Self.plaintext, version: .newest)
        #expect(try short.decrypt(ciphertext, version: .newest) == Self.plaintext)
    }

    @Test(arguments: SessionCipher.allCases, [ProtocolVersion(2, 3), .newest])
    func damagedBytesAreDecryptedOrRefused(_ cipher: SessionCipher, _ version: ProtocolVersion) throws {
        var random = SeededGenerator(seed: 7)
        let key = try SessionKey.random(cipher)
        let ciphertext = try key.encrypt([UInt8](repeating: 3, count: 100), version: version)
        var refusedCount = 0
        for _ in 0..<500 {
            do throws(ProofRefusal) {
                _ = try key.decrypt(random.damaged(ciphertext), version: version)
            } catch {
                #expect(error == .undecryptable)
                refusedCount += 1
            }
        }
        #expect(refusedCount > 100)
        #expect(throws: ProofRefusal.undecryptable) { try key.decrypt([], version: version) }
    }
}
