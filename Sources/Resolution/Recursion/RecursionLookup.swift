internal import ResolutionProtocol

/// One look-up of a recursion: the question itself, or a record that says who is to be asked for what is below it.
struct RecursionLookup: Sendable {
    /// What its answer is for.
    enum Goal: Hashable, Sendable {
        /// It is the question.
        case question
        /// The record of a prefix, whose sites are asked next.
        case prefixRecord
        /// The record of a service, whose sites are asked next.
        case service(ServiceName)
    }

    /// The identifier that is asked for, folded.
    let name: [UInt8]
    let goal: Goal
    /// Whether caches are passed by and only primary sites are asked.
    var isAuthoritative: Bool
    /// Whether a route has been looked for.
    var hasSought = false
    /// Sites that are known.
    var sites: [RouteSite] = []
    /// Services that are to be looked up for more of them.
    var services: [ServiceName] = []
    /// Servers to be asked, the next one first; nil until all sites are known.
    var candidates: [SiteCandidate]?
    /// Who is being asked.
    var current: SiteCandidate?
    /// The prefix whose route its sites are, where that is to be remembered once they are all known.
    var noted: RouteNote?
    /// The prefix by whose remembered route the sites were found; nil: not by one.
    var rememberedPrefix: [UInt8]?
    /// The prefix above that was tried last, where the level above does not know the record.
    var ancestor: [UInt8]?
    /// Why it has no answer so far.
    var failure: RecursionOutcome.Finding?
    /// Why those of a route that was then asked for anew had none: it stands where the route is the same.
    var failureBefore: RecursionOutcome.Finding?

    init(_ name: [UInt8], goal: Goal, isAuthoritative: Bool = false) {
        self.name = name
        self.goal = goal
        self.isAuthoritative = isAuthoritative
    }

    /// Whether it is a name of the level above: the record of a prefix and the like (operations.md §15.1).
    var isSystemName: Bool { name.starts(with: Array("0.".utf8)) || name.starts(with: Array("0/".utf8)) }

    /// The prefix whose record this is; nil: it is no such record.
    var describedPrefix: [UInt8]? {
        let head = IdentifierGrammar.prefixRecordHead
        guard name.count > head.count, name.starts(with: head) else { return nil }
        return Array(name.dropFirst(head.count))
    }

    /// The prefix whose route its sites are; nil: they come from elsewhere.
    var routePrefix: [UInt8]? { noted?.prefix ?? rememberedPrefix }

    /// Services that led here, one after the other.
    var depth: Int {
        guard case .service(let service) = goal else { return 0 }
        return service.depth
    }

    /// Which sites the record is to tell.
    var purpose: RouteValues.Purpose {
        guard case .service(let service) = goal else { return .identifiers }
        return service.purpose
    }

    /// Types asked for; none: all.
    var types: [WireText] {
        guard goal != .question else { return [] }
        let types = purpose.siteTypes + [purpose.serviceType]
        return (goal == .prefixRecord ? types + [ValueType.namespace] : types).map { WireText($0) }
    }

    /// Goes to those whom `route` names from now on.
    mutating func follow(_ route: RouteValues, from depth: Int) {
        sites = route.sites
        services = route.services.map { ServiceName(name: $0, purpose: .identifiers, depth: depth + 1) }
        candidates = nil
        noted = nil
        rememberedPrefix = nil
        failure = nil
    }

    /// Goes to `places` from now on.
    mutating func ask(_ places: [RouteSite]) {
        sites = places
        services = []
        candidates = nil
    }

    /// Notes why the server asked is of no use; the next one may be.
    mutating func fail(_ finding: RecursionOutcome.Finding) { failure = finding }

    /// Notes why there is no answer, whoever is asked.
    mutating func end(_ finding: RecursionOutcome.Finding) {
        failure = finding
        candidates = []
        services = []
    }
}

/// The identifier of a service that is to be looked up.
struct ServiceName: Hashable, Sendable {
    /// It, folded.
    var name: [UInt8]
    /// Which of its sites apply.
    var purpose: RouteValues.Purpose
    /// Services that led to it, it included.
    var depth: Int
}

/// A route that is to be remembered.
struct RouteNote: Hashable, Sendable {
    /// The prefix.
    var prefix: [UInt8]
    /// How long, in seconds.
    var lifetimeSeconds: UInt64
}
