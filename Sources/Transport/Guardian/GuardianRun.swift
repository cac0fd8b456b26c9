internal import Resolution

/// What the guardian's thread does: reads delegations, has addresses probed, records events before anything follows
/// from them, and tells what is silent. Lives on that thread only; who asks, records and listens, and what time it is,
/// come in as closures.
final class GuardianRun {
    /// Prefixes whose records are read in one turn.
    private static let prefixesPerTurn = 256

    /// What it needs of others.
    struct Ports {
        /// Probes an address; calls back once, perhaps before it returns.
        var probe: (WatchedAddress, @escaping (ProbeOutcome) -> Void) -> Void
        /// Records events durably; returns why it could not, and has then recorded none of them.
        var record: ([GuardianEvent]) -> String?
        /// Takes the sites to be left out from now on.
        var publish: (SilentSites) -> Void
        var now: () -> BatchTime
        var draw: () -> UInt64
    }

    private var guardian: RouteGuardian
    private let delegations: DelegatedSites
    private let ports: Ports
    private var isWalking = false
    private var walksAtNanoseconds: UInt64 = 0
    /// Events that are not recorded yet.
    private var unrecorded: [GuardianEvent] = []
    /// When recording is tried again after it failed.
    private var recordsAtNanoseconds: UInt64 = 0
    private static let recordPauseNanoseconds: UInt64 = 1_000_000_000
    private var counted = GuardianFigures()

    init(_ guardian: RouteGuardian, delegations: DelegatedSites, ports: Ports) {
        self.guardian = guardian
        self.delegations = delegations
        self.ports = ports
    }

    /// Goes by other settings from now on.
    func settle(_ settings: GuardianSettings) {
        guardian.settle(settings)
        isWalking = false
        walksAtNanoseconds = 0
    }

    /// Does what is due. Called often.
    func tick() {
        walk()
        probe()
        record()
        // What is not recorded yet has not happened.
        guard unrecorded.isEmpty, guardian.hasChanged, guardian.hasDelegations else { return }
        let silent = guardian.takeSilent()
        counted.silentSiteCount = silent.count
        ports.publish(silent)
    }

    private func walk() {
        let time = ports.now()
        guard guardian.settings.isEnabled else {
            guard time.nanoseconds >= walksAtNanoseconds else { return }
            return watch([], at: time)
        }
        if !isWalking {
            guard time.nanoseconds >= walksAtNanoseconds else { return }
            isWalking = delegations.begin()
            if !isWalking { return failWalk(at: time) }
        }
        switch delegations.advance(countMax: Self.prefixesPerTurn) {
        case .more: break
        case .unreadable: failWalk(at: time)
        case .done(let sites): watch(sites, at: time)
        }
    }

    private func watch(_ sites: [DelegatedSite], at time: BatchTime) {
        isWalking = false
        walksAtNanoseconds = time.nanoseconds &+ guardian.settings.intervalNanoseconds
        unrecorded += guardian.watch(sites, at: time, draw: ports.draw)
    }

    private func failWalk(at time: BatchTime) {
        isWalking = false
        walksAtNanoseconds = time.nanoseconds &+ guardian.settings.intervalNanoseconds
        counted.unreadableCount += 1
    }

    private func probe() {
        for address in guardian.takeDue(at: ports.now()) {
            counted.probeCount += 1
            counted.underWayCount += 1
            ports.probe(address) { [weak self] outcome in self?.note(outcome, of: address) }
        }
    }

    private func note(_ outcome: ProbeOutcome, of address: WatchedAddress) {
        counted.underWayCount -= 1
        switch outcome {
        case .answered: counted.answeredCount += 1
        case .failed: counted.failedCount += 1
        case .untold: counted.untoldCount += 1
        }
        guard let event = guardian.note(outcome, of: address, at: ports.now(), draw: ports.draw()) else { return }
        unrecorded.append(event)
    }

    /// Records what has happened. While that fails nothing more happens: so what waits is bounded by the addresses.
    private func record() {
        let now = ports.now().nanoseconds
        guard !unrecorded.isEmpty, now >= recordsAtNanoseconds else { return }
        counted.recordFailure = ports.record(unrecorded)
        guard counted.recordFailure == nil else {
            guardian.isHeld = true
            counted.recordFailureCount += 1
            recordsAtNanoseconds = now &+ Self.recordPauseNanoseconds
            return
        }
        guardian.isHeld = false
        for event in unrecorded { counted.eventCounts[event.kind, default: 0] += 1 }
        unrecorded = []
    }

    /// What has been counted, and how things stand.
    var figures: GuardianFigures {
        var figures = counted
        figures.settings = guardian.settings
        figures.unrecordedCount = unrecorded.count
        for state in AddressStanding.State.allCases { figures.counts[state] = guardian.count(state) }
        figures.unwatchedCount = guardian.unwatchedCount
        figures.isIsolated = guardian.isIsolated
        return figures
    }

    /// The watched addresses, in order.
    var watched: [(address: WatchedAddress, standing: AddressStanding)] { guardian.watched }
}
