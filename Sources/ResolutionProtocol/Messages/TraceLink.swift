/// A reference from a value of one identifier to another identifier (docs/trace.md).
///
///     i4 index   type   identifier
public struct TraceLink: WireCodable, Hashable, Sendable {
    /// Index of the value that refers.
    public var index: UInt32
    /// Type of that value, as spelt.
    public var type: [UInt8]
    /// Forwards whom it refers to, backwards who refers; as spelt.
    public var identifier: [UInt8]

    /// A reference.
    public init(index: UInt32, type: [UInt8], identifier: [UInt8]) {
        self.index = index
        self.type = type
        self.identifier = identifier
    }

    public static var byteCountMin: Int { 12 }

    public init(from reader: inout WireReader) throws(WireError) {
        index = try reader.uint32()
        type = try reader.lengthPrefixedBytes()
        identifier = try reader.lengthPrefixedBytes()
    }

    public func write(to writer: inout WireWriter) {
        writer.uint32(index)
        writer.lengthPrefixedBytes(type)
        writer.lengthPrefixedBytes(identifier)
    }
}
