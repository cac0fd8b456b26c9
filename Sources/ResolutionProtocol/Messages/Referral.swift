/// Body of a referral, codes 302 and 303: who to ask instead (operations.md §1).
public struct Referral: WireCodable, Hashable, Sendable {
    /// Identifier whose site values apply; empty: those given here.
    public var identifier: [UInt8]
    /// Site and service values; nil when the body ends behind the identifier, which is not the same as none.
    public var values: [HandleValue]?

    /// A referral.
    public init(identifier: [UInt8], values: [HandleValue]?) {
        self.identifier = identifier
        self.values = values
    }

    public static var byteCountMin: Int { 4 }

    public init(from reader: inout WireReader) throws(WireError) {
        identifier = try reader.lengthPrefixedBytes()
        values = reader.remaining > 0 ? try reader.array() : nil
    }

    public func write(to writer: inout WireWriter) {
        writer.lengthPrefixedBytes(identifier)
        if let values { writer.array(values) }
    }
}
