import ResolutionProtocol
import Testing

/// P6: a wrong length or count is an error, or the message is read to its end and no further.
@Suite struct MessageLengthTests {
    @Test(arguments: 0..<SeededRandom.messageKindCount)
    func P6_everyFourOctetsAsAWrongLength(_ kind: Int) throws {
        var random = SeededRandom(printingSeedFor: "\(#function) \(kind)")
        for _ in 0..<6 {
            let wire = random.message(kind: kind).wire
            // Every place, and so every length and count among them.
            for offset in 16..<(wire.count - 3) {
                let value = wire.bigEndianUInt32(at: offset)
                for wrong in Self.wrongValues(of: value) {
                    try expectErrorOrWhole(wire.settingBigEndianUInt32(wrong, at: offset), "\(offset): \(wrong)")
                }
            }
        }
    }

    @Test func P6_lengthsOfARequestOneByOne() {
        let request = ResolutionRequest(
            identifier: Array("88.118.1/a".utf8),
            indexes: [1, 2],
            types: [WireText(Array("URL".utf8))]
        )
        let message = Message(
            envelope: Envelope(requestID: 1),
            header: Header(opCode: .resolution, expiration: 0),
            body: .resolve(request)
        )
        // Envelope, body, identifier, indexes, types, type.
        for offset in [16, 40, 44, 58, 70, 74] {
            let value = message.wire.bigEndianUInt32(at: offset)
            // With no types counted the type is the national SDK's further field.
            for wrong in Self.wrongValues(of: value) where wrong != value && (offset, wrong) != (70, 0) {
                let wire = message.wire.settingBigEndianUInt32(wrong, at: offset)
                #expect(throws: WireError.self, "\(offset): \(wrong)") { try Message(wire: wire) }
            }
        }
    }

    @Test func P3_messagesAboveTheLimitAreRefusedByTheEnvelope() {
        for length in [262_145, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF] as [UInt32] {
            let wire = Envelope(requestID: 9).wire.settingBigEndianUInt32(length, at: 16)
            #expect(throws: WireError.messageLengthOutOfRange) { try Envelope(wire: wire) }
            var reader = WireReader(wire.span.bytes)
            let envelope = try? Envelope(anyLengthFrom: &reader)
            #expect(envelope?.requestID == 9, "a refusal can still name the request")
        }
        #expect(throws: Never.self) {
            try Envelope(wire: Envelope(requestID: 9).wire.settingBigEndianUInt32(262_144, at: 16))
        }
    }

    private static func wrongValues(of value: UInt32) -> [UInt32] {
        [0, value &- 1, value &+ 1, 0x8000_0000, 0xFFFF_FFFF, 0xFFFF_FFFE, 0x7FFF_FFFF, 1_048_576, 1_048_577]
    }

    /// Reads `wire` with strange bytes behind it in memory: all of it is taken and none of those.
    private func expectErrorOrWhole(_ wire: [UInt8], _ place: String) throws {
        let embedded = wire + [UInt8](repeating: 0x5A, count: 64)
        var reader = WireReader(embedded.span.bytes.extracting(0..<wire.count))
        guard let envelope = try? Envelope(from: &reader), reader.remaining == Int(envelope.messageLength) else {
            return
        }
        guard let message = try? Message(envelope: envelope, from: &reader) else { return }
        let remaining = reader.remaining
        #expect(remaining == 0, "\(place)")
        #expect(try Message(wire: message.wire) == message.withLengths, "\(place)")
        #expect(message.wire.count <= wire.count + 4, "\(place): more came out than went in")
    }
}
