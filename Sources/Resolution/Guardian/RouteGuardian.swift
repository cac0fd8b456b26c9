internal import ResolutionProtocol

/// Which addresses of delegated nodes answer, without I/O: it says what is to be probed, is told what came of it, and
/// says what changed (docs/guardian.md).
///
/// Bounded: `GuardianSettings.addressCountMax` addresses. It reads no clock and draws no random numbers: both come in.
package struct RouteGuardian: Sendable {
    /// A site and the addresses of each of its servers.
    private struct Site: Sendable {
        let data: [UInt8]
        let servers: [[WatchedAddress]]
    }

    /// What it goes by.
    package private(set) var settings: GuardianSettings
    /// While events cannot be recorded nothing begins or ends: what is due then happens at a later probe.
    package var isHeld = false
    /// Whether the sites to be left out may be others than they were.
    package private(set) var hasChanged = true
    /// Addresses of delegations beyond the bound, which are not probed.
    package private(set) var unwatchedCount = 0
    /// Whether delegations have been read since the start.
    package private(set) var hasDelegations = false
    private var standings: [WatchedAddress: AddressStanding] = [:]
    private var sites: [Site] = []
    private var nextEvent: UInt64

    /// A guardian that goes on from `open`, events that nothing has ended yet: their addresses are dead until they
    /// answer. The next event has the number `nextEvent`.
    package init(
        settings: GuardianSettings,
        open: [GuardianEvent] = [],
        nextEvent: UInt64 = 1,
        at time: BatchTime
    ) {
        self.settings = settings
        self.nextEvent = max(nextEvent, (open.last?.number ?? 0) + 1)
        for event in open {
            var standing = AddressStanding(
                sinceUnixSeconds: event.sinceUnixSeconds,
                dueNanoseconds: time.nanoseconds
            )
            standing.state = .dead
            standing.failure = event.cause
            standing.failureCount = settings.failureCountMax
            standing.openEvent = event.number
            standing.prefix = event.prefix
            standings[event.address] = standing
        }
    }

    /// Goes by other settings from now on.
    package mutating func settle(_ settings: GuardianSettings) { self.settings = settings }

    /// The watched addresses with how they stand, in order.
    package var watched: [(address: WatchedAddress, standing: AddressStanding)] {
        standings.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    /// How many addresses are in `state`.
    package func count(_ state: AddressStanding.State) -> Int { standings.values.count { $0.state == state } }

    /// Watches the servers of `sites` from now on, and no others; `draw` gives random numbers. Returns the events that
    /// end here, as nothing leads to their addresses any more.
    package mutating func watch(
        _ delegated: [DelegatedSite],
        at time: BatchTime,
        draw: () -> UInt64
    ) -> [GuardianEvent] {
        guard !isHeld else { return [] }
        var wanted: [WatchedAddress: (prefix: [UInt8], prefixes: Set<[UInt8]>)] = [:]
        var order: [WatchedAddress] = []
        sites = delegated.map { site in
            let servers = WatchedAddress.all(of: site.site)
            for address in servers.joined() {
                if wanted[address] == nil { order.append(address) }
                wanted[address, default: (site.prefix, [])].prefixes.insert(site.prefix)
            }
            return Site(data: site.data, servers: servers)
        }
        unwatchedCount = max(0, order.count - settings.addressCountMax)
        let kept = Set(order.prefix(settings.addressCountMax))
        let events = forget(allBut: kept, at: time)
        for address in kept {
            // Spread over the interval, so that not all are asked at once.
            let due = time.nanoseconds &+ draw() % (settings.intervalNanoseconds + 1)
            var standing =
                standings[address] ?? AddressStanding(sinceUnixSeconds: time.unixSeconds, dueNanoseconds: due)
            standing.prefix = wanted[address]?.prefix ?? []
            standing.prefixCount = wanted[address]?.prefixes.count ?? 0
            standings[address] = standing
        }
        (hasChanged, hasDelegations) = (true, true)
        return events
    }

    private mutating func forget(allBut kept: Set<WatchedAddress>, at time: BatchTime) -> [GuardianEvent] {
        var events: [GuardianEvent] = []
        for (address, standing) in watched where !kept.contains(address) {
            standings[address] = nil
            guard standing.openEvent > 0 else { continue }
            events.append(end(.unwatched, of: address, standing, at: time))
        }
        return events
    }

    /// Addresses to be probed now, those first that have waited longest. Each is to be told of by `note`, once.
    package mutating func takeDue(at time: BatchTime) -> [WatchedAddress] {
        let room = settings.underWayCountMax - standings.values.count(where: \.isUnderWay)
        guard settings.isEnabled, hasDelegations, room > 0 else { return [] }
        let due = standings.filter { !$0.value.isUnderWay && $0.value.dueNanoseconds <= time.nanoseconds }
        let chosen = due.sorted { ($0.value.dueNanoseconds, $0.key) < ($1.value.dueNanoseconds, $1.key) }.prefix(room)
        for (address, _) in chosen { standings[address]?.isUnderWay = true }
        return chosen.map(\.key)
    }

    /// Takes in what came of a probe; `draw` is a random number. Returns the event that this is, if it is one.
    package mutating func note(
        _ outcome: ProbeOutcome,
        of address: WatchedAddress,
        at time: BatchTime,
        draw: UInt64
    ) -> GuardianEvent? {
        // Nothing may lead there any more.
        guard var standing = standings[address] else { return nil }
        standing.isUnderWay = false
        let before = standing.state
        var event: GuardianEvent?
        switch outcome {
        case .answered: event = noteAnswer(of: address, &standing, at: time)
        case .failed(let failure): event = noteFailure(failure, of: address, &standing, at: time)
        case .untold: break
        }
        let isInDoubt = standing.state == .suspected || standing.state == .dead && standing.successCount > 0
        let pause = isInDoubt ? settings.intervalNanoseconds / 4 : settings.intervalNanoseconds
        standing.dueNanoseconds = time.nanoseconds &+ GuardianSettings.jittered(pause, draw: draw)
        standings[address] = standing
        if standing.state != before { hasChanged = true }
        return event
    }

    private mutating func noteAnswer(
        of address: WatchedAddress,
        _ standing: inout AddressStanding,
        at time: BatchTime
    ) -> GuardianEvent? {
        standing.failure = nil
        standing.failureCount = 0
        if standing.successCount == 0 { standing.answeringSinceUnixSeconds = time.unixSeconds }
        standing.successCount = min(standing.successCount + 1, settings.successCountMin)
        standing.answeredUnixSeconds = time.unixSeconds
        guard standing.state == .dead else {
            if standing.state == .suspected { standing.sinceUnixSeconds = time.unixSeconds }
            standing.state = .alive
            return nil
        }
        guard standing.successCount >= settings.successCountMin, !isHeld else { return nil }
        standing.sinceUnixSeconds = standing.answeringSinceUnixSeconds
        let event = end(.recovered, of: address, standing, at: time)
        standing.state = .alive
        standing.openEvent = 0
        return event
    }

    private mutating func noteFailure(
        _ failure: ProbeFailure,
        of address: WatchedAddress,
        _ standing: inout AddressStanding,
        at time: BatchTime
    ) -> GuardianEvent? {
        standing.failure = failure
        standing.successCount = 0
        standing.failureCount = min(standing.failureCount + 1, settings.failureCountMax)
        guard standing.state != .dead else { return nil }
        if standing.state == .alive { standing.sinceUnixSeconds = time.unixSeconds }
        standing.state = .suspected
        guard standing.failureCount >= settings.failureCountMax, !isHeld else { return nil }
        standing.state = .dead
        standing.openEvent = nextEvent
        nextEvent += 1
        return GuardianEvent(
            number: standing.openEvent,
            kind: .abnormal,
            unixSeconds: time.unixSeconds,
            sinceUnixSeconds: standing.sinceUnixSeconds,
            address: address,
            cause: failure,
            prefix: standing.prefix
        )
    }

    private mutating func end(
        _ kind: GuardianEvent.Kind,
        of address: WatchedAddress,
        _ standing: AddressStanding,
        at time: BatchTime
    ) -> GuardianEvent {
        defer { nextEvent += 1 }
        return GuardianEvent(
            number: nextEvent,
            kind: kind,
            closes: standing.openEvent,
            unixSeconds: time.unixSeconds,
            sinceUnixSeconds: kind == .recovered ? standing.sinceUnixSeconds : time.unixSeconds,
            address: address,
            prefix: standing.prefix
        )
    }
}

/// What follows for answers.
extension RouteGuardian {
    /// Whether no server answers though there are many: then it is this node's own network that is broken, and nothing
    /// is left out.
    package var isIsolated: Bool {
        guard !standings.values.contains(where: { $0.state == .alive }) else { return false }
        return Set(standings.keys.map(\.server)).count >= settings.isolationCountMin
    }

    /// The sites whose servers are all dead. After this `hasChanged` is false until something changes.
    package mutating func takeSilent() -> SilentSites {
        hasChanged = false
        guard !isIsolated else { return .none }
        var ranks: [[UInt8]: UInt64] = [:]
        for site in sites {
            if let rank = rank(of: site) { ranks[site.data] = rank }
        }
        let dead = Dictionary(grouping: standings, by: \.key.server).filter { _, addresses in
            addresses.allSatisfy { $0.value.state == .dead }
        }
        return SilentSites(ranks: ranks, servers: Set(dead.keys))
    }

    /// When the last of the site's servers died, as the number of that event; nil: not all are dead.
    private func rank(of site: Site) -> UInt64? {
        var last: UInt64 = 0
        guard !site.servers.isEmpty else { return nil }
        for server in site.servers {
            guard !server.isEmpty else { return nil }
            for address in server {
                guard let standing = standings[address], standing.state == .dead else { return nil }
                last = max(last, standing.openEvent)
            }
        }
        return last
    }
}
