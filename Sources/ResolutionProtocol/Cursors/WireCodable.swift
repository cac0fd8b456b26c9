/// Something that stands in a message: read and written field by field in the same order.
public protocol WireCodable {
    /// The fewest bytes one such thing can take: a count from the wire reserves no more than the bytes left could fill.
    static var byteCountMin: Int { get }
    /// Reads the fields in the order of the wire.
    init(from reader: inout WireReader) throws(WireError)
    /// Writes the fields in the order of the wire.
    func write(to writer: inout WireWriter)
}

extension WireCodable {
    /// Reads one from `bytes`, all of them.
    public init(wire bytes: [UInt8]) throws(WireError) {
        let span = bytes.span
        var reader = WireReader(span.bytes)
        self = try Self(from: &reader)
        try reader.finish()
    }

    /// The bytes as they go on the wire.
    public var wire: [UInt8] {
        var writer = WireWriter(capacity: 256)
        write(to: &writer)
        return [UInt8](writer.bytes)
    }
}

/// A name or a text in a list: its bytes, with a length in front.
public struct WireText: WireCodable, Hashable, Sendable {
    /// UTF-8 as it came; not checked.
    public var bytes: [UInt8]

    /// Wraps `bytes`.
    public init(_ bytes: [UInt8]) { self.bytes = bytes }

    public static var byteCountMin: Int { 4 }

    public init(from reader: inout WireReader) throws(WireError) {
        bytes = try reader.lengthPrefixedBytes()
    }

    public func write(to writer: inout WireWriter) {
        writer.lengthPrefixedBytes(bytes)
    }
}

extension UInt32: WireCodable {
    public static var byteCountMin: Int { 4 }

    public init(from reader: inout WireReader) throws(WireError) { self = try reader.uint32() }

    public func write(to writer: inout WireWriter) { writer.uint32(self) }
}
