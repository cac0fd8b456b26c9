import EventLoop
import Glibc
import Resolution
import ResolutionProtocol
import Testing
import Transport
import TransportSuite

extension TransportTests {
    @Suite struct BackpressureTests {
        /// Requests for records of 250 KB: their answers are far more than sockets hold.
        private static func hugeRequests(_ count: Int) -> [UInt8] {
            Array((0..<count).map { Asking.resolve(SampleNode.hugeItem, requestID: UInt32($0)) }.joined())
        }

        private static func slowSocket(_ node: SampleNode) throws -> ClientSocket {
            try ClientSocket(node.address, isTCP: true, receiveBufferByteCount: 16_384)
        }

        @Test func r5WhatASlowReaderHasWaitingIsBounded() throws {
            let node = try SampleNode()
            defer { node.stop() }
            let socket = try Self.slowSocket(node)
            // Small ones first, so that the large ones come in large batches.
            for number in 0..<40 {
                try Asking.check(socket.ask(Asking.item(number)), item: number)
            }
            let count = 64
            socket.send(Self.hugeRequests(count))
            eventually("answers wait") { node.value(.bytesBuffered) > 0 }
            var mostWaiting: UInt64 = 0
            for number in 0..<count {
                usleep(2_000)
                mostWaiting = max(mostWaiting, node.value(.bytesBuffered))
                try Asking.check(
                    socket.receiveMessage(),
                    gives: SampleNode.hugeValues,
                    of: SampleNode.hugeItem,
                    requestID: UInt32(number)
                )
            }
            // One megabyte of answers and one read of requests.
            #expect(mostWaiting > 0 && mostWaiting <= (1 << 20) + (64 << 10))
            eventually("nothing waits") { node.value(.bytesBuffered) == 0 }
            #expect(try node.ledger.total().requests == UInt64(40 + count), "what is answered anew is counted once")
        }

        @Test func r5AClientThatNeverReadsIsClosed() throws {
            var settings = TransportSettings()
            settings.writeStallNanoseconds = 300_000_000
            let node = try SampleNode(settings)
            defer { node.stop() }
            let socket = try Self.slowSocket(node)
            socket.send(Self.hugeRequests(40))
            eventually("closed at write stall") { node.value(.connectionsClosedWriteStall) == 1 }
            eventually("its memory is back") { node.value(.bytesBuffered) == 0 && node.value(.connectionsOpen) == 0 }
        }

        @Test func aReaderThatTakesALittleNowAndThenIsNotStalled() throws {
            var settings = TransportSettings()
            settings.writeStallNanoseconds = 1_000_000_000
            let node = try SampleNode(settings)
            defer { node.stop() }
            let socket = try Self.slowSocket(node)
            let count = 24
            socket.send(Self.hugeRequests(count))
            eventually("answers wait") { node.value(.bytesBuffered) > 0 }
            // Much longer than a peer may take nothing, and too little for the system to ask for more.
            for number in 0..<count {
                if number < 6 { usleep(400_000) }
                try Asking.check(
                    socket.receiveMessage(),
                    gives: SampleNode.hugeValues,
                    of: SampleNode.hugeItem,
                    requestID: UInt32(number)
                )
            }
            #expect(node.value(.connectionsClosedWriteStall) == 0)
        }

        @Test func r9AnswersBeyondTheMemoryBoundAreRefusedWithoutHarmToOthers() throws {
            var settings = TransportSettings()
            settings.inFlightByteCountMax = 600_000
            let node = try SampleNode(settings)
            defer { node.stop() }
            let greedy = try (0..<6).map { _ in try Self.slowSocket(node) }
            for socket in greedy { socket.send(Self.hugeRequests(40)) }
            eventually("some are refused") { node.value(.connectionsClosedForRoom) > 0 }
            #expect(node.value(.requestsRefusedBusy) > 0)
            #expect(node.value(.bytesBuffered) <= 600_000)
            let honest = try ClientSocket(node.address, isTCP: true)
            try Asking.check(honest.ask(Asking.item(1)), item: 1)
            // Whoever was not refused goes on as if nothing had been.
            var completed = 0
            for socket in greedy {
                var number: UInt32 = 0
                while number < 40, let answer = socket.receiveMessage() {
                    try Asking.check(
                        answer,
                        gives: SampleNode.hugeValues,
                        of: SampleNode.hugeItem,
                        requestID: number
                    )
                    number += 1
                }
                if number == 40 { completed += 1 }
            }
            #expect(completed + Int(node.value(.connectionsClosedForRoom)) == greedy.count)
            eventually("nothing waits") { node.value(.bytesBuffered) == 0 }
        }

        @Test func r9RequestsBeyondTheMemoryBoundAreRefusedAsBusy() throws {
            var settings = TransportSettings()
            settings.inFlightByteCountMax = 100_000
            let node = try SampleNode(settings)
            defer { node.stop() }
            let socket = try ClientSocket(node.address, isTCP: true)
            let message = Message(
                envelope: Envelope(requestID: 6),
                header: Header(opCode: .createIdentifier, expiration: 0),
                body: .bytes([UInt8](repeating: 1, count: 200_000))
            )
            socket.send(message.wire)
            let refusal = try Message(wire: try #require(socket.receiveMessage()))
            #expect(refusal.header.responseCode == .serverBusy && refusal.envelope.requestID == 6)
            #expect(refusal.header.opCode == .createIdentifier)
            #expect(socket.receive() == [])
            #expect(node.value(.requestsRefusedBusy) == 1 && node.value(.bytesBuffered) == 0)
        }
    }
}
