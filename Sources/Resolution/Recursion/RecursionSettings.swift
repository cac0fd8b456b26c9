package import ResolutionProtocol

/// What recursion goes by.
package struct RecursionSettings: Sendable {
    /// The sites of the level above, in order of preference: where the walk from the top begins.
    package var above: [SiteInfo]
    /// The node's own site: it is never asked (reliability case F5).
    package var ownSite: SiteInfo
    /// The most questions to other nodes for one question of an asker.
    package var askCountMax = 16
    /// The most service identifiers that name each other (reliability case P7).
    package var serviceDepthMax = 8
    /// The least time that an answer is kept, in seconds, whatever its TTL says.
    package var ttlMinSeconds: UInt64 = 1
    /// The longest time that an answer is kept, in seconds.
    package var ttlMaxSeconds: UInt64 = 3_600
    /// How long "not found" is kept, in seconds.
    package var negativeTTLSeconds: UInt64 = 60
    /// Prefixes whose routes are remembered.
    package var routeCountMax = 65_536

    /// Settings with the defaults of conf/node.toml.
    package init(above: [SiteInfo], ownSite: SiteInfo) {
        self.above = above
        self.ownSite = ownSite
    }
}

extension SiteInfo {
    /// The site of a server of which nothing is known but where it listens, by UDP and by TCP. `address` has 16 bytes
    /// in the form of `SiteServer`.
    package static func known(onlyByAddress address: [UInt8], port: UInt16) -> SiteInfo {
        let kinds: [ServerInterface.TransportProtocol] = [.udp, .tcp]
        let interfaces = kinds.map { ServerInterface(kind: .both, transport: $0, port: UInt32(port)) }
        return SiteInfo(
            serialNumber: Header.unknownSerial,
            servers: [SiteServer(serverID: 1, address: address, interfaces: interfaces)]
        )
    }
}
