internal import ResolutionProtocol

/// Puts the packets of one answer together (wire.md §9).
struct DatagramJoining {
    /// The answer so far, its envelope in front.
    private(set) var message: [UInt8]
    private let byteCount: Int
    private var isThere: [Bool]

    /// An answer of `byteCount` bytes, envelope not counted.
    init(byteCount: Int) {
        self.byteCount = min(byteCount, Envelope.messageLengthMax)
        message = Array(repeating: 0, count: Envelope.byteCount + self.byteCount)
        isThere = Array(repeating: false, count: Packets.count(messageByteCount: self.byteCount))
    }

    /// Whether all packets are there.
    var isComplete: Bool { isThere.allSatisfy { $0 } }

    /// Adds packet `number`; one that does not fit its place is ignored.
    mutating func add(_ datagram: UnsafeRawBufferPointer, number: Int) {
        guard isThere.indices.contains(number), !isThere[number] else { return }
        let range = Packets.payloadRange(of: number, messageByteCount: byteCount)
        guard datagram.count == Envelope.byteCount + range.count else { return }
        isThere[number] = true
        if number == 0 { message.replaceSubrange(..<Envelope.byteCount, with: datagram[..<Envelope.byteCount]) }
        let target = range.lowerBound + Envelope.byteCount..<range.upperBound + Envelope.byteCount
        message.replaceSubrange(target, with: datagram[Envelope.byteCount...])
    }
}
