internal import ResolutionProtocol

/// What values say about who is to be asked: sites, and identifiers of services whose sites apply (data-model.md §3).
struct RouteValues: Hashable, Sendable {
    /// For which identifiers.
    enum Purpose: Hashable, Sendable {
        /// Those of the prefix: HS_SITE, HS_SITE.6, HS_SERV.
        case identifiers
        /// Records of prefixes derived from it: HS_SITE.PREFIX, HS_NA_DELEGATE, HS_SERV.PREFIX.
        case derivedPrefixes

        /// Types of values that hold a site.
        var siteTypes: [[UInt8]] {
            switch self {
            case .identifiers: [ValueType.site, ValueType.siteIPv6]
            case .derivedPrefixes: [ValueType.sitePrefix, ValueType.prefixDelegate]
            }
        }

        /// Type of values that name a service.
        var serviceType: [UInt8] {
            switch self {
            case .identifiers: ValueType.service
            case .derivedPrefixes: ValueType.servicePrefix
            }
        }
    }

    /// The most sites that are taken from one record; no prefix has as many.
    static let siteCountMax = 16

    /// The sites, in the order of the values.
    var sites: [RouteSite] = []
    /// Identifiers of services.
    var services: [[UInt8]] = []
    /// The values that were taken.
    private(set) var values: [HandleValue] = []

    /// What `values` of the record `name` say. A site that cannot be read is none.
    init(_ values: [HandleValue], of name: [UInt8], for purpose: Purpose) {
        for value in values where value.permissions.contains(.publicRead) {
            let type = ASCIIFolding.uppercased(value.type)
            if purpose.siteTypes.contains(type), sites.count < Self.siteCountMax {
                guard let site = try? SiteInfo(wire: value.data) else { continue }
                sites.append(RouteSite(record: name, type: type, index: value.index, site: site))
                self.values.append(value)
            } else if type == purpose.serviceType, services.count < Self.siteCountMax,
                IdentifierGrammar.isResolvable(value.data.span.bytes)
            {
                services.append(RecursionQuestion.folding.key(of: value.data))
                self.values.append(value)
            }
        }
    }

    /// That the servers of `site` are to be asked, whatever values say.
    init(_ site: RouteSite) { sites = [site] }

    /// Whether nobody is named.
    var isEmpty: Bool { sites.isEmpty && services.isEmpty }
}

/// A site and the value that it comes from, by which a later one of the same place is told to be newer.
struct RouteSite: Hashable, Sendable {
    /// The record that holds the value, folded.
    var record: [UInt8]
    /// Type of the value, in upper case.
    var type: [UInt8]
    /// Index of the value.
    var index: UInt32
    /// What it says.
    var site: SiteInfo
    /// Whether it is one of the level above.
    var isAbove = false

    /// Whether both come from the same place.
    func isSamePlace(as other: RouteSite) -> Bool {
        record == other.record && type == other.type && index == other.index
    }
}
