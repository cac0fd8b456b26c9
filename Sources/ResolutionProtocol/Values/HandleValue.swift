/// One value of an identifier (data-model.md §2).
///
///     0  index  4 timestamp  8 ttl type  9 ttl  13 permissions  14 type  …  data  …  references
public struct HandleValue: Hashable, Sendable {
    /// Offset of the permissions in the wire form.
    static let permissionsOffset = 13

    /// Unique within the identifier.
    public var index: UInt32
    /// Seconds since 1970 of the last change.
    public var timestamp: UInt32
    /// 0: `ttl` counts from the time it was read; 1: `ttl` is a time.
    public var ttlType: UInt8
    /// Seconds, or seconds since 1970.
    public var ttl: Int32
    /// Who may read and write it.
    public var permissions: ValuePermissions
    /// `URL`, `HS_SITE`, … as spelt.
    public var type: [UInt8]
    /// What the type says it is.
    public var data: [UInt8]
    /// Practically always empty.
    public var references: [ValueReference]

    /// A value; the defaults are those of the reference tools.
    public init(
        index: UInt32,
        timestamp: UInt32 = 0,
        ttlType: UInt8 = 0,
        ttl: Int32 = 86_400,
        permissions: ValuePermissions = .standard,
        type: [UInt8],
        data: [UInt8],
        references: [ValueReference] = []
    ) {
        self.index = index
        self.timestamp = timestamp
        self.ttlType = ttlType
        self.ttl = ttl
        self.permissions = permissions
        self.type = type
        self.data = data
        self.references = references
    }
}

extension HandleValue: WireCodable {
    public static var byteCountMin: Int { 26 }

    public init(from reader: inout WireReader) throws(WireError) {
        index = try reader.uint32()
        timestamp = try reader.uint32()
        ttlType = try reader.uint8()
        ttl = try reader.int32()
        permissions = ValuePermissions(rawValue: try reader.uint8())
        type = try reader.lengthPrefixedBytes()
        data = try reader.lengthPrefixedBytes()
        references = try reader.array()
    }

    public func write(to writer: inout WireWriter) {
        writer.uint32(index)
        writer.uint32(timestamp)
        writer.uint8(ttlType)
        writer.int32(ttl)
        writer.uint8(permissions.rawValue)
        writer.lengthPrefixedBytes(type)
        writer.lengthPrefixedBytes(data)
        writer.array(references)
    }
}
