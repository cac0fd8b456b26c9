import Authentication
import ResolutionProtocol
import Testing

@Suite struct CoveredMessageTests {
    private static func message(_ credential: Credential?) -> Message {
        Message(
            envelope: Envelope(sessionID: 7, requestID: 9),
            header: Header(opCode: .deleteIdentifier, expiration: 5),
            body: .name(NameRequest(name: Array("88/1".utf8))),
            credential: credential
        )
    }

    private static let credential = Credential(
        sessionCounter: 1,
        type: Array("HS_MAC".utf8),
        digestAlgorithm: [2],
        signature: [1, 2, 3]
    )

    @Test(arguments: [nil, credential])
    func itHasTheOctetsOfTheMessage(_ credential: Credential?) throws {
        let message = Self.message(credential)
        let covered = try CoveredMessage(message)
        #expect(covered.credential == credential)
        #expect(covered.headerAndBody == Array(message.wire[20..<52]))
        #expect(covered.envelope.requestID == 9)
        #expect(covered.wire == message.wire)
    }

    @Test func everyCutIsRefused() {
        let wire = Self.message(Self.credential).wire
        for count in 0..<wire.count {
            #expect(throws: WireError.self, "cut at \(count)") { try CoveredMessage(wire: Array(wire[..<count])) }
        }
        #expect(throws: WireError.trailingBytes) { try CoveredMessage(wire: wire + [0]) }
    }

    @Test func damagedBytesAreReadOrRefused() throws {
        var random = SeededGenerator(seed: 20_261_122)
        let wire = Self.message(Self.credential).wire
        var readCount = 0
        for _ in 0..<20_000 {
            var bytes = random.damaged(wire)
            guard bytes.count >= 20 else { continue }
            bytes.replaceSubrange(16..<20, with: UInt32(bytes.count - 20).wire)
            guard let covered = try? CoveredMessage(wire: bytes) else { continue }
            readCount += 1
            #expect(covered.headerAndBody.count >= Header.byteCount)
        }
        #expect(readCount > 0)
    }
}
