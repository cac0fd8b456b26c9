import ResolutionProtocol
import Testing

@Suite struct PrivateKeyRecordTests {
    @Test func aDSAKeyHasPBeforeQ() throws {
        let key = PrivateKeyRecord.dsa(x: [1], p: [2], q: [0x83], g: [4])
        let wire =
            WireText(Array("DSA_PRIV_KEY".utf8)).wire + [
                0, 0, 0, 1, 1, 0, 0, 0, 1, 2, 0, 0, 0, 2, 0, 0x83, 0, 0, 0, 1, 4,
            ]
        #expect(key.wire == wire)
        #expect(try PrivateKeyRecord(wire: wire) == key)
    }

    @Test func otherAlgorithmsAndTrailingBytesAreRefused() {
        let unknown = WireText(Array("EC_PRIV_KEY".utf8)).wire + [0, 0, 0, 0, 0, 0, 0, 0]
        #expect(throws: WireError.invalidField) { try PrivateKeyRecord(wire: unknown) }
        let key = PrivateKeyRecord.rsa(modulus: [5], privateExponent: [3]).wire
        #expect(throws: WireError.trailingBytes) { try PrivateKeyRecord(wire: key + [0]) }
    }
}
