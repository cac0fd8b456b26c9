internal import ResolutionProtocol

/// What is known about who is to be asked: the level above, delegations of this node, and routes learnt from others.
///
/// Used by one thread. The routes learnt are bounded: the one that was used longest ago makes room.
package final class RouteBook {
    /// How long a route is kept after its time is over, in seconds: for when those who know a newer one are silent,
    /// and so that an older site record is known to be older (reliability cases F1, F2).
    static let retentionSeconds: UInt64 = 172_800
    /// For how long a route whose time is over is used again without asking, in seconds.
    static let staleUseSeconds: UInt64 = 30

    /// Who is to be asked for the identifiers of a prefix.
    enum Route {
        /// Nothing is known.
        case unknown
        /// Sites.
        case sites([RouteSite])
        /// There is no such prefix, or nobody answers for it.
        case nowhere(RecursionOutcome.Finding)
    }

    /// How old a route must be to be asked for anew before its time is over, in seconds: so often at most those who
    /// know it are asked because a server says that it is out of date.
    static let ageSecondsMin: UInt64 = 60

    private struct Entry {
        var sites: [RouteSite]
        var absence: RecursionOutcome.Finding?
        var noted: UInt64
        var expires: UInt64
        var isRetainedUntil: UInt64
    }

    /// What recursion goes by.
    package private(set) var settings: RecursionSettings
    /// What this node itself knows about prefixes that it has delegated.
    private let local: LocalRoutes?
    /// What asking a server costs. The asker knows how fast it answered lately.
    private let askingCost: (ServerEndpoint) -> Int
    /// What a server costs more that the route guardian has found dead: more than any that answers.
    private static let silentCost = 1 << 40
    /// Servers that the route guardian has found dead: they are asked last, as it may be wrong.
    private var silentServers: Set<ServerEndpoint> = []
    private var entries: [[UInt8]: Entry] = [:]
    private var order = AgeQueue<[UInt8]>()
    private(set) var above: [RouteSite] = []
    private var own: Set<ServerEndpoint> = []
    /// Site records that were older than the one known, and so were not believed.
    package private(set) var olderSiteCount: UInt64 = 0

    /// A book that knows nothing but the level above and what `local` does. Servers of less `cost` are asked first.
    package init(
        settings: RecursionSettings,
        local: LocalRoutes? = nil,
        cost: @escaping (ServerEndpoint) -> Int = { _ in 0 }
    ) {
        self.settings = settings
        self.local = local
        askingCost = cost
        settle(settings)
    }

    /// Goes by other settings from now on.
    package func settle(_ settings: RecursionSettings) {
        self.settings = settings
        above = settings.above.enumerated().map { position, site in
            var place = RouteSite(record: [], type: ValueType.site, index: UInt32(position + 1), site: site)
            place.isAbove = true
            return place
        }
        own = Set(
            settings.ownSite.servers.flatMap { server in
                server.interfaces.map { ServerEndpoint(address: server.address, port: $0.port) }
            }
        )
    }

    /// Asks these servers last from now on.
    package func avoid(_ servers: Set<ServerEndpoint>) { silentServers = servers }

    /// How willingly a server is asked: less before more.
    func cost(_ server: ServerEndpoint) -> Int {
        let cost = min(askingCost(server), Self.silentCost)
        return silentServers.contains(server) ? cost + Self.silentCost : cost
    }

    /// Prefixes whose routes are remembered.
    package var routeCount: Int { entries.count }

    /// Whether the server is this node.
    func isOwn(_ server: SiteServer) -> Bool {
        server.interfaces.contains { own.contains(ServerEndpoint(address: server.address, port: $0.port)) }
    }

    /// What this node itself knows about `prefix`, folded. That it is to be asked itself is no route.
    func localRoute(of prefix: [UInt8]) -> LocalRoutes.Route {
        let known = local?.route(of: prefix) ?? .unknown
        guard case .prefixRecord(var route) = known else { return known }
        route.sites.removeAll { place in place.site.servers.contains(where: isOwn) }
        return route.isEmpty ? .nowhere : .prefixRecord(route)
    }

    /// The remembered route of `prefix`, folded.
    func route(of prefix: [UInt8], seconds: UInt64) -> Route {
        guard let entry = entries[prefix], seconds < entry.expires else { return .unknown }
        order.touch(prefix)
        if let absence = entry.absence { return .nowhere(absence) }
        return .sites(entry.sites)
    }

    /// The route of `prefix` whose time is over, for use for a short while; nil: none is kept.
    func staleRoute(of prefix: [UInt8], seconds: UInt64) -> [RouteSite]? {
        guard var entry = entries[prefix], !entry.sites.isEmpty, seconds < entry.isRetainedUntil else { return nil }
        entry.absence = nil
        entry.expires = max(entry.expires, seconds + Self.staleUseSeconds)
        entries[prefix] = entry
        return entry.sites
    }

    /// Remembers who is to be asked for `prefix`. Returns the sites to go by: where an older record of a site comes
    /// than the one known, that one stays (reliability case F2).
    func note(_ sites: [RouteSite], of note: RouteNote, seconds: UInt64) -> [RouteSite] {
        let known = entries[note.prefix].flatMap { seconds < $0.isRetainedUntil ? $0.sites : nil } ?? []
        let merged = sites.map { site in
            guard let before = known.first(where: { $0.isSamePlace(as: site) }),
                SiteInfo.isSerial(before.site.serialNumber, newerThan: site.site.serialNumber)
            else { return site }
            olderSiteCount += 1
            return before
        }
        let expires = seconds + note.lifetimeSeconds
        let retention = expires + Self.retentionSeconds
        insert(Entry(sites: merged, noted: seconds, expires: expires, isRetainedUntil: retention), of: note.prefix)
        return merged
    }

    /// Remembers that nobody is to be asked for `prefix`; sites known before are kept for comparison.
    func noteAbsence(_ absence: RecursionOutcome.Finding, of prefix: [UInt8], seconds: UInt64) {
        let before = entries[prefix]
        let expires = seconds + settings.negativeTTLSeconds
        insert(
            Entry(
                sites: before?.sites ?? [],
                absence: absence,
                noted: seconds,
                expires: expires,
                isRetainedUntil: max(expires, before?.isRetainedUntil ?? 0)
            ),
            of: prefix
        )
    }

    /// Has the route of `prefix` asked for anew, as it seems to be out of date; false where it is too young for that.
    func expire(_ prefix: [UInt8], seconds: UInt64) -> Bool {
        guard let entry = entries[prefix], seconds >= entry.noted + Self.ageSecondsMin else { return false }
        entries[prefix]?.expires = 0
        return true
    }

    private func insert(_ entry: Entry, of prefix: [UInt8]) {
        while entries.count >= max(1, settings.routeCountMax), entries[prefix] == nil, let oldest = order.first {
            entries[oldest] = nil
            order.remove(oldest)
        }
        entries[prefix] = entry
        order.touch(prefix)
    }
}
