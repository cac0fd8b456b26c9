import ResolutionProtocol
import Testing

@Suite struct PacketsTests {
    @Test(arguments: [
        (0, 1), (1, 1), (491, 1), (492, 1), (493, 2), (984, 2), (985, 3), (262_144, 533),
    ])
    func counts(_ messageByteCount: Int, _ count: Int) {
        #expect(Packets.count(messageByteCount: messageByteCount) == count)
    }

    @Test(arguments: [0, 1, 491, 492, 493, 984, 985, 5_000])
    func packetsAreFullButTheLastAndGiveTheMessage(_ byteCount: Int) throws {
        let message = (0..<byteCount).map { UInt8(truncatingIfNeeded: $0 &* 7) }
        let datagrams = Packets.datagrams(of: message, envelope: Envelope(sessionID: 3, requestID: 9))
        #expect(datagrams.count == Packets.count(messageByteCount: byteCount))
        #expect(datagrams.flatMap { $0.dropFirst(Envelope.byteCount) } == message)
        for (number, datagram) in datagrams.enumerated() {
            let envelope = try Envelope(wire: Array(datagram.prefix(Envelope.byteCount)))
            #expect(envelope.sequenceNumber == UInt32(number))
            #expect(envelope.messageLength == UInt32(byteCount))
            #expect(envelope.flags.contains(.truncated) == (datagrams.count > 1))
            #expect(envelope.requestID == 9 && envelope.sessionID == 3)
            if number < datagrams.count - 1 { #expect(datagram.count == Packets.datagramByteCountMax) }
        }
    }
}
