import Authentication
import Cryptography
import ResolutionProtocol
import Testing

@Suite struct SessionKeyTests {
    @Test func anAgreedAESKeyHas32OctetsAfterTheZerosThatAreTooMany() throws {
        let octets = (1...32).map { UInt8($0) }
        #expect(SessionKey(cipher: .aes, diffieHellmanSecret: octets)?.bytes == octets)
        #expect(SessionKey(cipher: .aes, diffieHellmanSecret: octets + [33, 34])?.bytes == octets)
        #expect(SessionKey(cipher: .aes, diffieHellmanSecret: [0, 0] + octets + [33])?.bytes == octets)
        // No more zeros are dropped than leave 32.
        #expect(
            SessionKey(cipher: .aes, diffieHellmanSecret: [0] + octets.dropFirst())?.bytes == [0] + octets.dropFirst()
        )
        #expect(SessionKey(cipher: .aes, diffieHellmanSecret: [UInt8](repeating: 0, count: 64))?.bytes.count == 32)
        #expect(SessionKey(cipher: .aes, diffieHellmanSecret: Array(octets.dropLast())) == nil)
    }

    @Test func anAgreedDESKeyHasOddParity() throws {
        let secret: [UInt8] = (0..<128).map { UInt8($0) }
        for (cipher, count) in [(SessionCipher.des, 8), (.tripleDES, 24)] {
            let key = try #require(SessionKey(cipher: cipher, diffieHellmanSecret: secret))
            #expect(key.bytes.count == count)
            #expect(key.bytes.allSatisfy { !$0.nonzeroBitCount.isMultiple(of: 2) })
            #expect(zip(key.bytes, secret).allSatisfy { $0 & 0xFE == $1 & 0xFE })
            #expect(SessionKey(cipher: cipher, diffieHellmanSecret: Array(secret.prefix(count - 1))) == nil)
        }
        #expect(SessionKey(cipher: .sm4, diffieHellmanSecret: secret) == nil)
    }

    @Test(arguments: SessionCipher.allCases)
    func aKeyThatOneSideChoosesIsHandedOver(_ cipher: SessionCipher) throws {
        let key = try SessionKey.random(cipher)
        #expect(key.bytes.count == cipher.keyByteCount)
        #expect(try SessionKey.random(cipher) != key)
        let octets = key.exchanged(hasCipher: true)
        #expect(octets == cipher.rawValue.wire + key.bytes)
        #expect(try SessionKey(exchanged: octets) == key)
        for kind in [KeyKind.rsa, .sm2] {
            let owner = try Samples.key(kind)
            let ciphertext = try key.encrypted(for: owner.publicKey, hasCipher: true)
            #expect(try SessionKey(encrypted: ciphertext, for: owner) == key)
            #expect(throws: ProofRefusal.undecryptable) {
                try SessionKey(encrypted: Array(ciphertext.dropLast()), for: owner)
            }
        }
    }

    @Test(arguments: [SessionCipher.des, .tripleDES, .aes])
    func withoutACipherTheLengthTells(_ cipher: SessionCipher) throws {
        let key = try SessionKey.random(cipher)
        #expect(try SessionKey(exchanged: key.exchanged(hasCipher: false)) == key)
    }

    @Test(arguments: [
        "", "00", "00000003", "00000005 00112233445566778899aabbccddeeff", "00000001 0011223344556677 88",
    ])
    func otherOctetsAreNoKey(_ text: String) {
        #expect(throws: ProofRefusal.malformed) { try SessionKey(exchanged: hex(text)) }
    }

    @Test func aKeyIsNeverShown() throws {
        let key = try #require(SessionKey(cipher: .aes, bytes: [UInt8](repeating: 0x5A, count: 16)))
        #expect("\(key) \(String(reflecting: key))" == "session key (aes) session key (aes)")
        #expect(SessionKey(cipher: .aes, bytes: [UInt8](repeating: 0x5A, count: 15)) == nil)
    }
}
