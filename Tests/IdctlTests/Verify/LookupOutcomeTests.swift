import Console
import ResolutionProtocol
import Testing

@testable import idctl

@Suite struct LookupOutcomeTests {
    private static let name = Array("88.118.1/x".utf8)
    private static let values = [
        HandleValue(index: 1, type: Array("URL".utf8), data: Array("u".utf8)),
        HandleValue(index: 2, type: Array("DESC".utf8), data: Array("d".utf8)),
    ]

    private static func list(_ values: [HandleValue]) -> [UInt8] {
        var writer = WireWriter(capacity: 64)
        writer.array(values)
        return writer.bytes.withUnsafeBytes { Array($0) }
    }

    private static func outcome(
        _ code: ResponseCode,
        _ body: MessageBody,
        expected: [HandleValue] = values
    ) -> LookupOutcome {
        let message = Message(
            envelope: Envelope(requestID: 1),
            header: Header(opCode: .resolution, responseCode: code, expiration: 0),
            body: body
        )
        return LookupOutcome(message: message.wire.span.bytes, expected: list(expected).span.bytes)
    }

    private static func resolved(_ values: [HandleValue]) -> MessageBody {
        .resolved(ResolutionAnswer(identifier: name, values: values))
    }

    @Test func `the very values are the same, in any order and with any timestamp`() {
        #expect(Self.outcome(.success, Self.resolved(Self.values)) == .same)
        #expect(Self.outcome(.success, Self.resolved(Self.values.reversed())) == .same)
        var stamped = Self.values
        stamped[0].timestamp = 5
        #expect(Self.outcome(.success, Self.resolved(stamped)) == .same)
        #expect(Self.outcome(.success, Self.resolved(Self.values), expected: stamped) == .same)
    }

    @Test func `what says of which template a record is may be added by the server`() {
        let named = HandleValue(index: 1_000, type: Array("TEMPLATE_ID".utf8), data: Array("88.118.8/META_0".utf8))
        let version = HandleValue(index: 1_001, type: Array("TEMPLATE".utf8), data: Array("1".utf8))
        let found = Self.resolved(Self.values + [named, version])
        #expect(Self.outcome(.success, found) == .same)
        #expect(Self.outcome(.success, found, expected: Self.values + [named]) == .same)
        let foreign = HandleValue(index: 1_001, type: Array("NOTE".utf8), data: Array("1".utf8))
        #expect(Self.outcome(.success, Self.resolved(Self.values + [foreign])) == .differs([1_001]))
    }

    @Test func `what differs is named by index`() {
        var other = Self.values
        other[1].data = Array("D".utf8)
        other.append(HandleValue(index: 9, type: Array("X".utf8), data: []))
        #expect(Self.outcome(.success, Self.resolved(other)) == .differs([2, 9]))
        #expect(Self.outcome(.success, Self.resolved([])) == .differs([1, 2]))
    }

    @Test func `codes say whether it is not there or refused`() {
        let body = MessageBody.error(ErrorBody(message: []))
        #expect(Self.outcome(.identifierNotFound, body) == .missing(.identifierNotFound))
        #expect(Self.outcome(.notResponsible, body) == .refused(.notResponsible))
        #expect(Self.outcome(.valuesNotFound, body, expected: []) == .same)
    }

    @Test func `an answer cut at any byte is malformed, never a match`() {
        let message = Message(
            envelope: Envelope(requestID: 1),
            header: Header(opCode: .resolution, responseCode: .success, expiration: 0),
            body: Self.resolved(Self.values)
        ).wire
        for end in 0..<message.count - 4 {
            let cut = Array(message[..<end])
            #expect(LookupOutcome(message: cut.span.bytes, expected: Self.list(Self.values).span.bytes) == .malformed)
        }
    }

    @Test func `packets join in any order, and a wrong one is ignored`() throws {
        let values = [HandleValue(index: 1, type: Array("T".utf8), data: Array(repeating: 0x61, count: 2_000))]
        let message = Message(
            envelope: Envelope(requestID: 1),
            header: Header(opCode: .resolution, responseCode: .success, expiration: 0),
            body: Self.resolved(values)
        ).wire
        var envelope = Envelope(requestID: 1)
        envelope.messageLength = UInt32(message.count - Envelope.byteCount)
        let packets = Packets.datagrams(of: Array(message[Envelope.byteCount...]), envelope: envelope)
        var joining = DatagramJoining(byteCount: message.count - Envelope.byteCount)
        for (number, packet) in packets.enumerated().reversed() {
            packet.withUnsafeBytes {
                joining.add(UnsafeRawBufferPointer(rebasing: $0.dropLast()), number: number)
                joining.add($0, number: packets.count)
                #expect(!joining.isComplete)
                joining.add($0, number: number)
            }
        }
        #expect(joining.isComplete)
        let outcome = LookupOutcome(message: joining.message.span.bytes, expected: Self.list(values).span.bytes)
        #expect(outcome == .same)
    }

    @Test func `the worst of a run decides how the program ends`() {
        var tally = VerifyTally()
        #expect(tally.exit == .done)
        tally.note(.missing(.identifierNotFound))
        #expect(tally.exit == .notFound)
        tally.note(.differs([1]))
        #expect(tally.exit == .conflict)
        tally.note(.unanswered)
        #expect(tally.exit == .outcomeUnknown)
    }
}
