/// A value of another identifier: `index:identifier` (wire.md §1, `ref`).
public struct ValueReference: WireCodable, Hashable, Sendable {
    /// The identifier's bytes.
    public var identifier: [UInt8]
    /// Index of the value there; 0 means any.
    public var index: UInt32

    /// Refers to value `index` of `identifier`.
    public init(identifier: [UInt8], index: UInt32) {
        self.identifier = identifier
        self.index = index
    }

    public static var byteCountMin: Int { 8 }

    public init(from reader: inout WireReader) throws(WireError) {
        identifier = try reader.lengthPrefixedBytes()
        index = try reader.uint32()
    }

    public func write(to writer: inout WireWriter) {
        writer.lengthPrefixedBytes(identifier)
        writer.uint32(index)
    }
}
