import Resolution
import ResolutionProtocol
import Testing

/// Code 4: messages that are not what the protocol says.
@Suite struct ResponderMalformedTests {
    private let node = Registry.node()
    private static let versionText = "2.1 to 2.11 are spoken here, not this protocol version"
    private static let lengthText = "message length differs from the bytes received"
    private static let bodyText = "unreadable resolution request"

    /// `wire` with a big-endian number put over four bytes.
    private static func with(_ number: UInt32, at offset: Int, in wire: [UInt8]) -> [UInt8] {
        var changed = wire
        for place in 0..<4 { changed[offset + place] = UInt8(truncatingIfNeeded: number >> (24 - 8 * place)) }
        return changed
    }

    /// Code 4 with this text, naming the request; `opCode` 0 where the header was not read.
    private func expectProtocolError(
        _ wire: [UInt8],
        _ text: String,
        opCode: UInt32 = 0,
        isHeaderRead: Bool = false,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        var request = Message.operation(opCode)
        request.envelope.sessionID = Self.number(in: wire, at: 4)
        request.envelope.requestID = Self.number(in: wire, at: 8)
        let flags: OpFlags = [.authoritative, .recursive]
        expect(
            node.reply(to: Asked(wire)),
            expectedAnswer(
                to: request,
                .protocolError,
                .error(ErrorBody(message: Array(text.utf8))),
                flags: isHeaderRead ? flags.union([.cacheCertify, .publicOnly]) : flags
            ),
            sourceLocation: sourceLocation
        )
        let overUDP = node.reply(to: Asked(wire).overUDP)
        #expect(overUDP.bytes.count <= wire.count, sourceLocation: sourceLocation)
        #expect(overUDP.bytes.isEmpty || overUDP.code == .protocolError, sourceLocation: sourceLocation)
    }

    private static func number(in wire: [UInt8], at offset: Int) -> UInt32 {
        wire[offset..<(offset + 4)].reduce(0) { $0 << 8 | UInt32($1) }
    }

