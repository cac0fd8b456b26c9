/// Body of a request to remove values (operations.md §1, op 103).
public struct IndexesRequest: WireCodable, Hashable, Sendable {
    /// The identifier, as spelt.
    public var identifier: [UInt8]
    /// Indexes of the values to remove.
    public var indexes: [UInt32]

    /// Asks for the values at `indexes` to be removed from `identifier`.
    public init(identifier: [UInt8], indexes: [UInt32]) {
        self.identifier = identifier
        self.indexes = indexes
    }

    public static var byteCountMin: Int { 8 }

    public init(from reader: inout WireReader) throws(WireError) {
        identifier = try reader.lengthPrefixedBytes()
        indexes = try reader.array()
    }

    public func write(to writer: inout WireWriter) {
        writer.lengthPrefixedBytes(identifier)
        writer.array(indexes)
    }
}
