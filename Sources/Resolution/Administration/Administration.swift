internal import Authentication
public import Cryptography
internal import ResolutionProtocol

/// Everything that is not a plain resolution: sessions and proofs, permissions, and changes with their order.
///
/// Used by one thread alone. Requests come in through `take`; what takes long goes on elsewhere and comes back as a
/// step that the port `post` has run here. Reads no clock: each entry says what time it is.
public final class Administration {
    let settings: AdministrationSettings
    let ports: AdministrationPorts
    /// The node's own key, for signed answers and for sessions; nil: there is none.
    let siteKey: PrivateKey?
    var rows: [[UInt8]: PrefixRow] = [:]
    var records: StoredRecordReader
    var sessions: SessionTable
    var challenges: ChallengeTable
    var connections: [UInt64: NationalConnection] = [:]
    var certifiedConnections = CertifiedConnections()
    var failures: FailedProofs
    var templates = TemplateBook()
    /// Templates of earlier rows of the set that is being decided on.
    var setTemplates: [[UInt8]: DataTemplate] = [:]
    var lanes = Lanes()
    /// Bytes of answers that are being signed.
    var signingByteCount = 0
    /// Turns that have come and are about to begin.
    var readyTurns: [AdministrationStep] = []
    var isBeginningTurns = false
    var datagrams = RepeatedDatagrams()
    var delayed = DelayedSteps()
    var staged: StagedSets
    var writeRates: [UInt32: WriteRate] = [:]
    var traces: OpenTraces
    var remoteKeyWaits = RemoteKeyWaits()
    var random = SystemRandomNumberGenerator()
    var prefixReload = PrefixReload()
    var eventBudget = EventBudget()
    /// The time of what is being done.
    public internal(set) var now: BatchTime
    /// Why no change is taken, for the asker to read; nil: changes are taken.
    public var readOnlyReason: String?
    var figures = AdministrationFigures()
    var responder: Responder
    var batch = RequestBatch()
    var writer = WireWriter(capacity: 4_096, byteCountMax: 2 * Envelope.messageLengthMax)

    /// Puts administration together. `responder` answers what everyone may ask, and counts; it defers nothing.
    public init(
        settings: AdministrationSettings,
        ports: AdministrationPorts,
        siteKey: PrivateKey?,
        responder: consuming Responder,
        now: BatchTime
    ) {
        self.settings = settings
        self.ports = ports
        self.siteKey = siteKey
        self.responder = responder
        self.now = now
        records = StoredRecordReader(store: ports.store, folding: settings.folding)
        sessions = SessionTable(countMax: settings.sessionCountMax)
        challenges = ChallengeTable(
            countMax: settings.challengeCountMax,
            byteCountMax: settings.challengeByteCountMax
        )
        failures = FailedProofs(perMinuteMax: settings.failedProofsPerMinute)
        traces = OpenTraces(settings: settings.trace)
        staged = StagedSets(byteCountMax: settings.atomicByteCountMax, countMax: settings.atomicStepCountMax)
        _ = readPrefixes()
    }

    /// Answers `request`, now or later.
    public func take(_ request: AdministrationRequest, now: BatchTime) {
        self.now = now
        figures.requestCount += 1
        guard var call = read(request), isNew(&call) else { return }
        performAsCertified(call)
    }

    /// Goes on with something that was waited for.
    public func resume(_ step: AdministrationStep, now: BatchTime) {
        self.now = now
        step(self)
    }

    /// A connection is gone, and what was bound to it.
    public func connectionClosed(_ number: UInt64) {
        connections[number] = nil
        traces.remove(connection: number)
        certifiedConnections.remove(number)
    }

    /// Forgets what is over; to be called about once a second.
    public func tick(now: BatchTime) {
        self.now = now
        sessions.expire(seconds: now.seconds)
        challenges.expire(seconds: now.seconds)
        failures.expire(seconds: now.seconds)
        staged.expire(seconds: now.seconds)
        datagrams.expire(seconds: now.seconds)
        figures.abandonedTraceCount += UInt64(traces.expire(seconds: now.seconds, now: now.nanoseconds))
        expireRemoteKeys()
        for step in delayed.due(now.seconds) { step(self) }
        writeRates = writeRates.filter { $0.value.isRecent(now: now.nanoseconds) }
    }

    /// What has been counted so far.
    public var currentFigures: AdministrationFigures {
        var current = figures
        current.sessionCount = sessions.count
        current.challengeCount = challenges.count
        current.waitingCount = lanes.count
        current.openTraceCount = traces.count
        current.remoteKeyWaitCount = remoteKeyWaits.count
        current.evictedSessionCount = sessions.evictedCount
        current.evictedChallengeCount = challenges.evictedCount
        return current
    }

    /// An id that names no session and no challenge.
    func freshID() -> UInt32 {
        while true {
            let id = SessionID.random(using: &random)
            if !sessions.contains(id), !challenges.contains(id) { return id }
        }
    }

    /// `count` octets that nobody can guess.
    func randomBytes(_ count: Int) -> [UInt8] {
        (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &random) }
    }
}

/// What a connection of the national SDK has agreed on (security.md §7.5).
struct NationalConnection: Sendable {
    /// Who logged in.
    var identity: Identity?
    /// Encrypts messages; nil: they go in clear.
    var key: SessionKey?
}

extension BatchTime {
    /// Whole seconds of the monotonic clock.
    var seconds: UInt64 { nanoseconds / 1_000_000_000 }
}
