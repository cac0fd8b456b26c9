/// The 24 bytes at the start of each message (wire.md §4).
public struct Header: WireCodable, Hashable, Sendable {
    /// Bytes of a header.
    public static let byteCount = 24
    public static var byteCountMin: Int { byteCount }
    /// Offset of the flags.
    package static let flagsOffset = 8
    /// Serial number of a request whose sender knows no site record.
    public static let unknownSerial: UInt16 = 0xFFFF
    /// How long a message is good for after it was sent, in seconds (12 h).
    public static let lifetimeSeconds: UInt32 = 43_200

    /// What is asked; repeated in the response.
    public var opCode: OpCode
    /// 0 in requests.
    public var responseCode: ResponseCode
    /// AT, CT, ENC, …
    public var flags: OpFlags
    /// Request: serial of the site record used; response: serial of the server's own.
    public var siteInfoSerial: UInt16
    /// Hops so far.
    public var recursionCount: UInt8
    /// Always 0.
    public var reserved: UInt8
    /// Seconds since 1970 after which the message is stale; a signed number on the wire.
    public var expiration: UInt32
    /// Bytes of the body.
    public var bodyLength: UInt32

    /// A header; `bodyLength` is known once the body has been written.
    public init(
        opCode: OpCode,
        responseCode: ResponseCode = .request,
        flags: OpFlags = .requestDefault,
        siteInfoSerial: UInt16 = Header.unknownSerial,
        recursionCount: UInt8 = 0,
        expiration: UInt32,
        bodyLength: UInt32 = 0
    ) {
        self.opCode = opCode
        self.responseCode = responseCode
        self.flags = flags
        self.siteInfoSerial = siteInfoSerial
        self.recursionCount = recursionCount
        self.reserved = 0
        self.expiration = expiration
        self.bodyLength = bodyLength
    }

    public init(from reader: inout WireReader) throws(WireError) {
        let fields = try reader.span(byteCount: Self.byteCount)
        opCode = OpCode(rawValue: fields.uint32(at: 0))
        responseCode = ResponseCode(rawValue: fields.uint32(at: 4))
        flags = OpFlags(rawValue: fields.uint32(at: 8))
        siteInfoSerial = fields.uint16(at: 12)
        recursionCount = fields.uint8(at: 14)
        reserved = fields.uint8(at: 15)
        expiration = fields.uint32(at: 16)
        bodyLength = fields.uint32(at: 20)
    }

    public func write(to writer: inout WireWriter) {
        writer.fixed(byteCount: Self.byteCount) { fields in
            fields.uint32(opCode.rawValue, at: 0)
            fields.uint32(responseCode.rawValue, at: 4)
            fields.uint32(flags.rawValue, at: 8)
            fields.uint16(siteInfoSerial, at: 12)
            fields.uint8(recursionCount, at: 14)
            fields.uint8(reserved, at: 15)
            fields.uint32(expiration, at: 16)
            fields.uint32(bodyLength, at: 20)
        }
    }
}
