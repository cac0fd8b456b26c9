internal import Resolution
internal import ResolutionProtocol

/// How far the table of references is built, and for which types of values: kept in the table itself, so that a store
/// that comes from a backup, which leaves the table out, has neither.
///
///     u8 complete   i4 n   n × type   position   u64 sequence
struct ReferenceState: Hashable, Sendable, WireCodable {
    /// Shorter than the key of any row.
    static let key = Array("state".utf8)

    /// Whether every record has its rows.
    var isComplete = false
    /// Types of values beside those that always refer.
    var types: [[UInt8]]
    /// The key up to which records have been looked at, where it is not complete.
    var position: [UInt8] = []
    /// Number of the last change that it was kept up with: another one says that an earlier build has written since.
    var lastSequence: UInt64 = 0

    init(types: [[UInt8]]) { self.types = types }

    static var byteCountMin: Int { 17 }

    init(from reader: inout WireReader) throws(WireError) {
        isComplete = try reader.uint8() != 0
        let types: [WireText] = try reader.array()
        self.types = types.map(\.bytes)
        position = try reader.lengthPrefixedBytes()
        lastSequence = try reader.uint64()
    }

    func write(to writer: inout WireWriter) {
        writer.uint8(isComplete ? 1 : 0)
        writer.array(types.map { WireText($0) })
        writer.lengthPrefixedBytes(position)
        writer.uint64(lastSequence)
    }

    /// Writes it in its place.
    func keep(_ transaction: Transaction) throws(LMDBError) {
        var buffer = WireWriter(capacity: 600)
        try transaction.putSealed(transaction.tables.references, Self.key, in: &buffer) { write(to: &$0) }
    }
}
