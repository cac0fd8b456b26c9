/// Joins the packets of messages that came in several (wire.md §9, reliability case P11).
///
/// Bounded in messages per source, in messages and in bytes in total, and in time; what does not fit or contradicts
/// what came before is dropped and counted. Knows no clock: the caller says what time it is.
public struct PacketJoiner: Sendable {
    /// Bounds of a joiner.
    public struct Limits: Sendable {
        /// Unfinished messages of one source.
        public var messagesPerSource = 64
        /// Unfinished messages in all.
        public var messages = 4_096
        /// Bytes announced by all unfinished messages.
        public var byteCount = 16 * 1_048_576
        /// How long a message may take, in nanoseconds.
        public var lifetimeNanoseconds: UInt64 = 5_000_000_000

        /// The limits of reliability-cases.md.
        public init() {}
    }

    /// What became of a packet.
    public enum Outcome: Equatable, Sendable {
        /// The message is whole: envelope (as in a message of one packet) and message.
        case complete([UInt8])
        /// More packets are needed.
        case waiting
        /// The packet was not taken.
        case dropped(Reason)
    }

    /// Why a packet was not taken.
    public enum Reason: Equatable, Sendable {
        /// Its number lies behind the end of the message, or its length is not that of such a packet.
        case malformed
        /// It announces another length than the packets before.
        case conflicting
        /// A bound was reached.
        case full
    }

    /// Who sent it (address bytes, port not counted) and for which request.
    private struct Key: Hashable {
        let source: [UInt8]
        let requestID: UInt32
    }

    private struct Unfinished {
        var bytes: [UInt8]
        var received: [Bool]
        var missingCount: Int
        /// Tells it from an earlier message of the same key in the order.
        let number: UInt64
    }

    private let limits: Limits
    private var unfinished: [Key: Unfinished] = [:]
    private var countBySource: [[UInt8]: Int] = [:]
    private var order: [(key: Key, number: UInt64, deadline: UInt64)] = []
    private var nextNumber: UInt64 = 0
    private var orderStart = 0
    /// Bytes announced by the messages that are waiting.
    public private(set) var byteCount = 0

    /// A joiner with `limits`.
    public init(limits: Limits = Limits()) { self.limits = limits }

    /// Messages that are waiting for packets.
    public var messageCount: Int { unfinished.count }

    /// Takes one packet: `payload` is what follows `envelope` in the datagram.
    public mutating func take(
        envelope: Envelope,
        payload: RawSpan,
        from source: [UInt8],
        nowNanoseconds: UInt64
    ) -> Outcome {
        expire(nowNanoseconds: nowNanoseconds)
        let total = Int(envelope.messageLength)
        let count = Packets.count(messageByteCount: total)
        guard total <= Envelope.messageLengthMax, envelope.sequenceNumber < UInt32(count) else {
            return .dropped(.malformed)
        }
        let number = Int(envelope.sequenceNumber)
        let range = Packets.payloadRange(of: number, messageByteCount: total)
        guard payload.byteCount == range.count else { return .dropped(.malformed) }
        let key = Key(source: source, requestID: envelope.requestID)
        guard begin(key, total: total, count: count, nowNanoseconds: nowNanoseconds) else { return .dropped(.full) }
        guard unfinished[key]?.bytes.count == total else { return .dropped(.conflicting) }
        return store(payload, number: number, range: range, envelope: envelope, key: key)
    }

    /// Forgets the messages whose time has run out.
    public mutating func expire(nowNanoseconds: UInt64) {
        while orderStart < order.count {
            let (key, number, deadline) = order[orderStart]
            guard deadline <= nowNanoseconds else { break }
            // The message may be whole by now, and the key have begun anew: that one has a later place in the order.
            if unfinished[key]?.number == number { remove(key) }
            orderStart += 1
        }
        if orderStart == order.count || (orderStart > 1_024 && orderStart * 2 > order.count) {
            order.removeFirst(orderStart)
            orderStart = 0
        }
    }

    /// Drops the places of messages that are whole already, once they make up half of the order and more, so that many
    /// short-lived messages neither fill it nor block those that come after.
    private mutating func compactOrder() {
        guard order.count - orderStart >= limits.messages * 2 else { return }
        order = order[orderStart...].filter { unfinished[$0.key]?.number == $0.number }
        orderStart = 0
    }

    /// Makes room for a message that is not known yet; false when a bound forbids it.
    private mutating func begin(_ key: Key, total: Int, count: Int, nowNanoseconds: UInt64) -> Bool {
        guard unfinished[key] == nil else { return true }
        let ofSource = countBySource[key.source, default: 0]
        guard unfinished.count < limits.messages, ofSource < limits.messagesPerSource,
            total <= limits.byteCount - byteCount
        else { return false }
        compactOrder()
        unfinished[key] = Unfinished(
            bytes: [UInt8](repeating: 0, count: total),
            received: [Bool](repeating: false, count: count),
            missingCount: count,
            number: nextNumber
        )
        countBySource[key.source] = ofSource + 1
        order.append((key, nextNumber, nowNanoseconds &+ limits.lifetimeNanoseconds))
        nextNumber &+= 1
        byteCount += total
        return true
    }

    private mutating func store(
        _ payload: RawSpan,
        number: Int,
        range: Range<Int>,
        envelope: Envelope,
        key: Key
    ) -> Outcome {
        guard var message = unfinished.removeValue(forKey: key) else { return .waiting }
        if !message.received[number] {
            message.received[number] = true
            message.missingCount -= 1
            message.bytes.replaceSubrange(range, with: [UInt8](payload))
        }
        unfinished[key] = message
        guard message.missingCount == 0 else { return .waiting }
        remove(key)
        var whole = envelope
        whole.sequenceNumber = 0
        whole.flags.remove(.truncated)
        return .complete(whole.wire + message.bytes)
    }

    private mutating func remove(_ key: Key) {
        guard let message = unfinished.removeValue(forKey: key) else { return }
        byteCount -= message.bytes.count
        let left = countBySource[key.source, default: 1] - 1
        countBySource[key.source] = left > 0 ? left : nil
    }
}
