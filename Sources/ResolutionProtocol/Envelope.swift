/// The 20 bytes before each message and each UDP packet (wire.md §3).
///
///     0  major  minor  flags+suggested major  suggested minor
///     4  session id
///     8  request id
///     12 sequence number        number of the UDP packet, from 0
///     16 message length         of the whole message, in every packet the same, envelopes not counted
public struct Envelope: WireCodable, Hashable, Sendable {
    /// Bytes of an envelope.
    public static let byteCount = 20
    public static var byteCountMin: Int { byteCount }
    /// The longest message that may be announced, in bytes.
    public static let messageLengthMax = 262_144

    /// Bits of the third byte (wire.md §3).
    public struct Flags: OptionSet, Hashable, Sendable {
        public let rawValue: UInt8
        public init(rawValue: UInt8) { self.rawValue = rawValue }
        /// CP: compressed; no algorithm is defined, so it is refused.
        public static let compressed = Flags(rawValue: 0x80)
        /// EC: everything behind the envelope is encrypted with the session key.
        public static let encrypted = Flags(rawValue: 0x40)
        /// TC: one packet of a longer message.
        public static let truncated = Flags(rawValue: 0x20)
    }

    /// The version in which this message is encoded.
    public var version: ProtocolVersion
    /// CP, EC, TC.
    public var flags: Flags
    /// The newest version its sender speaks; 0.0 from peers that do not say.
    public var suggestedVersion: ProtocolVersion
    /// 0: none.
    public var sessionID: UInt32
    /// Chosen by the client, repeated in the response.
    public var requestID: UInt32
    /// Number of the UDP packet; 0 on other transports.
    public var sequenceNumber: UInt32
    /// Bytes of the whole message, 0...`messageLengthMax`.
    public var messageLength: UInt32

    /// An envelope for a message of `messageLength` bytes.
    public init(
        version: ProtocolVersion = .newest,
        flags: Flags = [],
        suggestedVersion: ProtocolVersion = .newest,
        sessionID: UInt32 = 0,
        requestID: UInt32,
        sequenceNumber: UInt32 = 0,
        messageLength: UInt32 = 0
    ) {
        self.version = version
        self.flags = flags
        self.suggestedVersion = suggestedVersion
        self.sessionID = sessionID
        self.requestID = requestID
        self.sequenceNumber = sequenceNumber
        self.messageLength = messageLength
    }

    public init(from reader: inout WireReader) throws(WireError) {
        self = try Envelope(anyLengthFrom: &reader)
        guard messageLength <= UInt32(Self.messageLengthMax) else { throw .messageLengthOutOfRange }
    }

    /// Reads an envelope without judging its message length, so that a refusal can still name the request.
    public init(anyLengthFrom reader: inout WireReader) throws(WireError) {
        let fields = try reader.span(byteCount: Self.byteCount)
        version = ProtocolVersion(fields.uint8(at: 0), fields.uint8(at: 1))
        let third = fields.uint8(at: 2)
        flags = Flags(rawValue: third & 0xE0)
        // Version 2 has two bits for it, version 3 five (wire.md §3).
        let suggestedMajor = third & (version.major == 3 ? 0x1F : 0x03)
        suggestedVersion = ProtocolVersion(suggestedMajor, fields.uint8(at: 3))
        sessionID = fields.uint32(at: 4)
        requestID = fields.uint32(at: 8)
        sequenceNumber = fields.uint32(at: 12)
        messageLength = fields.uint32(at: 16)
    }

    public func write(to writer: inout WireWriter) {
        writer.fixed(byteCount: Self.byteCount) { fields in
            fields.uint8(version.major, at: 0)
            fields.uint8(version.minor, at: 1)
            fields.uint8(flags.rawValue | suggestedVersion.major & 0x1F, at: 2)
            fields.uint8(suggestedVersion.minor, at: 3)
            fields.uint32(sessionID, at: 4)
            fields.uint32(requestID, at: 8)
            fields.uint32(sequenceNumber, at: 12)
            fields.uint32(messageLength, at: 16)
        }
    }

    /// The version in which to answer: the lower of what the client suggests and what we speak (wire.md §7 rule 3).
    public var answerVersion: ProtocolVersion {
        let asked = suggestedVersion.major == 0 ? version : suggestedVersion
        return min(asked, .newest)
    }
}
