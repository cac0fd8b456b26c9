/// Body of a request to make many changes at once (docs/protocol-extensions.md, op 9001).
///
///     u8 flags   16 octets batch   i4 first row   i4 n   n × row
public struct ApplyRequest: WireCodable, Hashable, Sendable {
    /// How the rows are to be taken.
    public struct Flags: OptionSet, Hashable, Sendable {
        public let rawValue: UInt8
        public init(rawValue: UInt8) { self.rawValue = rawValue }
        /// Say what would become of them, and change nothing.
        public static let dryRun = Flags(rawValue: 1)
        /// All or none: a part of an atomic set, which is kept until its last part is there.
        public static let atomic = Flags(rawValue: 2)
        /// The last part of an atomic set.
        public static let last = Flags(rawValue: 4)
    }

    /// Octets of a batch's id.
    public static let batchByteCount = 16

    /// How the rows are to be taken.
    public var flags: Flags
    /// Which batch they are of, 16 octets of the asker's choice: a row of a batch is carried out once.
    public var batch: [UInt8]
    /// Number of the first row in its batch.
    public var firstRow: UInt32
    /// The rows.
    public var rows: [ApplyRow]

    /// A request.
    public init(flags: Flags = [], batch: [UInt8], firstRow: UInt32, rows: [ApplyRow]) {
        self.flags = flags
        self.batch = batch
        self.firstRow = firstRow
        self.rows = rows
    }

    public static var byteCountMin: Int { 25 }

    public init(from reader: inout WireReader) throws(WireError) {
        flags = Flags(rawValue: try reader.uint8())
        batch = try reader.bytes(byteCount: Self.batchByteCount)
        firstRow = try reader.uint32()
        rows = try reader.array()
    }

    public func write(to writer: inout WireWriter) {
        writer.uint8(flags.rawValue)
        writer.bytes(batch)
        writer.uint32(firstRow)
        writer.array(rows)
    }
}

/// One row of a batch: `u8 kind`, the identifier, its values.
public struct ApplyRow: WireCodable, Hashable, Sendable {
    /// What is to become of the identifier.
    public enum Kind: UInt8, Sendable, CaseIterable {
        /// It is created with these values; it must not exist.
        case create = 1
        /// It has these values from now on, whether it exists or not.
        case put = 2
        /// It is deleted; the values are ignored.
        case delete = 3
        /// These values are added.
        case add = 4
        /// The values with the indexes of these are replaced.
        case modify = 5
        /// The values with the indexes of these are removed.
        case remove = 6
    }

    /// What is to become of it.
    public var kind: Kind
    /// The identifier, as spelt.
    public var identifier: [UInt8]
    /// Its values.
    public var values: [HandleValue]

    /// A row.
    public init(_ kind: Kind, identifier: [UInt8], values: [HandleValue]) {
        self.kind = kind
        self.identifier = identifier
        self.values = values
    }

    public static var byteCountMin: Int { 9 }

    public init(from reader: inout WireReader) throws(WireError) {
        guard let kind = Kind(rawValue: try reader.uint8()) else { throw .invalidField }
        self.kind = kind
        identifier = try reader.lengthPrefixedBytes()
        values = try reader.array()
    }

    public func write(to writer: inout WireWriter) {
        writer.uint8(kind.rawValue)
        writer.lengthPrefixedBytes(identifier)
        writer.array(values)
    }
}

/// What became of one row: a response code and why.
public struct ApplyOutcome: WireCodable, Hashable, Sendable {
    /// 1: done.
    public var code: ResponseCode
    /// Why not; empty when it was.
    public var text: [UInt8]

    /// An outcome.
    public init(code: ResponseCode, text: [UInt8] = []) {
        self.code = code
        self.text = text
    }

    public static var byteCountMin: Int { 8 }

    public init(from reader: inout WireReader) throws(WireError) {
        code = ResponseCode(rawValue: try reader.uint32())
        text = try reader.lengthPrefixedBytes()
    }

    public func write(to writer: inout WireWriter) {
        writer.uint32(code.rawValue)
        writer.lengthPrefixedBytes(text)
    }
}
