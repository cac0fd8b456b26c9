/// The 24 bytes at the start of each message (wire.md §4).
public struct Header: WireCodable, Hashable, Sendable {
    /// Bytes of a header.
    public static let byteCount = 24
    public static var byteCountMin: Int { byteCount }
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
        opCode = OpCode(rawValue: try reader.uint32())
        responseCode = ResponseCode(rawValue: try reader.uint32())
        flags = OpFlags(rawValue: try reader.uint32())
        siteInfoSerial = try reader.uint16()
        recursionCount = try reader.uint8()
        reserved = try reader.uint8()
        expiration = try reader.uint32()
        bodyLength = try reader.uint32()
    }

    public func write(to writer: inout WireWriter) {
        writer.uint32(opCode.rawValue)
        writer.uint32(responseCode.rawValue)
        writer.uint32(flags.rawValue)
        writer.uint16(siteInfoSerial)
        writer.uint8(recursionCount)
        writer.uint8(reserved)
        writer.uint32(expiration)
        writer.uint32(bodyLength)
    }
}
