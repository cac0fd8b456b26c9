/// One server of a site (data-model.md §5).
public struct SiteServer: WireCodable, Hashable, Sendable {
    /// Its number within the site.
    public var serverID: UInt32
    /// 16 bytes of IPv6; IPv4 has 12 zero bytes in front.
    public var address: [UInt8]
    /// Its key in the form of `HS_PUBKEY`; may be empty.
    public var publicKey: [UInt8]
    /// Where it listens.
    public var interfaces: [ServerInterface]

    /// A server; `address` has 16 bytes.
    public init(serverID: UInt32, address: [UInt8], publicKey: [UInt8] = [], interfaces: [ServerInterface]) {
        self.serverID = serverID
        self.address = address
        self.publicKey = publicKey
        self.interfaces = interfaces
    }

    public static var byteCountMin: Int { 28 }

    public init(from reader: inout WireReader) throws(WireError) {
        serverID = try reader.uint32()
        address = try reader.bytes(byteCount: 16)
        publicKey = try reader.lengthPrefixedBytes()
        interfaces = try reader.array()
    }

    public func write(to writer: inout WireWriter) {
        writer.uint32(serverID)
        writer.bytes(address)
        writer.lengthPrefixedBytes(publicKey)
        writer.array(interfaces)
    }
}
