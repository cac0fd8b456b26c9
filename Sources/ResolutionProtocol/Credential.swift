/// What proves who made a message: the last part of it (wire.md §12). Kept as it came; judged by whoever has the key.
public struct Credential: Hashable, Sendable {
    /// 0.
    public var version: UInt8
    /// 0.
    public var reserved: UInt8
    /// 0.
    public var options: UInt16
    /// Unused by those who write it: length 0.
    public var signer: [UInt8]
    /// Counter of the session against replay; 0 for a server's signature outside a session.
    public var sessionCounter: UInt32
    /// `HS_MAC`, `HS_SIGNED`, or the old `HS_DSAPUBKEY`.
    public var type: [UInt8]
    /// Name of the digest; a single octet in some versions, so bytes and not text.
    public var digestAlgorithm: [UInt8]
    /// Signature or authentication code.
    public var signature: [UInt8]

    /// Puts a credential together.
    public init(sessionCounter: UInt32, type: [UInt8], digestAlgorithm: [UInt8], signature: [UInt8]) {
        self.version = 0
        self.reserved = 0
        self.options = 0
        self.signer = []
        self.sessionCounter = sessionCounter
        self.type = type
        self.digestAlgorithm = digestAlgorithm
        self.signature = signature
    }
}

extension Credential: WireCodable {
    public static var byteCountMin: Int { 28 }

    public init(from reader: inout WireReader) throws(WireError) {
        version = try reader.uint8()
        reserved = try reader.uint8()
        options = try reader.uint16()
        signer = try reader.lengthPrefixedBytes()
        sessionCounter = try reader.uint32()
        type = try reader.lengthPrefixedBytes()
        let restLength = try reader.length()
        let before = reader.remaining
        digestAlgorithm = try reader.lengthPrefixedBytes()
        signature = try reader.lengthPrefixedBytes()
        guard before - reader.remaining == restLength else { throw .invalidField }
    }

    public func write(to writer: inout WireWriter) {
        writer.uint8(version)
        writer.uint8(reserved)
        writer.uint16(options)
        writer.lengthPrefixedBytes(signer)
        writer.uint32(sessionCounter)
        writer.lengthPrefixedBytes(type)
        writer.uint32(UInt32(truncatingIfNeeded: 8 + digestAlgorithm.count + signature.count))
        writer.lengthPrefixedBytes(digestAlgorithm)
        writer.lengthPrefixedBytes(signature)
    }
}

extension Credential {
    /// Reads what follows the body of a message, to the end of `reader`; nil when there is no credential. Fewer than
    /// four bytes mean that there is none (wire.md §2).
    public init?(after reader: inout WireReader) throws(WireError) {
        guard reader.remaining >= 4 else {
            try reader.skip(reader.remaining)
            return nil
        }
        let length = try reader.length()
        guard length > 0 else {
            try reader.finish()
            return nil
        }
        var inner = WireReader(try reader.span(byteCount: length))
        self = try Credential(from: &inner)
        try inner.finish()
        try reader.finish()
    }
}
