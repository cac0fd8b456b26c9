/// Body of a request to follow references (docs/protocol-extensions.md, op 9002).
///
///     u8 direction   u8 flags   u8 depth   i4 identifiers   i4 bytes   identifier   i4 n   n × type
public struct TraceRequest: WireCodable, Hashable, Sendable {
    /// Which way references are followed.
    public enum Direction: UInt8, Sendable, CaseIterable {
        /// From who refers to what it refers to.
        case forward = 1
        /// From what is referred to to who refers: within one node's records.
        case reverse = 2
    }

    /// How the answer is to be.
    public struct Flags: OptionSet, Hashable, Sendable {
        public let rawValue: UInt8
        public init(rawValue: UInt8) { self.rawValue = rawValue }
        /// Identifiers and references alone, no values.
        public static let withoutValues = Flags(rawValue: 1)
    }

    /// The most types of values that may be named.
    public static let typeCountMax = 64

    /// Which way.
    public var direction: Direction
    /// How the answer is to be.
    public var flags: Flags
    /// How many references are followed one after the other; 0: none.
    public var depth: UInt8
    /// The most identifiers that are asked for; 0: as the node is set.
    public var identifierCountMax: UInt32
    /// The most bytes of values; 0: as the node is set.
    public var byteCountMax: UInt32
    /// Where it begins.
    public var identifier: [UInt8]
    /// Further types of values whose data is an identifier that they refer to.
    public var types: [WireText]

    /// A request for references from `identifier`.
    public init(
        identifier: [UInt8],
        direction: Direction = .forward,
        depth: UInt8,
        types: [[UInt8]] = [],
        flags: Flags = []
    ) {
        self.direction = direction
        self.flags = flags
        self.depth = depth
        identifierCountMax = 0
        byteCountMax = 0
        self.identifier = identifier
        self.types = types.map { WireText($0) }
    }

    public static var byteCountMin: Int { 19 }

    public init(from reader: inout WireReader) throws(WireError) {
        guard let direction = Direction(rawValue: try reader.uint8()) else { throw .invalidField }
        self.direction = direction
        flags = Flags(rawValue: try reader.uint8())
        depth = try reader.uint8()
        identifierCountMax = try reader.uint32()
        byteCountMax = try reader.uint32()
        identifier = try reader.lengthPrefixedBytes()
        types = try reader.array()
    }

    public func write(to writer: inout WireWriter) {
        writer.uint8(direction.rawValue)
        writer.uint8(flags.rawValue)
        writer.uint8(depth)
        writer.uint32(identifierCountMax)
        writer.uint32(byteCountMax)
        writer.lengthPrefixedBytes(identifier)
        writer.array(types)
    }
}
