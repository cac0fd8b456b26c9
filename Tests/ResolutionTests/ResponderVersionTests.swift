import Resolution
import ResolutionProtocol
import Testing

/// In which version a request is answered, and what depends on it (wire.md §§4.2, 6, 7).
@Suite struct ResponderVersionTests {
    private let node = Registry.node()

    private static func values(_ request: Message) -> MessageBody {
        .resolved(ResolutionAnswer(identifier: Array(Registry.item.utf8), values: Registry.itemValues))
    }

    @Test(arguments: [
        (ProtocolVersion(2, 1), ProtocolVersion(2, 1)), (.init(2, 5), .init(2, 5)), (.init(2, 7), .init(2, 7)),
        (.init(2, 11), .init(2, 11)), (.init(2, 20), .init(2, 11)), (.init(3, 0), .init(2, 11)),
        (.init(2, 0), .init(2, 0)), (.init(2, 255), .init(2, 11)),
    ])
    func answersInTheLowerOfWhatBothSpeak(suggested: ProtocolVersion, answered: ProtocolVersion) {
        for version in [ProtocolVersion(2, 3), ProtocolVersion(2, 10), ProtocolVersion(2, 11)] {
            let request = Message.resolve(Registry.item, version: version, suggested: suggested)
            let expected = expectedAnswer(to: request, .success, Self.values(request), version: answered)
            expect(node.reply(to: request), expected)
        }
    }

    @Test(arguments: (0...11).map { ProtocolVersion(2, $0) })
    func withoutSuggestionItsOwnVersionIsAnswered(version: ProtocolVersion) {
        let request = Message.resolve(Registry.item, version: version, suggested: ProtocolVersion(0, 0))
        let expected = expectedAnswer(to: request, .success, Self.values(request), version: version)
        expect(node.reply(to: request), expected)
    }

    @Test(arguments: [ProtocolVersion(2, 0), .init(5, 0), .init(5, 1), .init(5, 255)])
    func oldEnvelopesAreAnsweredInTheirVersion(version: ProtocolVersion) {
        let suggested = version.major == 5 ? ProtocolVersion(0, 0) : version
        let found = Message.resolve(Registry.item, version: version, suggested: suggested)
        expect(node.reply(to: found), expectedAnswer(to: found, .success, Self.values(found), version: version))
        let absent = Message.resolve("88.118.8/none", version: version, suggested: suggested)
        let body = MessageBody.error(ErrorBody(message: Array("not found".utf8)))
        expect(node.reply(to: absent), expectedAnswer(to: absent, .identifierNotFound, body, version: version))
    }

    @Test func anOldEnvelopeThatSuggests211IsAnsweredInIt() {
        let request = Message.resolve(Registry.item, version: ProtocolVersion(5, 1), suggested: .newest)
        expect(node.reply(to: request), expectedAnswer(to: request, .success, Self.values(request)))
    }

    @Test func version30IsReadAndAnsweredIn211() {
        let request = Message.resolve(Registry.item, version: ProtocolVersion(3, 0))
        expect(node.reply(to: request), expectedAnswer(to: request, .success, Self.values(request)))
    }

    @Test func codesAreRenumberedBelow25() {
        let old = ProtocolVersion(2, 4)
        let new = ProtocolVersion(2, 5)
        #expect(ResponseCode.serverReadOnly.encoded(for: old).rawValue == 303)
        #expect(ResponseCode.serverReadOnly.encoded(for: new).rawValue == 7)
        #expect(ResponseCode.invalidValue.encoded(for: old).rawValue == 201)
        #expect(ResponseCode.invalidValue.encoded(for: new).rawValue == 202)
        #expect(ResponseCode.serverReadOnly.encoded(for: ProtocolVersion(5, 1)).rawValue == 303)
        // 303 would read as "read-only" below 2.5: no old asker ever gets it from a referral.
        for minor in UInt8(0)...9 {
            let reply = node.reply(to: .resolve("0.NA/88.118.7.1", version: ProtocolVersion(2, minor)))
            #expect(reply.message?.header.responseCode == .identifierNotFound)
        }
    }

