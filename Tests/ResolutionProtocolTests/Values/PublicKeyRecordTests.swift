import ResolutionProtocol
import Testing

@Suite struct PublicKeyRecordTests {
    @Test func numbersCarryAZeroOctetWhenTheirTopBitIsSet() throws {
        let key = PublicKeyRecord.rsa(exponent: [1, 0, 1], modulus: [0x80, 1], hasTrailer: true)
        let wire =
            UInt32(11).wire + Array("RSA_PUB_KEY".utf8) + [
                0, 0, 0, 0, 0, 3, 1, 0, 1, 0, 0, 0, 3, 0, 0x80, 1, 0, 0, 0, 0,
            ]
        #expect(key.wire == wire)
        #expect(try PublicKeyRecord(wire: wire) == key)
        #expect(
            try PublicKeyRecord(wire: Array(wire.dropLast(4)))
                == .rsa(exponent: [1, 0, 1], modulus: [0x80, 1], hasTrailer: false)
        )
    }

    @Test func otherTrailersAreRefused() {
        let wire = PublicKeyRecord.rsa(exponent: [3], modulus: [5], hasTrailer: false).wire
        for tail in [[0], [0, 0, 0], [0, 0, 0, 1], [0, 0, 0, 0, 0]] as [[UInt8]] {
            #expect(throws: WireError.self) { try PublicKeyRecord(wire: wire + tail) }
        }
        #expect(throws: WireError.trailingBytes) {
            try PublicKeyRecord(wire: PublicKeyRecord.dsa(q: [1], p: [2], g: [3], y: [4]).wire + [0, 0, 0, 0])
        }
    }

    @Test func theNationalSDKsKeysAreOneField() throws {
        let key = PublicKeyRecord.sm2(subjectPublicKeyInfo: [0x30, 0])
        #expect(key.wire == WireText(Array("SM2_PUB_KEY".utf8)).wire + [0, 0, 0, 0, 0, 2, 0x30, 0])
        #expect(try PublicKeyRecord(wire: key.wire) == key)
        let identity = PublicKeyRecord.sm9(identity: Array("88.118/u".utf8))
        #expect(
            identity.wire == WireText(Array("SM9_PUB_KEY".utf8)).wire + [0, 0, 0, 0, 0, 8] + Array("88.118/u".utf8)
        )
        #expect(try PublicKeyRecord(wire: identity.wire) == identity)
    }
}
