import ResolutionProtocol
import Testing

@Suite struct EnvelopeTests {
    @Test func version2ReadsTwoBitsOfTheSuggestedMajorAndVersion3Five() throws {
        for major in 0...31 as ClosedRange<UInt8> {
            let three = Envelope(
                version: ProtocolVersion(3, 0),
                suggestedVersion: ProtocolVersion(major, 1),
                requestID: 1
            )
            #expect(try Envelope(wire: three.wire) == three)
            var two = three
            two.version = ProtocolVersion(2, 11)
            #expect(try Envelope(wire: two.wire).suggestedVersion == ProtocolVersion(major & 3, 1))
        }
    }

    @Test func aSuggestedMajorNeverReachesTheFlags() throws {
        let envelope = Envelope(
            version: ProtocolVersion(3, 0),
            suggestedVersion: ProtocolVersion(0xFF, 0),
            requestID: 1
        )
        #expect(try Envelope(wire: envelope.wire).flags == [])
    }

    @Test func P1_fewerThanTwentyBytesAreNone() {
        let wire = Envelope(requestID: 1).wire
        for count in 0..<20 { #expect(throws: WireError.truncated) { try Envelope(wire: Array(wire[..<count])) } }
    }
}