    // MARK: request digest

    @Test(arguments: (1...11).map { ProtocolVersion(2, $0) })
    func digestOfTheRequestGoesByTheAnswersVersion(version: ProtocolVersion) {
        let algorithm: DigestAlgorithm = version.minor >= 7 ? .sha256 : .sha1
        for identifier in [Registry.item, "88.118.8/none", "88.118.7/x"] {
            let flags = OpFlags.requestDefault.union(.requestDigest)
            let request = Message.resolve(identifier, suggested: version, flags: flags)
            let reply = node.reply(to: request)
            #expect(reply.message?.envelope.version == version)
            #expect(reply.message?.header.flags.contains(.requestDigest) == true)
            #expect(reply.message?.requestDigest == digest(algorithm, of: request))
            // Nothing else changes: without digest and flag it is the answer to the plain request.
            var plain = reply.message
            plain?.requestDigest = nil
            plain?.header.flags.remove(.requestDigest)
            #expect(plain?.wire == node.reply(to: .resolve(identifier, suggested: version)).bytes)
        }
    }

    @Test(arguments: [ProtocolVersion(2, 0), ProtocolVersion(5, 1)])
    func oldVersionsGetMD5InTheOldLayout(version: ProtocolVersion) {
        let flags = OpFlags.requestDefault.union(.requestDigest)
        let suggested = version.major == 5 ? ProtocolVersion(0, 0) : version
        let request = Message.resolve(Registry.item, version: version, suggested: suggested, flags: flags)
        let digest = RequestDigest(algorithm: nil, bytes: digest(.md5, of: request)?.bytes ?? [])
        let expected = expectedAnswer(
            to: request,
            .success,
            Self.values(request),
            version: version,
            flags: [.authoritative, .recursive, .cacheCertify, .publicOnly, .requestDigest],
            digest: digest
        )
        let reply = node.reply(to: request)
        expect(reply, expected)
        #expect(Array(reply.bytes[44..<48]) == [0, 0, 0, 16])
    }

    @Test func digestOfTheWorkedExample() {
        // wire.md §13: code 100 with RD requested.
        let node = TestNode(rows: [PrefixRow(prefix: Array("35.TEST".utf8), state: .homed, number: 1)])
        let request = Message.resolve("35.TEST/A", flags: OpFlags(rawValue: 0x1980_0000))
        #expect(
            Array(request.wire[20..<65])
                == bytes(
                    "0000000100000000 19800000 ffff0000 65000000 00000015",
                    "0000000933352e544553542f41 00000000 00000000"
                )
        )
        let reply = node.reply(to: request)
        #expect(reply.code == .identifierNotFound)
        #expect(
            Array(reply.bytes[44..<77])
                == bytes("03 7b267df323c2432ef845a14b9f3501fe677a4ad23b91d99fe5c38dbceb49e227")
        )
        #expect(reply.message?.header.flags == OpFlags(rawValue: 0x9980_0000))
    }

    @Test func digestCoversTheSDKsFurtherFieldButNotTheCredential() {
        var request = Message.resolve(Registry.item, flags: .requestDefault.union(.requestDigest))
        request.body = .resolve(
            ResolutionRequest(identifier: Array(Registry.item.utf8), identity: Array("300:88.118.1/admin".utf8))
        )
        let expected = digest(.sha256, of: request)
        #expect(node.reply(to: request).message?.requestDigest == expected)
        let withoutCredential = Array(request.wire.dropLast(4))
        var envelope = request.envelope
        envelope.messageLength = UInt32(withoutCredential.count - 20)
        let reply = node.reply(to: Asked(envelope.wire + withoutCredential[20...]))
        #expect(reply.message?.requestDigest == expected)
    }
}
