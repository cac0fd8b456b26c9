/// How a message is cut into UDP packets (wire.md §9).
///
/// Each packet has the whole envelope with its own sequence number, and up to 492 bytes of the message; all but the
/// last are full. The truncated flag is set in all when there are several.
public enum Packets {
    /// The longest datagram that is sent.
    public static let datagramByteCountMax = 512
    /// Bytes of the message in a full packet.
    public static let payloadByteCountMax = datagramByteCountMax - Envelope.byteCount

    /// Packets that a message of `messageByteCount` bytes takes; 1 for an empty one.
    @inlinable
    public static func count(messageByteCount: Int) -> Int {
        max(1, (messageByteCount + payloadByteCountMax - 1) / payloadByteCountMax)
    }

    /// The part of the message that packet `number` carries.
    @inlinable
    public static func payloadRange(of number: Int, messageByteCount: Int) -> Range<Int> {
        let start = min(number * payloadByteCountMax, messageByteCount)
        return start..<min(start + payloadByteCountMax, messageByteCount)
    }

    /// Cuts `message`, without its envelope, into datagrams.
    public static func datagrams(of message: [UInt8], envelope: Envelope) -> [[UInt8]] {
        let count = count(messageByteCount: message.count)
        return (0..<count).map { number in
            let envelope = self.envelope(of: number, count: count, message: envelope, messageByteCount: message.count)
            return envelope.wire + message[payloadRange(of: number, messageByteCount: message.count)]
        }
    }

    /// The envelope of packet `number` of `count`.
    public static func envelope(
        of number: Int,
        count: Int,
        message: Envelope,
        messageByteCount: Int
    ) -> Envelope {
        var envelope = message
        envelope.sequenceNumber = UInt32(truncatingIfNeeded: number)
        envelope.messageLength = UInt32(truncatingIfNeeded: messageByteCount)
        if count > 1 { envelope.flags.insert(.truncated) }
        return envelope
    }
}