    @Test(arguments: [
        ProtocolVersion(1, 0), .init(2, 12), .init(3, 1), .init(4, 0), .init(255, 255), .init(0, 0), .init(2, 255),
        .init(6, 0),
    ])
    func P4UnknownVersionIsNeverRead(version: ProtocolVersion) {
        var request = Message.resolve(Registry.item)
        request.envelope.version = version
        request.envelope.sessionID = 77
        expectProtocolError(request.wire, Self.versionText)
        #expect(node.store.calls.isEmpty)
        // Over UDP the text is cut, not the versions in it, and the envelope says 2.11 too.
        let overUDP = node.reply(to: Asked(request).overUDP)
        guard case .error(let error) = overUDP.message?.body else { return #expect(Bool(false), "no error") }
        #expect(error.message.starts(with: "2.1 to 2.11".utf8))
        #expect(overUDP.message?.envelope.suggestedVersion == ProtocolVersion(2, 11))
        #expect(overUDP.bytes.count == request.wire.count)
    }

    @Test func P4UnknownVersionWithoutSuggestionIsAnsweredInOurs() {
        var request = Message.resolve(Registry.item, suggested: ProtocolVersion(0, 0))
        request.envelope.version = ProtocolVersion(4, 0)
        expectProtocolError(request.wire, Self.versionText)
    }

    @Test func P2MessageLengthDiffers() {
        let wire = Message.resolve(Registry.item).wire
        let length = Self.number(in: wire, at: 16)
        for wrong in [0, 1, length - 1, length + 1, 492, 262_144] {
            expectProtocolError(Self.with(wrong, at: 16, in: wire), Self.lengthText)
        }
        #expect(node.store.calls.isEmpty)
    }

    @Test func P3MessageLengthAboveTheLimit() {
        let wire = Message.resolve(Registry.item).wire
        for wrong in [262_145, 0x7FFF_FFFF, 0x8000_0000, .max] as [UInt32] {
            expectProtocolError(Self.with(wrong, at: 16, in: wire), "message longer than 262144 bytes")
        }
    }

    @Test func P10CompressedAndEncrypted() {
        var request = Message.resolve(Registry.item)
        request.envelope.flags = .compressed
        expectProtocolError(request.wire, "compressed messages are not defined")
        request.envelope.flags = [.compressed, .encrypted]
        expectProtocolError(request.wire, "compressed messages are not defined")
        request.envelope.flags = .encrypted
        expectProtocolError(request.wire, "encrypted message without a session")
        request.envelope.sessionID = 9
        expectProtocolError(request.wire, "encrypted message without a session")
        #expect(node.store.calls.isEmpty)
    }

    @Test func messageShorterThanItsHeader() {
        for count in 0..<24 {
            let envelope = Envelope(requestID: 5, messageLength: UInt32(count))
            let wire = envelope.wire + [UInt8](repeating: 0, count: count)
            expectProtocolError(wire, "message shorter than its header")
        }
    }

    @Test func P6BodyLengthBeyondTheMessage() {
        let wire = Message.resolve(Registry.item).wire
        let length = Self.number(in: wire, at: 40)
        for wrong in [length + 5, 0x7FFF_FFFF, 0x8000_0000, .max] {
            expectProtocolError(
                Self.with(wrong, at: 40, in: wire),
                "body longer than the message",
                opCode: 1,
                isHeaderRead: true
            )
        }
    }

    @Test func noDigestOfABodyThatDidNotCome() {
        let request = Message.resolve(Registry.item, flags: .requestDefault.union(.requestDigest))
        let reply = node.reply(to: Asked(Self.with(.max, at: 40, in: request.wire)))
        #expect(reply.message?.header.flags.contains(.requestDigest) == false)
        #expect(reply.message?.requestDigest == nil)
        #expect(reply.code == .protocolError)
    }

    @Test func P6CredentialLength() {
        let wire = Message.resolve(Registry.item).wire
        let offset = wire.count - 4
        for wrong in [1, 4, 0x7FFF_FFFF, 0x8000_0000, .max] as [UInt32] {
            expectProtocolError(
                Self.with(wrong, at: offset, in: wire),
                "credential length differs",
                opCode: 1,
                isHeaderRead: true
            )
        }
        // Body one byte shorter or longer: what follows it is no credential length.
        let length = Self.number(in: wire, at: 40)
        expectProtocolError(
            Self.with(length - 1, at: 40, in: wire),
            "credential length differs",
            opCode: 1,
            isHeaderRead: true
        )
    }

    @Test(arguments: 0...3)
    func anAbsentCredentialIsAccepted(rest: Int) {
        // Fewer than four bytes behind the body are no credential (wire.md §2).
        let request = Message.resolve(Registry.item)
        let wire = request.wire.dropLast(4) + [UInt8](repeating: 0xAA, count: rest)
        let length = UInt32(wire.count - 20)
        let reply = node.reply(to: Asked(Self.with(length, at: 16, in: Array(wire))))
        #expect(reply.bytes == node.reply(to: request).bytes)
        #expect(reply.code == .success)
    }

    @Test func aSignedRequestIsAnsweredLikeAnUnsignedOne() {
        var request = Message.resolve(Registry.item)
        let plain = node.reply(to: request).bytes
        request.credential = Credential(
            sessionCounter: 0,
            type: Array("HS_SIGNED".utf8),
            digestAlgorithm: Array("SHA-256".utf8),
            signature: [UInt8](repeating: 7, count: 64)
        )
        #expect(node.reply(to: request).bytes == plain)
    }

    /// Request with one index (1) and one type (URL), and where its four inner lengths lie.
    private static let inner = Message.resolve("88.118.8/1", indexes: [1], types: ["URL"]).wire
    private static let identifierLength = 44
    private static let indexCount = 58
    private static let typeCount = 66
    private static let typeLength = 70

    @Test(arguments: [identifierLength, indexCount, typeCount, typeLength])
    func P6InnerLengthsThatAreHuge(offset: Int) {
        for wrong in [0x7FFF_FFFF, 0x8000_0000, .max, 1_048_576, 1_048_577] as [UInt32] {
            expectProtocolError(
                Self.with(wrong, at: offset, in: Self.inner),
                Self.bodyText,
                opCode: 1,
                isHeaderRead: true
            )
        }
    }

    @Test(
        arguments: [
            (identifierLength, 0), (identifierLength, 9), (identifierLength, 11), (indexCount, 2), (typeCount, 2),
            (typeLength, 4),
        ] as [(Int, UInt32)]
    )
    func P6InnerLengthsThatDoNotFit(offset: Int, number: UInt32) {
        expectProtocolError(Self.with(number, at: offset, in: Self.inner), Self.bodyText, opCode: 1, isHeaderRead: true)
    }

    @Test func P6InnerLengthsThatStillRead() {
        // What remains behind the types belongs to the national SDK's further field and is ignored.
        node.store.put("88.118.8/1", [Registry.text, Registry.url])
        for (offset, number) in [(Self.typeCount, 0), (Self.typeLength, 2), (Self.typeLength, 0)] as [(Int, UInt32)] {
            let reply = node.reply(to: Asked(Self.with(number, at: offset, in: Self.inner)))
            guard case .resolved(let answer) = reply.message?.body else { return #expect(Bool(false), "no values") }
            #expect(answer.values == [Registry.url])
        }
        // No indexes: index 1 is read as one type, whose one byte is the next zero.
        let reply = node.reply(to: Asked(Self.with(0, at: Self.indexCount, in: Self.inner)))
        #expect(reply.code == .valuesNotFound)
    }

    @Test func P6CutAtEveryByte() {
        let wire = Self.inner
        for count in 0..<wire.count {
            let cut = Array(wire[..<count])
            guard count >= 20 else {
                #expect(node.reply(to: Asked(cut)).bytes.isEmpty)
                continue
            }
            expectProtocolError(cut, Self.lengthText)
            // The envelope knows of the cut, the header does not.
            let honest = Self.with(UInt32(count - 20), at: 16, in: cut)
            let reply = node.reply(to: Asked(honest))
            #expect(reply.code == (count < wire.count - 4 ? .protocolError : .identifierNotFound))
        }
    }

    @Test func aResponseOverTCPIsCode4() {
        var response = Message.resolve(Registry.item)
        response.header.responseCode = .success
        response.body = .resolved(ResolutionAnswer(identifier: [], values: []))
        expectError(of: node, response, .protocolError, "a response was sent to a server")
        response.header.flags = [.cacheCertify, .publicOnly, .requestDigest]
        response.requestDigest = RequestDigest(algorithm: .sha1, bytes: [UInt8](repeating: 1, count: 20))
        let reply = node.reply(to: response)
        #expect(reply.message?.requestDigest == digest(.sha256, of: response))
    }
}
