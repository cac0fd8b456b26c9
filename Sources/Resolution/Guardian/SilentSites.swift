package import ResolutionProtocol

/// The sites whose servers are all dead, as the route guardian found them: immutable, handed to each worker whole when
/// it changes, and to recursion.
package final class SilentSites: Sendable {
    /// How long an asker may keep a referral that lacks a site, in seconds: what is dead may live again soon.
    package static let ttlSecondsMax: Int32 = 60

    /// By the data of their values: which died after which.
    private let ranks: [[UInt8]: UInt64]
    /// Servers all of whose watched addresses are dead.
    package let servers: Set<ServerEndpoint>

    /// None.
    package static let none = SilentSites(ranks: [:], servers: [])

    init(ranks: [[UInt8]: UInt64], servers: Set<ServerEndpoint>) {
        self.ranks = ranks
        self.servers = servers
    }

    /// Whether there are none, so that referrals stay as they are.
    package var isEmpty: Bool { ranks.isEmpty }
    /// How many there are.
    package var count: Int { ranks.count }

    /// What of `values`, the routes of a referral, is to be given out: without silent sites, but with the one that was
    /// silent last where no other would be left.
    package func shortened(_ values: [HandleValue]) -> [HandleValue] {
        let silent = values.compactMap { value in Self.isSite(value) ? ranks[value.data].map { ($0, value) } : nil }
        guard !silent.isEmpty else { return values }
        let hasLiving = values.contains { Self.isSite($0) && ranks[$0.data] == nil }
        let last = hasLiving ? nil : silent.max { $0.0 < $1.0 }?.1.data
        var left = values.filter { !Self.isSite($0) || ranks[$0.data] == nil || $0.data == last }
        guard left.count < values.count else { return values }
        for place in left.indices where left[place].ttlType == 0 {
            left[place].ttl = min(left[place].ttl, Self.ttlSecondsMax)
        }
        return left
    }

    private static func isSite(_ value: HandleValue) -> Bool {
        let type = ASCIIFolding.uppercased(value.type)
        return RouteValues.Purpose.identifiers.siteTypes.contains(type)
            || RouteValues.Purpose.derivedPrefixes.siteTypes.contains(type)
    }
}
