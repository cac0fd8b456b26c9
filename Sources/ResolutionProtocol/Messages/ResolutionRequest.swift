/// Body of a request to resolve (operations.md §1, op 1).
public struct ResolutionRequest: Hashable, Sendable {
    /// The identifier asked for, as spelt.
    public var identifier: [UInt8]
    /// Indexes of the values wanted.
    public var indexes: [UInt32]
    /// Types of the values wanted. Both lists empty: all values.
    public var types: [WireText]
    /// The asker's identity, a further field that the national SDK always writes (wire.md §4.3); nil: not there.
    public var identity: [UInt8]?

    /// Asks for the values of `identifier` with one of `indexes` or one of `types`; for all when both are empty.
    public init(identifier: [UInt8], indexes: [UInt32] = [], types: [WireText] = [], identity: [UInt8]? = nil) {
        self.identifier = identifier
        self.indexes = indexes
        self.types = types
        self.identity = identity
    }
}

extension ResolutionRequest: WireCodable {
    public static var byteCountMin: Int { 12 }

    public init(from reader: inout WireReader) throws(WireError) {
        identifier = try reader.lengthPrefixedBytes()
        indexes = try reader.array()
        types = try reader.array()
        identity = reader.remaining > 0 ? try reader.lengthPrefixedBytes() : nil
    }

    public func write(to writer: inout WireWriter) {
        writer.lengthPrefixedBytes(identifier)
        writer.array(indexes)
        writer.array(types)
        if let identity { writer.lengthPrefixedBytes(identity) }
    }
}
