/// Body of an error (wire.md §6).
public struct ErrorBody: WireCodable, Hashable, Sendable {
    /// UTF-8; may be empty.
    public var message: [UInt8]
    /// Indexes that version 3.0 may append; nil: not there.
    public var indexes: [UInt32]?

    /// An error with a text.
    public init(message: [UInt8], indexes: [UInt32]? = nil) {
        self.message = message
        self.indexes = indexes
    }

    public static var byteCountMin: Int { 4 }

    public init(from reader: inout WireReader) throws(WireError) {
        message = try reader.lengthPrefixedBytes()
        indexes = reader.remaining > 0 ? try reader.array() : nil
    }

    public func write(to writer: inout WireWriter) {
        writer.lengthPrefixedBytes(message)
        if let indexes { writer.array(indexes) }
    }
}
