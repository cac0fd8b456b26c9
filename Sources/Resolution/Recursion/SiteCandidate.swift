internal import ResolutionProtocol

/// A server that may be asked for an identifier: the one of its site that is responsible (data-model.md §7.3).
struct SiteCandidate: Hashable, Sendable {
    /// Its site.
    var place: RouteSite
    /// The server, with its interfaces for resolution, UDP before TCP.
    var server: SiteServer

    /// Where it is asked first.
    var endpoint: ServerEndpoint {
        ServerEndpoint(address: server.address, port: server.interfaces.first?.port ?? 0)
    }

    /// Whether its address is one of IPv4.
    var isIPv4: Bool { server.address.prefix(12).allSatisfy { $0 == 0 } && server.address != Self.loopbackIPv6 }

    private static let loopbackIPv6 = [UInt8](repeating: 0, count: 15) + [1]

    /// The candidates that `place` has for `identifier`: its server, and that server's other addresses. None where the
    /// site has no server that can be asked.
    static func candidates(of place: RouteSite, for identifier: [UInt8]) -> [SiteCandidate] {
        let site = place.site
        let index = try? ServerSelection.serverIndex(
            of: identifier,
            option: site.hashOption,
            serverCount: site.servers.count
        )
        guard let index else { return [] }
        var server = site.servers[index]
        server.interfaces = usable(server.interfaces)
        guard !server.interfaces.isEmpty else { return [] }
        var others = [server]
        others += otherAddresses(of: server, in: site).map { address in
            var other = server
            other.address = address
            return other
        }
        return others.filter { isUsable($0.address) }.map { SiteCandidate(place: place, server: $0) }
    }

    /// Interfaces for resolution by UDP and TCP, in that order.
    static func usable(_ interfaces: [ServerInterface]) -> [ServerInterface] {
        let asked = interfaces.filter {
            ($0.kind == .query || $0.kind == .both) && $0.port > 0 && $0.port <= 65_535
        }
        return asked.filter { $0.transport == .udp } + asked.filter { $0.transport == .tcp }
    }

    /// What `alt_addr.<server id>`, or else `alt_addr`, says (data-model.md §5).
    static func otherAddresses(of server: SiteServer, in site: SiteInfo) -> [[UInt8]] {
        let names = ["alt_addr.\(server.serverID)", "alt_addr"].map { Array($0.utf8) }
        for name in names {
            let found = site.attributes.filter { $0.name == name }
                .compactMap { ServerAddress.bytes(String(decoding: $0.value, as: UTF8.self)) }
            if !found.isEmpty { return Array(found.prefix(RouteValues.siteCountMax)) }
        }
        return []
    }

    /// Whether a question can go to the 16 bytes of `address`: not to nowhere, and not to many at once.
    static func isUsable(_ address: [UInt8]) -> Bool {
        guard address.count == 16, address.contains(where: { $0 != 0 }) else { return false }
        guard address != loopbackIPv6, address.prefix(12).allSatisfy({ $0 == 0 }) else { return address[0] != 0xFF }
        // 224.0.0.0/4 is for many, 240.0.0.0/4 is reserved, 0.0.0.0/8 is nobody's.
        return address[12] > 0 && address[12] < 224
    }
}
