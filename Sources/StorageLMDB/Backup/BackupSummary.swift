internal import ResolutionProtocol

/// What a backup says of itself; what was restored is compared with it.
///
///     first sequence  u64   newest change when the backup began
///     last sequence   u64   newest change that is in it
///     blocks          u64
///     raw bytes       u64   before compression
///     bytes           u64   after
///     digest          u64 u64
///     tables          u32 { name u32 + bytes, rows u64 } …
public struct BackupSummary: Hashable, Sendable {
    /// A table and how many rows of it are in the state that the backup holds.
    public struct TableRows: Hashable, Sendable {
        /// The table's name.
        public var name: String
        /// Its rows.
        public var count: Int

        /// `count` rows of the table `name`.
        public init(name: String, count: Int) {
            self.name = name
            self.count = count
        }
    }

    /// Sequence number of the newest change when the backup began.
    public var firstSequence: UInt64 = 0
    /// Sequence number of the newest change that is in the backup.
    public var lastSequence: UInt64 = 0
    /// Blocks of rows.
    public var blockCount = 0
    /// Their bytes before compression.
    public var rawByteCount = 0
    /// Their bytes after compression, heads included.
    public var byteCount = 0
    /// The digest of all blocks in their order: high and low half.
    public var digest: [UInt64] = [0, 0]
    /// The rows of each table, in the order of the tables.
    public var tables: [TableRows] = []

    /// Nothing yet.
    public init() {}

    /// Rows of the table `name`; 0: there is no such table.
    public func rowCount(of name: String) -> Int { tables.first { $0.name == name }?.count ?? 0 }

    /// Identifiers.
    public var recordCount: Int { rowCount(of: "records") }

    /// The digest in hexadecimal, 32 digits.
    public var digestHex: String {
        digest.map { word in
            let digits = String(word, radix: 16)
            return String(repeating: "0", count: 16 - digits.utf8.count) + digits
        }.joined()
    }

    /// Reads the fields.
    init(from reader: inout WireReader) throws(WireError) {
        firstSequence = try reader.uint64()
        lastSequence = try reader.uint64()
        blockCount = try Self.count(&reader)
        rawByteCount = try Self.count(&reader)
        byteCount = try Self.count(&reader)
        digest = [try reader.uint64(), try reader.uint64()]
        for _ in 0..<(try reader.count(itemByteCountMin: 12)) {
            let name = String(decoding: try reader.lengthPrefixedBytes(), as: UTF8.self)
            tables.append(TableRows(name: name, count: try Self.count(&reader)))
        }
        try reader.finish()
    }

    /// Writes the fields.
    func write(to writer: inout WireWriter) {
        writer.uint64(firstSequence)
        writer.uint64(lastSequence)
        for count in [blockCount, rawByteCount, byteCount] { writer.uint64(UInt64(count)) }
        for half in digest { writer.uint64(half) }
        writer.uint32(UInt32(tables.count))
        for table in tables {
            writer.lengthPrefixedBytes(Array(table.name.utf8))
            writer.uint64(UInt64(table.count))
        }
    }

    private static func count(_ reader: inout WireReader) throws(WireError) -> Int {
        guard let count = Int(exactly: try reader.uint64()) else { throw .lengthOutOfRange }
        return count
    }
}
