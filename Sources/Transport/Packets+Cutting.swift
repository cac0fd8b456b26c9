internal import ResolutionProtocol

extension Packets {
    /// Calls `body` with the envelope and the payload of each packet that an answer of `messageByteCount` bytes behind
    /// its envelope at `start` is cut into: each has the message's envelope, but for the truncated flag and its own
    /// number.
    static func forEach(
        from start: UnsafeRawPointer,
        messageByteCount: Int,
        _ body: (UnsafeRawBufferPointer, UnsafeRawBufferPointer) -> Void
    ) {
        let message = start + Envelope.byteCount
        for number in 0..<count(messageByteCount: messageByteCount) {
            let range = payloadRange(of: number, messageByteCount: messageByteCount)
            let payload = UnsafeRawBufferPointer(start: message + range.lowerBound, count: range.count)
            withUnsafeTemporaryAllocation(byteCount: Envelope.byteCount, alignment: 8) { head in
                head.copyMemory(from: UnsafeRawBufferPointer(start: start, count: Envelope.byteCount))
                head[2] |= Envelope.Flags.truncated.rawValue
                head.storeBytes(of: UInt32(truncatingIfNeeded: number).bigEndian, toByteOffset: 12, as: UInt32.self)
                body(UnsafeRawBufferPointer(head), payload)
            }
        }
    }
}
