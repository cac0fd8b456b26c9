import ResolutionProtocol
import Testing

@Suite struct CredentialTests {
    @Test func theLengthOfItsRestMustBeThatOfItsLastTwoFields() throws {
        let credential = Credential(
            sessionCounter: 1,
            type: Array("HS_MAC".utf8),
            digestAlgorithm: [2],
            signature: [7, 8, 9]
        )
        let wire = credential.wire
        let offset = 4 + 4 + 4 + 4 + 6
        #expect(wire.bigEndianUInt32(at: offset) == 12)
        for wrong in [0, 8, 11, 13, 0xFFFF_FFFF] as [UInt32] {
            #expect(throws: WireError.self) { try Credential(wire: wire.settingBigEndianUInt32(wrong, at: offset)) }
        }
    }
}
