/// Body of a successful resolution (operations.md §1, op 1).
public struct ResolutionAnswer: WireCodable, Hashable, Sendable {
    /// The identifier in the asker's spelling.
    public var identifier: [UInt8]
    /// The values asked for and allowed.
    public var values: [HandleValue]

    /// An answer.
    public init(identifier: [UInt8], values: [HandleValue]) {
        self.identifier = identifier
        self.values = values
    }

    public static var byteCountMin: Int { 8 }

    public init(from reader: inout WireReader) throws(WireError) {
        identifier = try reader.lengthPrefixedBytes()
        values = try reader.array()
    }

    public func write(to writer: inout WireWriter) {
        writer.lengthPrefixedBytes(identifier)
        writer.array(values)
    }
}
