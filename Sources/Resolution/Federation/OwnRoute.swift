package import ResolutionProtocol

/// What a node does about its own site in the record of its prefix at the level above.
///
/// The serial rises with every change, and a site that somebody else has made newer is never overwritten by an older
/// one (F2): it stays, until the operator raises `site.serial` beyond it.
package enum OwnRoute: Hashable, Sendable {
    /// What stands there is this node's site.
    case current(SiteInfo)
    /// These values are to take the place of those with their indexes, so that this site stands there.
    case publish([HandleValue], SiteInfo)
    /// Another node's site of this serial stands there, or one that somebody has put there since.
    case superseded(serial: UInt16)
    /// None of several sites there is this node's.
    case ambiguous
    /// No site stands there: the prefix is not delegated by a site.
    case absent

    /// Decides for `own` site, where `values` stand at the level above and `known` is what this node last found or put
    /// there; nil: nothing yet.
    package init(own: SiteInfo, values: [HandleValue], known: SiteInfo?) {
        let places = values.compactMap(Place.init)
        let sites = places.filter(\.isOfIdentifiers)
        guard let site = Self.site(of: own, among: sites.map(\.site), known) else {
            self = sites.isEmpty ? .absent : .ambiguous
            return
        }
        // The same site stands there for derived prefixes, too.
        let copies = places.filter { $0.site == site || $0.site == known || $0.site.hasKey(of: own) }
        guard copies.contains(where: { !$0.site.isSame(as: own) }) else {
            self = .current(site)
            return
        }
        if let newer = copies.first(where: { Self.isOthers($0.site, own: own, known) }) {
            self = .superseded(serial: newer.site.serialNumber)
            return
        }
        let published = Self.published(own, behind: copies.map(\.site), known)
        self = .publish(copies.map { $0.value(holding: published) }, published)
    }

    /// `own` as it is announced from a start on: with the serial that the level above has for it where it is the same,
    /// else with a newer one, never with an older one.
    package static func announced(_ own: SiteInfo, known: SiteInfo?) -> SiteInfo {
        guard let known else { return own }
        let serial = known.isSame(as: own) ? known.serialNumber : SiteInfo.serial(after: known.serialNumber)
        guard SiteInfo.isSerial(serial, newerThan: own.serialNumber) else { return own }
        var site = own
        site.serialNumber = serial
        return site
    }

    /// A value that holds a site.
    private struct Place {
        let value: HandleValue
        let site: SiteInfo
        /// Whether it is the site for the identifiers of the prefix, and not for records of derived prefixes.
        let isOfIdentifiers: Bool

        init?(_ value: HandleValue) {
            let type = ASCIIFolding.uppercased(value.type)
            isOfIdentifiers = RouteValues.Purpose.identifiers.siteTypes.contains(type)
            guard isOfIdentifiers || RouteValues.Purpose.derivedPrefixes.siteTypes.contains(type),
                let site = try? SiteInfo(wire: value.data)
            else { return nil }
            self.value = value
            self.site = site
        }

        func value(holding site: SiteInfo) -> HandleValue {
            var value = value
            value.data = site.wire
            return value
        }
    }

    /// Which of `sites` is this node's: the one with its key, what it put there, one with its address and port, one
    /// with its address, or the only one; nil: it cannot be told.
    private static func site(of own: SiteInfo, among sites: [SiteInfo], _ known: SiteInfo?) -> SiteInfo? {
        if let site = sites.first(where: { $0.hasKey(of: own) }) ?? sites.first(where: { $0 == known }) { return site }
        for candidates in [sites.filter { $0.hasServer(of: own) }, sites.filter { $0.hasAddress(of: own) }, sites]
        where candidates.count == 1 {
            return candidates[0]
        }
        return nil
    }

    /// Whether `site` is somebody else's, and newer than what this node knows: it must stay.
    private static func isOthers(_ site: SiteInfo, own: SiteInfo, _ known: SiteInfo?) -> Bool {
        // Without a key it is what a join writes: it is for this node to fill in, wherever it leads.
        guard site != known, !site.isSame(as: own), !site.isWithoutKey,
            !SiteInfo.isSerial(own.serialNumber, newerThan: site.serialNumber)
        else { return false }
        guard let known else { return !site.hasKey(of: own) }
        return SiteInfo.isSerial(site.serialNumber, newerThan: known.serialNumber)
    }

    /// `own` with a serial newer than all of `sites` have. One that was tried before is tried again, else the serial
    /// would rise with every attempt.
    private static func published(_ own: SiteInfo, behind sites: [SiteInfo], _ known: SiteInfo?) -> SiteInfo {
        let newest = SiteInfo.newestSerial(of: sites) ?? own.serialNumber
        if let known, known.isSame(as: own), SiteInfo.isSerial(known.serialNumber, newerThan: newest) { return known }
        let all = SiteInfo.newestSerial(of: sites + (known.map { [$0] } ?? [])) ?? newest
        var site = own
        if !SiteInfo.isSerial(own.serialNumber, newerThan: all) { site.serialNumber = SiteInfo.serial(after: all) }
        return site
    }
}

extension SiteInfo {
    /// Whether it names no key: a delegation that no node has filled in.
    fileprivate var isWithoutKey: Bool { servers.allSatisfy { $0.publicKey.isEmpty } }

    /// Whether one of its servers has a key of `own`.
    fileprivate func hasKey(of own: SiteInfo) -> Bool {
        servers.contains { server in
            !server.publicKey.isEmpty && own.servers.contains { $0.publicKey == server.publicKey }
        }
    }

    /// Whether one of its servers has an address of `own`.
    fileprivate func hasAddress(of own: SiteInfo) -> Bool {
        servers.contains { server in own.servers.contains { $0.address == server.address } }
    }

    /// Whether one of its servers has an address of `own`, and a port there.
    fileprivate func hasServer(of own: SiteInfo) -> Bool {
        servers.contains { server in
            own.servers.contains { other in
                other.address == server.address
                    && other.interfaces.contains { interface in
                        server.interfaces.contains {
                            $0.transport == interface.transport && $0.port == interface.port
                        }
                    }
            }
        }
    }
}
