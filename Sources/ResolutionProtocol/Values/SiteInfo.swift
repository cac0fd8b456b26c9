/// Data of an `HS_SITE` value, and the answer to "get site info": who serves, where, and how (data-model.md §5).
public struct SiteInfo: Hashable, Sendable {
    /// Layout of the record: 1.
    public var dataFormatVersion: UInt16
    /// The protocol that the site speaks.
    public var protocolVersion: ProtocolVersion
    /// Rises with every change.
    public var serialNumber: UInt16
    /// Whether it takes changes.
    public var isPrimary: Bool
    /// Whether it is one of several that do.
    public var isMultiPrimary: Bool
    /// The other six bits of the flags octet, kept when written again.
    public var reservedFlags: UInt8
    /// By what an identifier chooses one of several servers.
    public var hashOption: HashOption
    /// Unused; kept when written again.
    public var hashFilter: [UInt8]
    /// `desc`, `domain`, `path`, `alt_addr`, …
    public var attributes: [SiteAttribute]
    /// Its servers; the hash counts positions in this list.
    public var servers: [SiteServer]

    /// A site record.
    public init(
        protocolVersion: ProtocolVersion = .newest,
        serialNumber: UInt16,
        isPrimary: Bool = true,
        isMultiPrimary: Bool = false,
        hashOption: HashOption = .byAll,
        hashFilter: [UInt8] = [],
        attributes: [SiteAttribute] = [],
        servers: [SiteServer]
    ) {
        self.dataFormatVersion = 1
        self.protocolVersion = protocolVersion
        self.serialNumber = serialNumber
        self.isPrimary = isPrimary
        self.isMultiPrimary = isMultiPrimary
        self.reservedFlags = 0
        self.hashOption = hashOption
        self.hashFilter = hashFilter
        self.attributes = attributes
        self.servers = servers
    }

    /// By what an identifier chooses one of several servers; a number we do not know is kept.
    public struct HashOption: RawRepresentable, Hashable, Sendable {
        public let rawValue: UInt8
        public init(rawValue: UInt8) { self.rawValue = rawValue }
        /// By its prefix.
        public static let byPrefix = HashOption(rawValue: 0)
        /// By its suffix.
        public static let bySuffix = HashOption(rawValue: 1)
        /// By the whole of it.
        public static let byAll = HashOption(rawValue: 2)
    }
}

extension SiteInfo: WireCodable {
    public static var byteCountMin: Int { 20 }

    public init(from reader: inout WireReader) throws(WireError) {
        dataFormatVersion = try reader.uint16()
        protocolVersion = ProtocolVersion(try reader.uint8(), try reader.uint8())
        serialNumber = try reader.uint16()
        let flags = try reader.uint8()
        isPrimary = flags & 0x80 != 0
        isMultiPrimary = flags & 0x40 != 0
        reservedFlags = flags & 0x3F
        hashOption = HashOption(rawValue: try reader.uint8())
        hashFilter = try reader.lengthPrefixedBytes()
        attributes = try reader.array()
        servers = try reader.array()
    }

    public func write(to writer: inout WireWriter) {
        writer.uint16(dataFormatVersion)
        writer.uint8(protocolVersion.major)
        writer.uint8(protocolVersion.minor)
        writer.uint16(serialNumber)
        writer.uint8((isPrimary ? 0x80 : 0) | (isMultiPrimary ? 0x40 : 0) | reservedFlags)
        writer.uint8(hashOption.rawValue)
        writer.lengthPrefixedBytes(hashFilter)
        writer.array(attributes)
        writer.array(servers)
    }
}
