package import ResolutionProtocol

/// Cuts a stream of bytes into messages by the length that each envelope announces (wire.md §10).
///
/// Holds one unfinished message and what was read behind it, so the reader's buffer is the bound beside
/// `Envelope.messageLengthMax`.
package struct MessageCutter: Sendable {
    private var bytes: [UInt8] = []
    private var start = 0

    /// Nothing has come yet.
    package init() {}

    /// Adds bytes as they came.
    package mutating func append(_ more: ArraySlice<UInt8>) {
        if start == bytes.count {
            bytes.removeAll(keepingCapacity: true)
            start = 0
        } else if start > 65_536 {
            bytes.removeFirst(start)
            start = 0
        }
        bytes.append(contentsOf: more)
    }

    /// The next whole message with its envelope; nil: more bytes are needed. Throws where the length is out of range.
    package mutating func next() throws(WireError) -> [UInt8]? {
        guard let byteCount = try nextByteCount() else { return nil }
        defer { start += byteCount }
        return Array(bytes[start..<start + byteCount])
    }

    /// Lends each whole message with its envelope, and returns how many there were; nothing is copied. Throws where a
    /// length is out of range, after the messages before it.
    package mutating func lendAll(_ body: (_ message: RawSpan) -> Void) throws(WireError) -> Int {
        var count = 0
        while let byteCount = try nextByteCount() {
            body(bytes.span.bytes.extracting(start..<start + byteCount))
            start += byteCount
            count += 1
        }
        return count
    }

    /// How long the next message is, if it is there as a whole.
    private func nextByteCount() throws(WireError) -> Int? {
        let available = bytes.count - start
        guard available >= Envelope.byteCount else { return nil }
        var reader = WireReader(bytes.span.bytes.extracting(start..<bytes.count))
        let byteCount = Envelope.byteCount + Int(try Envelope(from: &reader).messageLength)
        return available >= byteCount ? byteCount : nil
    }
}
