package import ResolutionProtocol

/// The site that this node last found or put at the level above.
///
///     above 32 | site: length i4, bytes
package struct RouteMark: Hashable, Sendable {
    /// SHA-256 of who has it: others are told anew.
    package var above: [UInt8]
    package var site: SiteInfo

    package init(above: [UInt8], site: SiteInfo) {
        self.above = above
        self.site = site
    }
}

extension RouteMark: WireCodable {
    package static var byteCountMin: Int { LedgerHead.digestByteCount + 4 + SiteInfo.byteCountMin }

    package init(from reader: inout WireReader) throws(WireError) {
        above = try reader.bytes(byteCount: LedgerHead.digestByteCount)
        site = try SiteInfo(wire: try reader.lengthPrefixedBytes())
    }

    package func write(to writer: inout WireWriter) {
        writer.bytes(above)
        writer.lengthPrefixedBytes(site.wire)
    }
}
