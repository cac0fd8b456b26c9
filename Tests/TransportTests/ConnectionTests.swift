import EventLoop
import ResolutionProtocol
import Testing
import Transport
import TransportSuite

extension TransportTests {
    /// The suite that every transport over streams must pass, on TCP.
    @Suite struct ConnectionTests {
        private static func withSuite(_ body: (StreamSuite) throws -> Void) throws {
            let node = try SampleNode(StreamSuite.settings)
            let address = node.address
            do {
                defer { node.stop() }
                try body(StreamSuite { try ClientSocket(address, isTCP: true) })
            }
            #expect(node.value(.connectionsOpen) == 0 && node.value(.bytesBuffered) == 0)
        }

        @Test func p12CutAtEveryByte() throws { try Self.withSuite { try $0.cutAtEveryByte() } }
        @Test func p12OneByteAtATime() throws { try Self.withSuite { try $0.oneByteAtATime() } }
        @Test func p12SeveralInOneSegment() throws { try Self.withSuite { try $0.severalAtOnce() } }
        @Test func p12HalfCloseAfterTheRequest() throws { try Self.withSuite { try $0.halfClose() } }
        @Test func p12HalfCloseBeforeALargeAnswer() throws {
            try Self.withSuite { try $0.halfCloseBeforeALargeAnswer() }
        }
        @Test func slowReader() throws { try Self.withSuite { try $0.slowReader() } }
        @Test func closingInEachState() throws { try Self.withSuite { try $0.closingInEachState() } }

        @Test func p15ThousandPipelinedRequestsAndAFairNeighbour() throws {
            let node = try SampleNode()
            defer { node.stop() }
            let busy = try ClientSocket(node.address, isTCP: true)
            let other = try ClientSocket(node.address, isTCP: true)
            #expect(busy.send(Array((0..<1_000).map { Asking.item($0) }.joined())))
            try Asking.check(other.ask(Asking.item(3)), item: 3)
            var missing = Set(0..<1_000)
            for _ in 0..<1_000 {
                guard let answer = busy.receiveMessage() else { break }
                let number = Int(try Asking.requestID(of: answer)) - Int(Asking.id(of: 0))
                try Asking.check(answer, item: number)
                #expect(missing.remove(number) != nil)
            }
            #expect(missing.isEmpty)
            #expect(node.value(.requestsTCP) == 1_001 && node.value(.answersSuccess) == 1_001)
        }

        @Test(arguments: [0x7FFF_FFFF, 0xFFFF_FFFF, UInt32(Envelope.messageLengthMax) + 1])
        func p3LengthBeyondTheLimitEndsTheConnectionAfterAnError(length: UInt32) throws {
            let node = try SampleNode()
            defer { node.stop() }
            let socket = try ClientSocket(node.address, isTCP: true)
            var overlong = Asking.item(2, requestID: 42)
            overlong.replaceSubrange(16..<20, with: length.wire)
            // What comes before is answered; what comes behind is never taken for a request.
            socket.send(Asking.item(1) + overlong + [UInt8](repeating: 7, count: 300_000) + Asking.item(3))
            let answers = try [#require(socket.receiveMessage()), #require(socket.receiveMessage())]
            let refused = try #require(try answers.first { try Asking.requestID(of: $0) == 42 })
            #expect(try Message(wire: refused).header.responseCode == .protocolError)
            try Asking.check(try answers.first { try Asking.requestID(of: $0) != 42 }, item: 1)
            #expect(socket.receive() == [])
            #expect(node.value(.messagesOverLimit) == 1 && node.value(.requestsTCP) == 2)
            _ = consume socket
            eventually("closed") { node.value(.connectionsOpen) == 0 }
        }

        @Test func p5UnknownOperationKeepsTheConnectionUsable() throws {
            let node = try SampleNode()
            defer { node.stop() }
            let socket = try ClientSocket(node.address, isTCP: true)
            for code in [0, 999, 0xFFFF_FFFF] as [UInt32] {
                socket.send(Asking.operation(code, requestID: 5))
                let refusal = try Message(wire: try #require(socket.receiveMessage()))
                #expect(refusal.header.responseCode == .operationNotSupported)
                #expect(refusal.header.opCode.rawValue == code && refusal.envelope.requestID == 5)
            }
            try Asking.check(socket.ask(Asking.item(8)), item: 8)
        }

        @Test func aMessageOfTheLargestSizeIsRead() throws {
            let node = try SampleNode()
            defer { node.stop() }
            let socket = try ClientSocket(node.address, isTCP: true)
            let message = Message(
                envelope: Envelope(requestID: 6),
                header: Header(opCode: .createIdentifier, expiration: 0),
                body: .bytes([UInt8](repeating: 1, count: Envelope.messageLengthMax - Header.byteCount - 4))
            )
            #expect(socket.send(message.wire + Asking.item(1)))
            let refusal = try Message(wire: try #require(socket.receiveMessage()))
            #expect(refusal.header.responseCode == .operationNotSupported)
            try Asking.check(socket.receiveMessage(), item: 1)
        }
    }
}
