/// An identifier that a trace has come to, and what became of it (docs/protocol-extensions.md, op 9002).
///
///     u8 level   u8 state   i4 code   u8 flags   identifier   origin   i4 n   n × link   i4 n   n × value
public struct TraceItem: WireCodable, Hashable, Sendable {
    /// What is to be known about its values.
    public struct Flags: OptionSet, Hashable, Sendable {
        public let rawValue: UInt8
        public init(rawValue: UInt8) { self.rawValue = rawValue }
        /// Values are left out: they were not wanted, or too large for the message.
        public static let withoutValues = Flags(rawValue: 1)
        /// References are left out: there are more than are told of one identifier.
        public static let withoutLinks = Flags(rawValue: 2)
        /// The answer is no longer fresh, and nothing newer is to be had.
        public static let stale = Flags(rawValue: 4)
    }

    /// How many references lie between the beginning and it, 0...255.
    public var level: UInt8
    /// What became of it.
    public var state: TraceState
    /// The code of the answer; 0: there was none.
    public var code: ResponseCode
    /// What is to be known about its values.
    public var flags: Flags
    /// As the first that refers to it spells it.
    public var identifier: [UInt8]
    /// The first reference to it that was found: by which value of which identifier; that of the beginning is empty.
    public var origin: TraceLink
    /// Its own references.
    public var links: [TraceLink]
    /// Its values.
    public var values: [HandleValue]

    /// An identifier without references and values.
    public init(level: UInt8, state: TraceState, code: ResponseCode, identifier: [UInt8], origin: TraceLink) {
        self.level = level
        self.state = state
        self.code = code
        flags = []
        self.identifier = identifier
        self.origin = origin
        links = []
        values = []
    }

    public static var byteCountMin: Int { 31 }

    public init(from reader: inout WireReader) throws(WireError) {
        level = try reader.uint8()
        guard let state = TraceState(rawValue: try reader.uint8()) else { throw .invalidField }
        self.state = state
        code = ResponseCode(rawValue: try reader.uint32())
        flags = Flags(rawValue: try reader.uint8())
        identifier = try reader.lengthPrefixedBytes()
        origin = try TraceLink(from: &reader)
        links = try reader.array()
        values = try reader.array()
    }

    public func write(to writer: inout WireWriter) {
        writer.uint8(level)
        writer.uint8(state.rawValue)
        writer.uint32(code.rawValue)
        writer.uint8(flags.rawValue)
        writer.lengthPrefixedBytes(identifier)
        origin.write(to: &writer)
        writer.array(links)
        writer.array(values)
    }
}

extension TraceLink {
    /// No reference.
    public static let none = TraceLink(index: 0, type: [], identifier: [])
}
