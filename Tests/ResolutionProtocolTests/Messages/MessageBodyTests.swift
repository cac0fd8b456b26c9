import ResolutionProtocol
import Testing

@Suite struct MessageBodyTests {
    private static func message(_ opCode: OpCode, _ code: ResponseCode, _ body: MessageBody) -> Message {
        Message(
            envelope: Envelope(requestID: 1),
            header: Header(opCode: opCode, responseCode: code, flags: [], expiration: 0),
            body: body
        )
    }

    @Test func everyOperationWithALayoutHasItsCase() throws {
        let unknown: Set<OpCode> = [.reserved, .retrieveTransactions, .dumpIdentifiers]
        for opCode in OpCode.all where !unknown.contains(opCode) {
            let isRead = (try? Message(wire: Self.message(opCode, .request, .bytes([0xFF])).wire)) != nil
            #expect(!isRead, "\(opCode)")
        }
        let streaming = Self.message(.dumpIdentifiers, .request, .bytes([0xFF]))
        #expect(try Message(wire: streaming.wire).body == streaming.body)
    }

    @Test func aTransactionNumberMayBeAbsent() throws {
        let empty = Self.message(.nextTransactionID, .success, .bytes([]))
        #expect(try Message(wire: empty.wire).body == .bytes([]))
        let number = Self.message(.nextTransactionID, .success, .transactionNumber(0x0102_0304_0506_0708))
        #expect(try Message(wire: number.wire).body == number.body)
        let cut = Self.message(.nextTransactionID, .success, .bytes([0, 0, 0, 1]))
        #expect(throws: WireError.truncated) { try Message(wire: cut.wire) }
    }

    @Test func bytesBehindARequestsLastFieldAreRefused() {
        let name = NameRequest.unnamed.wire
        for tail in [[0], [0, 0, 0, 0]] as [[UInt8]] {
            let message = Self.message(.deleteIdentifier, .request, .bytes(name + tail))
            #expect(throws: WireError.trailingBytes) { try Message(wire: message.wire) }
        }
    }

    /// The example of operations.md §1.
    @Test func workedExampleOfARemoval() throws {
        let request = IndexesRequest(identifier: Array("35.TEST/A".utf8), indexes: [1, 2])
        let wire: [UInt8] = [0, 0, 0, 9] + Array("35.TEST/A".utf8) + [0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 2]
        #expect(request.wire == wire)
        #expect(try IndexesRequest(wire: wire) == request)
    }
}
