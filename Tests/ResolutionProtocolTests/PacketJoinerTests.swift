import ResolutionProtocol
import Testing

@Suite struct PacketJoinerTests {
    private static let second: UInt64 = 1_000_000_000

    @Test func P11_packetsInAnyOrderAndTwiceGiveTheMessage() throws {
        var random = SeededRandom(printingSeedFor: #function)
        for _ in 0..<200 {
            let message = random.bytes(1 + random.below(4_000))
            let packets = Packet.cut(message, requestID: 7)
            var joiner = PacketJoiner()
            let order = packets.indices.shuffled(using: &random)
            for number in order.dropLast() {
                #expect(joiner.take(packets[number]) == .waiting)
                if random.bool() { #expect(joiner.take(packets[number]) == .waiting) }
            }
            let whole = try #require(order.last)
            #expect(
                joiner.take(packets[whole]) == .complete(Packet.wholeEnvelope(message, requestID: 7).wire + message)
            )
            #expect(joiner.isEmpty)
        }
    }

    @Test func P11_aGapKeepsWaitingAndExpiresAtFiveSeconds() {
        var joiner = PacketJoiner()
        let packets = Packet.cut([UInt8](repeating: 1, count: 2_000), requestID: 1)
        for number in [0, 1, 3, 4] { #expect(joiner.take(packets[number], at: 10) == .waiting) }
        #expect(joiner.byteCount == 2_000)
        joiner.expire(nowNanoseconds: 10 + 5 * Self.second - 1)
        #expect(joiner.messageCount == 1)
        joiner.expire(nowNanoseconds: 10 + 5 * Self.second)
        #expect(joiner.isEmpty)
        // The last packet now begins a message of its own, which is not whole.
        #expect(joiner.take(packets[2], at: 11 + 5 * Self.second) == .waiting)
    }

    @Test func P11_aLaterPacketDoesNotLengthenTheTime() {
        var joiner = PacketJoiner()
        let packets = Packet.cut([UInt8](repeating: 1, count: 1_400), requestID: 1)
        #expect(joiner.take(packets[0], at: 0) == .waiting)
        #expect(joiner.take(packets[1], at: 4 * Self.second) == .waiting)
        #expect(joiner.take(packets[2], at: 5 * Self.second) == .waiting)
        #expect(joiner.messageCount == 1, "the third packet begins anew")
        #expect(joiner.byteCount == 1_400)
    }

    @Test func P11_conflictingTotalsAreDroppedAndHarmNothing() {
        var joiner = PacketJoiner()
        let message = [UInt8](repeating: 1, count: 900)
        let packets = Packet.cut(message, requestID: 1)
        let other = Packet.cut([UInt8](repeating: 2, count: 901), requestID: 1)
        #expect(joiner.take(packets[0]) == .waiting)
        #expect(joiner.take(other[1]) == .dropped(.conflicting))
        #expect(joiner.take(other[0]) == .dropped(.conflicting))
        #expect(joiner.take(packets[1]) == .complete(Packet.wholeEnvelope(message, requestID: 1).wire + message))
    }

    @Test func P11_packetsOfWrongSizeOrNumberAreDropped() {
        var joiner = PacketJoiner()
        var packet = Packet.cut([UInt8](repeating: 1, count: 1_000), requestID: 1)[1]
        for number in [3, 4, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF] as [UInt32] {
            packet.envelope.sequenceNumber = number
            #expect(joiner.take(packet) == .dropped(.malformed))
        }
        packet.envelope.sequenceNumber = 1
        for count in [0, 1, 16, 491, 493, 600] {  // overlapping its neighbours, or leaving a gap
            packet.payload = [UInt8](repeating: 1, count: count)
            #expect(joiner.take(packet) == .dropped(.malformed))
        }
        packet.envelope.messageLength = 262_145
        #expect(joiner.take(packet) == .dropped(.malformed))
        packet.envelope.messageLength = 0xFFFF_FFFF
        #expect(joiner.take(packet) == .dropped(.malformed))
        #expect(joiner.isEmpty)
    }

    @Test func P11_sourcesAndRequestsAreKeptApart() {
        var joiner = PacketJoiner()
        let a = Packet.cut([UInt8](repeating: 1, count: 600), requestID: 1)
        let b = Packet.cut([UInt8](repeating: 2, count: 600), requestID: 2)
        #expect(joiner.take(a[0]) == .waiting)
        #expect(joiner.take(b[1]) == .waiting)
        #expect(joiner.take(a[1], from: [192, 0, 2, 2]) == .waiting)
        #expect(joiner.messageCount == 3)
    }

    @Test func P11_limitsHoldUnderAHundredThousandHalfMessages() {
        var joiner = PacketJoiner()
        let limits = PacketJoiner.Limits()
        var outcomes: [Bool: Int] = [:]
        var largest = (messages: 0, bytes: 0)
        for number in 0..<100_000 {
            let source = number % 10_000
            let packet = Packet.first(of: 600, requestID: UInt32(number))
            let outcome = joiner.take(packet, at: UInt64(number), from: [UInt8(source >> 8), UInt8(source & 0xFF)])
            outcomes[outcome == .waiting, default: 0] += 1
            largest = (max(largest.messages, joiner.messageCount), max(largest.bytes, joiner.byteCount))
        }
        #expect(largest.messages == limits.messages && largest.bytes <= limits.byteCount)
        #expect(outcomes == [true: limits.messages, false: 100_000 - limits.messages])
        joiner.expire(nowNanoseconds: 6 * Self.second)
        #expect(joiner.isEmpty)
        #expect(joiner.take(Packet.first(of: 600, requestID: 1), at: 6 * Self.second) == .waiting)
    }

    @Test func P11_oneSourceHoldsNoMoreThanItsShare() {
        var joiner = PacketJoiner()
        for number in 0..<64 as Range<UInt32> { #expect(joiner.take(.first(of: 600, requestID: number)) == .waiting) }
        #expect(joiner.take(.first(of: 600, requestID: 64)) == .dropped(.full))
        #expect(joiner.take(.first(of: 600, requestID: 64), from: [1]) == .waiting)
        joiner.expire(nowNanoseconds: 5 * Self.second)
        #expect(joiner.take(.first(of: 600, requestID: 64), at: 5 * Self.second) == .waiting)
    }

    @Test func P11_bytesAreBoundedInAll() {
        var joiner = PacketJoiner()
        for number in 0..<64 as Range<UInt32> {
            #expect(joiner.take(.first(of: 262_144, requestID: number), from: [UInt8(number)]) == .waiting)
        }
        #expect(joiner.byteCount == 16 * 1_048_576)
        #expect(joiner.take(.first(of: 493, requestID: 99), from: [99]) == .dropped(.full))
    }

    @Test func manyMessagesThatBecomeWholeBlockNobody() {
        var joiner = PacketJoiner()
        let message = [UInt8](repeating: 1, count: 600)
        let stuck = Packet.first(of: 700, requestID: 0)
        #expect(joiner.take(stuck, from: [1]) == .waiting)
        for number in 1...20_000 as ClosedRange<UInt32> {
            let packets = Packet.cut(message, requestID: number % 3)
            #expect(joiner.take(packets[0], at: 1) == .waiting)
            guard case .complete = joiner.take(packets[1], at: 1) else {
                Issue.record("message \(number) was refused")
                return
            }
        }
        #expect(joiner.messageCount == 1)
        joiner.expire(nowNanoseconds: 5 * Self.second)
        #expect(joiner.isEmpty)
    }
}

/// One datagram, taken apart.
private struct Packet {
    var envelope: Envelope
    var payload: [UInt8]

    static func wholeEnvelope(_ message: [UInt8], requestID: UInt32) -> Envelope {
        Envelope(requestID: requestID, messageLength: UInt32(message.count))
    }

    static func cut(_ message: [UInt8], requestID: UInt32) -> [Packet] {
        let count = Packets.count(messageByteCount: message.count)
        return (0..<count).map { number in
            Packet(
                envelope: Packets.envelope(
                    of: number,
                    count: count,
                    message: Envelope(requestID: requestID),
                    messageByteCount: message.count
                ),
                payload: Array(message[Packets.payloadRange(of: number, messageByteCount: message.count)])
            )
        }
    }

    /// The first packet of a message that is never completed.
    static func first(of messageByteCount: Int, requestID: UInt32) -> Packet {
        Packet(
            envelope: Envelope(
                flags: .truncated,
                requestID: requestID,
                messageLength: UInt32(messageByteCount)
            ),
            payload: [UInt8](repeating: 0, count: Packets.payloadByteCountMax)
        )
    }
}

extension PacketJoiner {
    fileprivate var isEmpty: Bool { messageCount == 0 && byteCount == 0 }

    fileprivate mutating func take(
        _ packet: Packet,
        at nowNanoseconds: UInt64 = 0,
        from source: [UInt8] = [192, 0, 2, 1]
    ) -> Outcome {
        take(
            envelope: packet.envelope,
            payload: packet.payload.span.bytes,
            from: source,
            nowNanoseconds: nowNanoseconds
        )
    }
}
