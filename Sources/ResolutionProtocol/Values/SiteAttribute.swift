/// A name and a text of a site record.
public struct SiteAttribute: WireCodable, Hashable, Sendable {
    /// For example `desc`.
    public var name: [UInt8]
    /// UTF-8.
    public var value: [UInt8]

    /// An attribute.
    public init(name: [UInt8], value: [UInt8]) {
        self.name = name
        self.value = value
    }

    public static var byteCountMin: Int { 8 }

    public init(from reader: inout WireReader) throws(WireError) {
        name = try reader.lengthPrefixedBytes()
        value = try reader.lengthPrefixedBytes()
    }

    public func write(to writer: inout WireWriter) {
        writer.lengthPrefixedBytes(name)
        writer.lengthPrefixedBytes(value)
    }
}
