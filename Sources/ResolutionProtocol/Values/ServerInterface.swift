/// A port of a server and what it is for (data-model.md §5).
public struct ServerInterface: WireCodable, Hashable, Sendable {
    /// What may be asked there; a number we do not know is kept.
    public struct Kind: RawRepresentable, Hashable, Sendable {
        public let rawValue: UInt8
        public init(rawValue: UInt8) { self.rawValue = rawValue }
        /// Nothing.
        public static let outOfService = Kind(rawValue: 0)
        /// Administration.
        public static let admin = Kind(rawValue: 1)
        /// Resolution.
        public static let query = Kind(rawValue: 2)
        /// Both.
        public static let both = Kind(rawValue: 3)
    }

    /// How bytes get there; a number we do not know is kept.
    public struct TransportProtocol: RawRepresentable, Hashable, Sendable {
        public let rawValue: UInt8
        public init(rawValue: UInt8) { self.rawValue = rawValue }
        /// UDP.
        public static let udp = TransportProtocol(rawValue: 0)
        /// TCP.
        public static let tcp = TransportProtocol(rawValue: 1)
        /// HTTP tunnel.
        public static let http = TransportProtocol(rawValue: 2)
        /// HTTPS tunnel.
        public static let https = TransportProtocol(rawValue: 3)
    }

    /// What may be asked there.
    public var kind: Kind
    /// How bytes get there.
    public var transport: TransportProtocol
    /// Four octets on the wire.
    public var port: UInt32

    /// An interface.
    public init(kind: Kind, transport: TransportProtocol, port: UInt32) {
        self.kind = kind
        self.transport = transport
        self.port = port
    }

    public static var byteCountMin: Int { 6 }

    public init(from reader: inout WireReader) throws(WireError) {
        kind = Kind(rawValue: try reader.uint8())
        transport = TransportProtocol(rawValue: try reader.uint8())
        port = try reader.uint32()
    }

    public func write(to writer: inout WireWriter) {
        writer.uint8(kind.rawValue)
        writer.uint8(transport.rawValue)
        writer.uint32(port)
    }
}
