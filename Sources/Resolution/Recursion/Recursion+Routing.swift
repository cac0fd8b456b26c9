internal import ResolutionProtocol

/// Who is to be asked.
extension Recursion {
    /// Finds out more about the sites of the look-up at hand, or makes candidates of them once all are known.
    mutating func gatherSites(_ routes: RouteBook, at time: BatchTime) {
        guard let lookup = lookups.last else { return }
        if let service = lookup.services.first {
            current { $0.services.removeFirst() }
            return lookUp(service, routes)
        }
        guard lookup.hasSought || !lookup.sites.isEmpty else { return seekRoute(for: lookup, routes, at: time) }
        var sites = lookup.sites
        if let note = lookup.noted, !sites.isEmpty { sites = routes.note(sites, of: note, seconds: time.seconds) }
        let candidates = Self.candidates(sites, for: lookup, routes)
        current { lookup in
            lookup.rememberedPrefix = lookup.noted?.prefix ?? lookup.rememberedPrefix
            lookup.noted = nil
            lookup.sites = sites
            lookup.candidates = candidates
        }
    }

    /// Servers of `sites`, those first that cost least, and of equal ones IPv6 first.
    private static func candidates(
        _ sites: [RouteSite],
        for lookup: RecursionLookup,
        _ routes: RouteBook
    ) -> [SiteCandidate] {
        let allowed = sites.filter { !lookup.isAuthoritative || $0.site.isPrimary }
        let all = allowed.flatMap { SiteCandidate.candidates(of: $0, for: lookup.name) }
        let ranked = all.enumerated().map { place, candidate in
            let cost = routes.cost(candidate.endpoint)
            return (cost: cost, family: candidate.isIPv4 ? 1 : 0, place: place, candidate: candidate)
        }
        return ranked.sorted { ($0.cost, $0.family, $0.place) < ($1.cost, $1.family, $1.place) }.map(\.candidate)
    }

    /// Looks a service up for the look-up at hand, each once.
    private mutating func lookUp(_ service: ServiceName, _ routes: RouteBook) {
        guard service.name != Self.allServices else { return current { $0.sites += routes.above } }
        guard service.depth <= routes.settings.serviceDepthMax, services.insert(service.name).inserted else {
            return current { $0.failure = .failed(.tooManyServices) }
        }
        lookups.append(RecursionLookup(service.name, goal: .service(service)))
    }

    /// The service that stands for the level above (operations.md §15.3).
    private static let allServices = Array("0.NA/0.NA".utf8)

    /// Finds a route for `lookup`, the one at hand, or begins to ask for one.
    private mutating func seekRoute(for lookup: RecursionLookup, _ routes: RouteBook, at time: BatchTime) {
        current { $0.hasSought = true }
        guard lookup.isSystemName else {
            return seekRoute(of: IdentifierGrammar.prefix(of: lookup.name), routes, at: time)
        }
        switch lookup.describedPrefix.map({ routes.localRoute(of: $0) }) ?? .unknown {
        case .prefixRecord(let route): current { $0.follow(route, from: lookup.depth) }
        case .nowhere: current { $0.end(.refused(.notResponsible)) }
        case .unreadable: current { $0.end(.failed(.busy)) }
        case .identifiers, .unknown: current { $0.ask(routes.above) }
        }
    }

    /// Has the look-up at hand go by the route of `prefix`.
    private mutating func seekRoute(of prefix: [UInt8], _ routes: RouteBook, at time: BatchTime) {
        switch routes.localRoute(of: prefix) {
        case .identifiers(let route): return current { $0.follow(route, from: $0.depth) }
        case .nowhere: return current { $0.end(.refused(.notResponsible)) }
        case .unreadable: return current { $0.end(.failed(.busy)) }
        case .prefixRecord, .unknown: break
        }
        switch routes.route(of: prefix, seconds: time.seconds) {
        case .sites(let sites):
            current { lookup in
                lookup.ask(sites)
                lookup.rememberedPrefix = prefix
            }
        case .nowhere(let finding): current { $0.end(finding) }
        case .unknown:
            lookups.append(RecursionLookup(IdentifierGrammar.prefixRecordName(of: prefix), goal: .prefixRecord))
        }
    }

    /// The look-up at hand has nobody left to ask.
    mutating func giveUp(_ routes: RouteBook, at time: BatchTime) {
        guard let lookup = lookups.last else { return }
        let failure = lookup.failure ?? .failed(.noRoute)
        if hasForgotten(lookup, failure, routes, at: time) || hasTurned(to: routes, lookup, failure, at: time) {
            return
        }
        switch lookup.goal {
        case .question:
            let isAnswer = failure == .notFound || failure == .refused(.notResponsible)
            end(failure, lifetimeSeconds: isAnswer ? routes.settings.negativeTTLSeconds : 0)
        case .prefixRecord: lackRoute(lookup, failure, routes, at: time)
        case .service:
            lookups.removeLast()
            current { $0.failure = $0.failure ?? failure }
        }
    }

    /// Where the sites come from a remembered route and none of them would answer, the route may be out of date: it is
    /// asked for anew, once.
    private mutating func hasForgotten(
        _ lookup: RecursionLookup,
        _ failure: RecursionOutcome.Finding,
        _ routes: RouteBook,
        at time: BatchTime
    ) -> Bool {
        switch failure {
        // It may have another key by now.
        case .failed(.unreachable), .failed(.unproven), .refused(.notResponsible), .refused(.siteInfoOutOfDate): break
        default: return false
        }
        guard let prefix = lookup.rememberedPrefix, !lookup.isSystemName, routes.expire(prefix, seconds: time.seconds)
        else { return false }
        current { lookup in
            lookup.ask([])
            lookup.hasSought = false
            lookup.rememberedPrefix = nil
            lookup.failureBefore = failure
        }
        return true
    }

    /// Where the level above does not know the record of a prefix, who answers for a prefix above it may.
    private mutating func hasTurned(
        to routes: RouteBook,
        _ lookup: RecursionLookup,
        _ failure: RecursionOutcome.Finding,
        at time: BatchTime
    ) -> Bool {
        guard failure == .notFound || failure == .refused(.notResponsible), lookup.sites.contains(where: \.isAbove),
            let prefix = lookup.describedPrefix,
            let ancestor = IdentifierGrammar.parent(of: lookup.ancestor ?? prefix),
            ancestor.contains(UInt8(ascii: "."))
        else { return false }
        current { $0.ancestor = ancestor }
        // Where nothing is known of that one either, the next above it comes.
        if case .nowhere = routes.route(of: ancestor, seconds: time.seconds) { return true }
        current { $0.candidates = nil }
        seekRoute(of: ancestor, routes, at: time)
        return true
    }

    /// The record of a prefix is not to be had.
    private mutating func lackRoute(
        _ lookup: RecursionLookup,
        _ failure: RecursionOutcome.Finding,
        _ routes: RouteBook,
        at time: BatchTime
    ) {
        lookups.removeLast()
        guard let prefix = lookup.describedPrefix else { return current { $0.end(failure) } }
        switch failure {
        case .notFound, .refused(.notResponsible), .failed(.noRoute):
            routes.noteAbsence(failure, of: prefix, seconds: time.seconds)
            current { $0.end(failure) }
        default:
            guard let sites = routes.staleRoute(of: prefix, seconds: time.seconds) else {
                return current { $0.end(failure) }
            }
            current { $0.ask(sites) }
        }
    }
}
