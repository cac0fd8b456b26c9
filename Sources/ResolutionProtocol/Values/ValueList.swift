/// Data of an `HS_VLIST` value: a group of administrators (data-model.md §4.2).
public struct ValueList: WireCodable, Hashable, Sendable {
    /// Its members; index 0 means any value of that identifier.
    public var references: [ValueReference]

    /// A group of `references`.
    public init(references: [ValueReference]) { self.references = references }

    public static var byteCountMin: Int { 4 }

    public init(from reader: inout WireReader) throws(WireError) {
        references = try reader.array()
    }

    public func write(to writer: inout WireWriter) {
        writer.array(references)
    }
}
