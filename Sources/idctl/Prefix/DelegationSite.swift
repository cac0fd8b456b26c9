internal import EventLoop
internal import Resolution
internal import ResolutionProtocol

/// The site records that say who keeps a delegated prefix.
enum DelegationSite {
    /// A site of one server that speaks TCP and UDP at `address`.
    static func siteInfo(_ address: SocketAddress) -> SiteInfo {
        siteInfo(address, tcp: address.port, udp: address.port, http: nil)
    }

    /// A site of one server. TCP stands first, where clients of the national SDK look for it, and UDP is for queries
    /// only.
    static func siteInfo(_ address: SocketAddress, tcp: UInt16, udp: UInt16?, http: UInt16?) -> SiteInfo {
        var interfaces = [ServerInterface(kind: .both, transport: .tcp, port: UInt32(tcp))]
        if let http { interfaces.append(ServerInterface(kind: .both, transport: .http, port: UInt32(http))) }
        if let udp { interfaces.append(ServerInterface(kind: .query, transport: .udp, port: UInt32(udp))) }
        let server = SiteServer(serverID: 1, address: ServerAddress.bytes(of: address), interfaces: interfaces)
        return SiteInfo(serialNumber: 1, servers: [server])
    }

    /// The values of `sites`, from index 3 on. Several addresses of one node are several sites: of several servers in
    /// one site each would keep a part of the identifiers. The first site is HS_SITE in any case; those of IPv6 behind
    /// it are HS_SITE.6.
    static func values(_ sites: [SiteInfo], timestamp: UInt32) -> [HandleValue] {
        let isIPv6 = sites.map { site in site.servers.allSatisfy { $0.address.prefix(12).contains { $0 != 0 } } }
        // The best address that every client can use stands first.
        let order = sites.indices.filter { !isIPv6[$0] } + sites.indices.filter { isIPv6[$0] }
        return order.enumerated().map { position, site in
            HandleValue(
                index: 3 + UInt32(position),
                timestamp: timestamp,
                type: position > 0 && isIPv6[site] ? ValueType.siteIPv6 : ValueType.site,
                data: sites[site].wire
            )
        }
    }

    /// `routes` with serials newer than those of the sites among `standing` values: who remembers these goes by the new
    /// ones (F2).
    static func raised(_ routes: [HandleValue], above standing: [HandleValue]) -> [HandleValue] {
        let sites = standing.filter(\.isRoute).compactMap { try? SiteInfo(wire: $0.data) }
        guard let newest = SiteInfo.newestSerial(of: sites) else { return routes }
        return routes.map { route in
            guard var site = try? SiteInfo(wire: route.data) else { return route }
            if !SiteInfo.isSerial(site.serialNumber, newerThan: newest) {
                site.serialNumber = SiteInfo.serial(after: newest)
            }
            var raised = route
            raised.data = site.wire
            return raised
        }
    }

    /// `routes` of a prefix, and behind them the same for the prefixes derived from it: who keeps 88.118 also knows of
    /// 88.118.8, and an asker for that one is referred there with code 303 (operations.md §2).
    static func withDerivedPrefixes(_ routes: [HandleValue]) -> [HandleValue] {
        let behind = (routes.map(\.index).max() ?? 0) + 1
        return routes
            + routes.enumerated().map { position, route in
                var derived = route
                derived.index = behind + UInt32(position)
                derived.type = route.type == ValueType.service ? ValueType.servicePrefix : ValueType.sitePrefix
                return derived
            }
    }
}

extension HandleValue {
    /// Whether it says who is asked for identifiers of a prefix, or for records of prefixes derived from it.
    var isRoute: Bool {
        let types = [
            ValueType.site, ValueType.siteIPv6, ValueType.sitePrefix, ValueType.prefixDelegate, ValueType.service,
            ValueType.servicePrefix,
        ]
        return types.contains(ASCIIFolding.uppercased(type))
    }
}
