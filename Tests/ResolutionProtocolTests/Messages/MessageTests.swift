import ResolutionProtocol
import Testing

@Suite struct MessageTests {
    @Test(arguments: 0..<SeededRandom.messageKindCount)
    func everyKindIsReadAsWrittenAndRefusedWhenCut(_ kind: Int) throws {
        var random = SeededRandom(printingSeedFor: "\(#function) \(kind)")
        for _ in 0..<20 {
            let message = random.message(kind: kind)
            let wire = message.wire
            #expect(try Message(wire: wire) == message)
            for count in 0..<wire.count {
                #expect(throws: WireError.self, "cut at \(count)") { try Message(wire: Array(wire[..<count])) }
            }
            #expect(throws: WireError.trailingBytes) { try Message(wire: wire + [0]) }
        }
    }

    @Test(arguments: 0...3)
    func fewerThanFourBytesBehindTheBodyAreNoCredential(_ left: Int) throws {
        var message = Message(
            envelope: Envelope(requestID: 1),
            header: Header(opCode: .login, expiration: 0),
            body: .login(LoginRequest(user: ValueReference(identifier: Array("88/1".utf8), index: 300)))
        )
        let whole = message.wire
        let wire = Array(whole[..<(whole.count - 4 + left)])
            .settingBigEndianUInt32(UInt32(whole.count - 24 + left), at: 16)
        message = message.withLengths
        message.envelope.messageLength = UInt32(whole.count - 24 + left)
        #expect(try Message(wire: wire) == message)
    }

    @Test func aRequestThatAsksForADigestHasNone() throws {
        let header = Header(opCode: .resolution, flags: [.requestDigest], expiration: 0)
        let message = Message(
            envelope: Envelope(requestID: 1),
            header: header,
            body: .resolve(ResolutionRequest(identifier: Array("88/1".utf8)))
        )
        #expect(try Message(wire: message.wire).requestDigest == nil)
        #expect(try Message(wire: message.wire).body == message.body)
    }

    @Test func below25Code303IsAnErrorAndNoReferral() throws {
        let old = Self.response(
            version: ProtocolVersion(2, 4),
            code: .prefixReferral,
            body: .error(ErrorBody(message: []))
        )
        #expect(try Message(wire: old.wire).body == old.body)
        let new = Self.response(
            version: ProtocolVersion(2, 5),
            code: .prefixReferral,
            body: .referral(Referral(identifier: [], values: nil))
        )
        #expect(try Message(wire: new.wire).body == new.body)
    }

    @Test func below21AChallengeIsNonceThenDigestWithALength() throws {
        for version in [ProtocolVersion(2, 0), ProtocolVersion(5, 3)] {
            let challenge = Challenge(nonce: [1, 2], requestDigest: RequestDigest(algorithm: nil, bytes: [3]))
            let message = Self.response(version: version, code: .authenticationNeeded, body: .challenge(challenge))
            let wire = message.wire
            #expect(Array(wire[44..<(wire.count - 4)]) == [0, 0, 0, 2, 1, 2, 0, 0, 0, 1, 3])
            #expect(try Message(wire: wire).body == message.body)
        }
    }

    @Test func anUnknownDigestIsRefused() {
        var message = Self.response(version: .newest, code: .success, body: .bytes([]))
        message.header.flags = [.requestDigest]
        message.header.opCode = .deleteIdentifier
        message.requestDigest = RequestDigest(algorithm: .md5, bytes: [UInt8](repeating: 0, count: 16))
        var wire = message.wire
        wire[44] = 4
        #expect(throws: WireError.invalidField) { try Message(wire: wire) }
    }

    @Test func version30AppendsIndexesToAnError() throws {
        let message = Self.response(
            version: ProtocolVersion(3, 0),
            code: .valuesNotFound,
            body: .error(ErrorBody(message: [], indexes: [7, 8]))
        )
        let wire = message.wire
        #expect(Array(wire[44..<(wire.count - 4)]) == [0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 7, 0, 0, 0, 8])
        #expect(try Message(wire: wire).body == message.body)
    }

    @Test func theWorkedExampleOfTheReference() throws {
        let message = Message(
            envelope: Envelope(requestID: 0x0102_0304),
            header: Header(opCode: .resolution, expiration: 0x6500_0000),
            body: .resolve(ResolutionRequest(identifier: Array("35.TEST/A".utf8)))
        )
        let wanted: [UInt8] =
            [2, 11, 2, 11, 0, 0, 0, 0, 1, 2, 3, 4, 0, 0, 0, 0, 0, 0, 0, 0x31, 0, 0, 0, 1, 0, 0, 0, 0, 0x19, 0, 0, 0]
            + [0xFF, 0xFF, 0, 0, 0x65, 0, 0, 0, 0, 0, 0, 0x15, 0, 0, 0, 9] + Array("35.TEST/A".utf8)
            + [UInt8](repeating: 0, count: 12)
        #expect(message.wire == wanted)
    }

    private static func response(version: ProtocolVersion, code: ResponseCode, body: MessageBody) -> Message {
        Message(
            envelope: Envelope(version: version, requestID: 1),
            header: Header(opCode: .resolution, responseCode: code, flags: [], expiration: 0),
            body: body
        )
    }
}
