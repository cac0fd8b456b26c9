/// Body of a request that names one identifier or prefix and says no more (operations.md §1): ops 2, 101, 105, 106,
/// 300, 301, 302, 401, 1000 and 1003. Where the name does not matter it is `/`.
public struct NameRequest: WireCodable, Hashable, Sendable {
    /// The name, as spelt.
    public var name: [UInt8]

    /// Names `name`.
    public init(name: [UInt8]) { self.name = name }

    /// What operations carry that are about the server and not about a name.
    public static let unnamed = NameRequest(name: [UInt8(ascii: "/")])

    public static var byteCountMin: Int { 4 }

    public init(from reader: inout WireReader) throws(WireError) {
        name = try reader.lengthPrefixedBytes()
    }

    public func write(to writer: inout WireWriter) {
        writer.lengthPrefixedBytes(name)
    }
}
