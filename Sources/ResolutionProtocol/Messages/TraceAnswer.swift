/// Body of a message of the answer to operation 9002 (docs/protocol-extensions.md).
///
///     i4 untold   i4 n   n × item
public struct TraceAnswer: WireCodable, Hashable, Sendable {
    /// Identifiers that are referred to and not told, as there are too many: so far.
    public var untoldCount: UInt32
    /// Identifiers, level by level.
    public var items: [TraceItem]

    /// A message of an answer.
    public init(untoldCount: UInt32, items: [TraceItem]) {
        self.untoldCount = untoldCount
        self.items = items
    }

    public static var byteCountMin: Int { 8 }

    public init(from reader: inout WireReader) throws(WireError) {
        untoldCount = try reader.uint32()
        items = try reader.array()
    }

    public func write(to writer: inout WireWriter) {
        writer.uint32(untoldCount)
        writer.array(items)
    }
}
