import ResolutionProtocol
import Testing

@Suite struct ProtocolVersionTests {
    @Test func versionsStandInTheirOrderWithMajor5First() {
        let order = [(5, 0), (5, 11), (1, 9), (2, 0), (2, 1), (2, 9), (2, 10), (2, 11), (3, 0)].map {
            ProtocolVersion($0.0, $0.1)
        }
        for (place, version) in order.enumerated() {
            for (otherPlace, other) in order.enumerated() {
                #expect((version < other) == (place < otherPlace), "\(version) \(other)")
            }
        }
    }

    @Test(arguments: [
        (2, 0, true), (2, 11, true), (2, 12, false), (3, 0, true), (3, 1, false), (5, 9, true), (1, 0, false),
        (4, 0, false), (0, 0, false),
    ])
    func knownVersions(_ major: Int, _ minor: Int, _ isKnown: Bool) {
        #expect(ProtocolVersion(UInt8(major), UInt8(minor)).isKnown == isKnown)
    }

    @Test func theDigestFollowsTheVersion() {
        #expect(ProtocolVersion(5, 8).requestDigestAlgorithm == .md5)
        #expect(ProtocolVersion(2, 0).requestDigestAlgorithm == .md5)
        #expect(ProtocolVersion(2, 1).requestDigestAlgorithm == .sha1)
        #expect(ProtocolVersion(2, 6).requestDigestAlgorithm == .sha1)
        #expect(ProtocolVersion(2, 7).requestDigestAlgorithm == .sha256)
        #expect(ProtocolVersion(3, 0).requestDigestAlgorithm == .sha256)
        #expect(ProtocolVersion(2, 1).hasDigestOctet && !ProtocolVersion(5, 8).hasDigestOctet)
    }

    @Test(arguments: [
        // suggested by the client, answered in: as measured (wire.md §7)
        (2, 1, 2, 1), (2, 5, 2, 5), (2, 7, 2, 7), (2, 11, 2, 11), (2, 20, 2, 11), (3, 0, 2, 11),
    ])
    func theAnswerIsInTheLowerVersion(_ major: Int, _ minor: Int, _ answerMajor: Int, _ answerMinor: Int) {
        let envelope = Envelope(
            version: ProtocolVersion(2, 3),
            suggestedVersion: ProtocolVersion(UInt8(major), UInt8(minor)),
            requestID: 1
        )
        #expect(envelope.answerVersion == ProtocolVersion(UInt8(answerMajor), UInt8(answerMinor)))
    }

    @Test func withoutASuggestionTheVersionItselfCounts() {
        let envelope = Envelope(
            version: ProtocolVersion(2, 3),
            suggestedVersion: ProtocolVersion(0, 0),
            requestID: 1
        )
        #expect(envelope.answerVersion == ProtocolVersion(2, 3))
    }
}
