/// Body of a request to create an identifier, or to add or modify values of one (operations.md §1, ops 100, 102, 104).
public struct ValuesRequest: WireCodable, Hashable, Sendable {
    /// The identifier, as spelt; with `OpFlags.mintSuffix` what the made-up suffix is put behind.
    public var identifier: [UInt8]
    /// The values; when they modify, each replaces the one with its index.
    public var values: [HandleValue]

    /// Asks for `values` to be put into `identifier`.
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
