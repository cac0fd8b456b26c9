import ResolutionProtocol
import Testing

@Suite struct AdminRecordTests {
    private static let record = AdminRecord(
        permissions: 0x07F3,
        administrator: ValueReference(identifier: Array("0.NA/35.TEST".utf8), index: 300)
    )

    @Test func theExampleOfTheReference() {
        #expect(Self.record.wire == [0x07, 0xF3, 0, 0, 0, 12] + Array("0.NA/35.TEST".utf8) + [0, 0, 1, 0x2C])
    }

    @Test(arguments: [[0], [0, 1], [1, 0], [0, 0, 0], [0, 0, 0, 0]] as [[UInt8]])
    func whatFollowsItIsTwoZeroBytesOrNothing(_ tail: [UInt8]) {
        #expect(throws: WireError.self) { try AdminRecord(wire: Self.record.wire + tail) }
    }
}
