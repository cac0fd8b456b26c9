import ResolutionProtocol
import Testing

@Suite struct PrivateKeyFileTests {
    @Test func everyTypeIsReadAsWrittenAndRefusedWhenCut() throws {
        var random = SeededRandom(printingSeedFor: #function)
        for _ in 0..<40 {
            let bytes = random.someBytes(upTo: 40)
            // What runs to the end of the file may end anywhere.
            let tails = Set(0...bytes.count)
            try expectSymmetric(PrivateKeyFile.des(ciphertext: bytes), optionalTails: tails)
            try expectSymmetric(PrivateKeyFile.clear(bytes), optionalTails: tails)
            try expectSymmetric(
                PrivateKeyFile.chainedDES(iv: random.bytes(8), ciphertext: bytes),
                optionalTails: tails
            )
            try expectSymmetric(PrivateKeyFile.tripleDES(random.passwordEncryption()))
            try expectSymmetric(PrivateKeyFile.aes(random.passwordEncryption()))
        }
    }

    @Test func anUnknownTypeAndTrailingBytesAreRefused() {
        #expect(throws: WireError.invalidField) { try PrivateKeyFile(wire: [0, 0, 0, 5, 1, 2]) }
        let file = PrivateKeyFile.aes(
            PasswordEncryption(salt: [1], iterationCount: 1, keyBitCount: 128, iv: [2], ciphertext: [3])
        )
        #expect(throws: WireError.trailingBytes) { try PrivateKeyFile(wire: file.wire + [0]) }
    }

    @Test func theFirstNumberTellsPrivateFromPublicKeys() {
        #expect(PrivateKeyFile.isAnnounced(by: [0, 0, 0, 0]))
        #expect(PrivateKeyFile.isAnnounced(by: [0, 0, 0, 8, 0xFF]))
        #expect(!PrivateKeyFile.isAnnounced(by: [0, 0, 0, 9]))
        #expect(!PrivateKeyFile.isAnnounced(by: [0, 0, 1, 0]))
        #expect(!PrivateKeyFile.isAnnounced(by: [0, 0, 0]))
        #expect(!PrivateKeyFile.isAnnounced(by: Array("-----BEGIN".utf8)))
        #expect(
            !PrivateKeyFile.isAnnounced(by: PublicKeyRecord.rsa(exponent: [3], modulus: [5], hasTrailer: true).wire)
        )
    }

    /// The example of data-model.md §6.2.
    @Test func workedExample() throws {
        let salt: [UInt8] = [
            0x8D, 0xCB, 0xC7, 0xA2, 0xBF, 0x3D, 0x43, 0x1F, 0xF6, 0xE0, 0xA4, 0x88, 0xAE, 0x8A, 0xF5, 0x12,
        ]
        let iv: [UInt8] = [
            0xC9, 0x2A, 0xC3, 0x39, 0xF3, 0x4C, 0x37, 0x6B, 0xFC, 0xA3, 0x03, 0x5D, 0x53, 0xC7, 0xB2, 0x06,
        ]
        let ciphertext: [UInt8] = [
            0x72, 0xF2, 0xAF, 0xE8, 0xFE, 0x30, 0x24, 0xDF, 0xE7, 0xEB, 0xBE, 0x33, 0x47, 0x2F, 0xFC, 0x42,
        ]
        let wire: [UInt8] =
            [0, 0, 0, 4, 0, 0, 0, 16] + salt + [0, 0, 0x27, 0x10, 0, 0, 0, 128, 0, 0, 0, 16] + iv + [0, 0, 0, 16]
            + ciphertext
        let file = PrivateKeyFile.aes(
            PasswordEncryption(salt: salt, iterationCount: 10_000, keyBitCount: 128, iv: iv, ciphertext: ciphertext)
        )
        #expect(file.wire == wire)
        #expect(try PrivateKeyFile(wire: wire) == file)
    }
}
