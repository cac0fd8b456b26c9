internal import ResolutionProtocol

/// What an answer means.
extension Recursion {
    /// Takes the answer of the server at hand.
    mutating func take(_ message: Message, _ routes: RouteBook, at time: BatchTime) {
        guard let lookup = lookups.last, let server = lookup.current else { return }
        noteSerial(message.header.siteInfoSerial, of: server, lookup, routes, at: time)
        let code = message.header.responseCode.decoded(from: message.envelope.version)
        guard isProven(code, by: server, lookup) else { return current { $0.fail(.failed(.unproven)) } }
        switch (code, message.body) {
        case (.success, .resolved(let answer)):
            takeValues(answer.values, lookup, routes, at: time)
        case (.valuesNotFound, _): takeValues([], lookup, routes, at: time)
        case (.identifierNotFound, _): current { $0.end(.notFound) }
        case (.serviceReferral, .referral(let referral)): follow(referral, for: .identifiers)
        case (.prefixReferral, .referral(let referral)) where lookup.describedPrefix != nil:
            follow(referral, for: .derivedPrefixes)
        case (.authenticationNeeded, _) where lookup.goal == .question: refer(to: server.place.site)
        case (.serverBusy, _), (.error, _), (.serverReadOnly, _), (.notResponsible, _), (.siteInfoOutOfDate, _),
            (.authenticationNeeded, _):
            current { $0.fail(.refused(Self.passedOn(message.header.responseCode))) }
        case (let code, .error) where code.hasErrorBody: current { $0.end(.refused(Self.passedOn(code))) }
        default: current { $0.fail(.failed(.unreachable)) }
        }
    }

    /// Whether an answer with `code` may be believed where its asker wants it signed: one that was not signed, as the
    /// key of its server is not known, only says who else is to be asked.
    private func isProven(_ code: ResponseCode, by server: SiteCandidate, _ lookup: RecursionLookup) -> Bool {
        guard lookup.goal == .question, question.flags.contains(.certify), server.server.publicKey.isEmpty else {
            return true
        }
        return code == .serviceReferral || code == .prefixReferral
    }

    /// The code that the asker gets for that of another node: a client refuses codes that it does not know, and what is
    /// about our request is not about the asker's.
    private static func passedOn(_ code: ResponseCode) -> ResponseCode {
        let known: [ResponseCode] = [
            .serverBusy, .operationNotSupported, .recursionLimitExceeded, .serverReadOnly, .invalidIdentifier,
            .siteInfoOutOfDate, .notResponsible, .notAdministrator, .insufficientPermission, .requestLimitReached,
        ]
        return known.contains(code) ? code : .error
    }

    private mutating func takeValues(
        _ values: [HandleValue],
        _ lookup: RecursionLookup,
        _ routes: RouteBook,
        at time: BatchTime
    ) {
        let settings = routes.settings
        let lifetime = AnswerLifetime.seconds(of: values, settings, unixSeconds: time.unixSeconds)
        guard lookup.goal != .question else {
            let isEmpty = values.isEmpty && !question.isCached
            return end(isEmpty ? .refused(.valuesNotFound) : found(values), lifetimeSeconds: lifetime)
        }
        let route = RouteValues(values, of: lookup.name, for: lookup.purpose)
        guard !route.isEmpty else { return lackSites(lookup, settings) }
        lookups.removeLast()
        let routeLifetime = AnswerLifetime.seconds(of: route.values, settings, unixSeconds: time.unixSeconds)
        deliver(route, of: lookup, lifetimeSeconds: routeLifetime)
    }

    /// The record of what everyone may read of `values`.
    private func found(_ values: [HandleValue]) -> RecursionOutcome.Finding {
        var writer = WireWriter(capacity: 1_024)
        StoredRecord.write(
            name: question.key,
            key: question.key,
            sequence: 0,
            values: values.filter(\.isEveryones),
            to: &writer
        )
        return .found(record: [UInt8](writer.bytes))
    }

    /// Hands the sites that `lookup` was for to the look-up that waits for them.
    private mutating func deliver(_ route: RouteValues, of lookup: RecursionLookup, lifetimeSeconds: UInt64) {
        current { below in
            guard case .service(let service) = lookup.goal else {
                below.follow(route, from: below.depth)
                below.noted = lookup.describedPrefix.map { RouteNote(prefix: $0, lifetimeSeconds: lifetimeSeconds) }
                return
            }
            below.sites += route.sites
            below.services += route.services.map {
                ServiceName(name: $0, purpose: .identifiers, depth: service.depth + 1)
            }
            // A route is good for as long as its shortest part.
            guard let noted = below.noted else { return }
            below.noted?.lifetimeSeconds = min(noted.lifetimeSeconds, lifetimeSeconds)
        }
    }

    /// A record of a prefix or a service that names nobody: it is asked for once more, past all caches
    /// (operations.md §15.3). A prefix whose record still names nobody is hosted by the node that keeps the record,
    /// where the level above has referred to that.
    private mutating func lackSites(_ lookup: RecursionLookup, _ settings: RecursionSettings) {
        guard lookup.isAuthoritative else {
            return current { lookup in
                lookup.isAuthoritative = true
                lookup.candidates = nil
            }
        }
        guard lookup.goal == .prefixRecord, let keeper = lookup.current?.place, !keeper.isAbove else {
            return current { $0.end(.failed(.noRoute)) }
        }
        lookups.removeLast()
        let route = RouteValues(keeper)
        deliver(route, of: lookup, lifetimeSeconds: settings.negativeTTLSeconds)
    }

    /// Goes where a referral says, within the look-up at hand.
    private mutating func follow(_ referral: Referral, for purpose: RouteValues.Purpose) {
        current { lookup in
            let name = RecursionQuestion.folding.key(of: referral.identifier)
            let depth = lookup.depth
            if let values = referral.values {
                let route = RouteValues(values, of: name, for: purpose)
                guard !route.isEmpty else { return lookup.fail(.failed(.noRoute)) }
                return lookup.follow(route, from: depth)
            }
            guard !referral.identifier.isEmpty else { return lookup.fail(.failed(.noRoute)) }
            lookup.ask([])
            lookup.failure = nil
            lookup.services = [ServiceName(name: name, purpose: purpose, depth: depth + 1)]
        }
    }

    /// The site wants to know who asks, which the asker has to tell it itself.
    private mutating func refer(to site: SiteInfo) {
        end(.referral([HandleValue(index: 1, type: ValueType.site, data: site.wire)]))
    }

    /// A server that knows a newer record of its site than the one used: the route is asked for anew next time
    /// (reliability case F2).
    private func noteSerial(
        _ serial: UInt16,
        of server: SiteCandidate,
        _ lookup: RecursionLookup,
        _ routes: RouteBook,
        at time: BatchTime
    ) {
        guard SiteInfo.isSerial(serial, newerThan: server.place.site.serialNumber), let prefix = lookup.routePrefix
        else { return }
        _ = routes.expire(prefix, seconds: time.seconds)
    }
}
