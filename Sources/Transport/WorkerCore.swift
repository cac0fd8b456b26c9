internal import EventLoop
internal import Resolution
internal import ResolutionProtocol

/// What a worker's listeners and connections share: reached by pointer from C callbacks, used by one thread.
struct WorkerCore: ~Copyable {
    private(set) var settings: TransportSettings
    var responder: Responder
    var batch = RequestBatch()
    /// Answers of the batch at hand; every exchange begins by emptying it.
    var writer = WireWriter(capacity: Self.writerByteCount, byteCountMax: 16 << 20)
    static let writerByteCount = 256 << 10
    let metrics: MetricWriter
    private(set) var origins: Unmanaged<OriginTable>
    let limiter: Unmanaged<ConnectionLimiter>
    /// What source networks have drawn by UDP, those that are not asked, and those that were refused.
    var sources: SourceLimiter
    private(set) var exempt: ExemptNetworks
    let limited: LimitedNetworks.Writer
    /// When the counts of those that were refused fade next.
    var limitedFadeNanoseconds: UInt64 = 0
    /// Where connections read into that hold no unfinished message.
    let readBuffer: UnsafeMutableRawPointer
    static let readBufferByteCount = 64 << 10
    /// Where ciphertext is read into, and written from, that the session takes or gives at once.
    let secureBuffer: UnsafeMutableRawPointer
    static let secureBufferByteCount = 64 << 10
    var connections = ConnectionList()
    /// Bytes of unfinished requests and unsent answers of this worker's connections.
    var bufferedByteCount = 0
    /// Whether requests of the batch at hand are administration's.
    var hasDeferred = false
    /// Whether others are to be asked for requests of the batch at hand.
    var hasRecursion = false
    /// Where they go; nil: the responder defers none.
    let administration: (any AdministrationPort)?
    /// Where what others are to be asked for goes; nil: nothing does.
    let recursion: RecursionThread?
    /// This worker's number.
    let worker: Int
    /// Where the answers of both come in; nil until the loop runs and after it ended.
    var lateAnswers: Mailbox<LateAnswer>?
    /// Connections that await such answers, by number.
    var deferring: [UInt64: UnsafeMutablePointer<Connection>] = [:]
    /// Connections for which answers have come that are taken together; empty between two turns of the loop.
    var withLateAnswers: [UnsafeMutablePointer<Connection>] = []
    /// Where steps of handshakes are done; nil: there are none.
    let keys: KeyThread?
    /// Where the sessions come back from there; nil until the loop runs and after it ended.
    var returnedHandshakes: Mailbox<HandshakeStep>?
    /// Streams whose sessions are there, by the step's number.
    var handshaking: [UInt64: Unmanaged<SecureStream>] = [:]
    private var lastConnectionNumber: UInt64

    init(
        settings: TransportSettings,
        responder: consuming Responder,
        metrics: MetricPage,
        origins: OriginTable,
        limiter: ConnectionLimiter,
        limited: LimitedNetworks,
        administration: (any AdministrationPort)? = nil,
        recursion: RecursionThread? = nil,
        keys: KeyThread? = nil,
        worker: Int = 0
    ) {
        self.settings = settings
        self.administration = administration
        self.recursion = recursion
        self.worker = worker
        self.keys = keys
        lastConnectionNumber = UInt64(truncatingIfNeeded: worker) << 48
        self.responder = responder
        self.metrics = metrics.writer
        self.origins = Unmanaged.passRetained(origins)
        self.limiter = Unmanaged.passRetained(limiter)
        self.limited = limited.writer
        sources = SourceLimiter(settings.rateLimit, hash: .random())
        exempt = ExemptNetworks(settings)
        readBuffer = .allocate(byteCount: Self.readBufferByteCount, alignment: 64)
        secureBuffer = .allocate(byteCount: Self.secureBufferByteCount, alignment: 64)
    }

    deinit {
        origins.release()
        limiter.release()
        readBuffer.deallocate()
        secureBuffer.deallocate()
    }

    /// Goes by other settings from now on; called between two batches.
    mutating func settle(_ settings: TransportSettings, origins: OriginTable) {
        self.settings = settings
        let old = self.origins
        self.origins = Unmanaged.passRetained(origins)
        old.release()
        sources.settle(settings.rateLimit)
        responder.adopt(allowed: settings.recursionNetworks.map(\.querySource))
        exempt = ExemptNetworks(settings)
    }

    /// This worker's share of the bytes that may be in flight.
    var bufferedByteCountMax: Int { settings.inFlightByteCountMax / max(1, settings.workerCount) }

    /// Whether `byteCount` more bytes may wait.
    func hasRoom(for byteCount: Int) -> Bool { bufferedByteCount &+ byteCount <= bufferedByteCountMax }

    /// The present time as counts and answers want it.
    static func now() -> BatchTime {
        BatchTime(unixSeconds: SystemClock.coarseRealtimeSeconds(), nanoseconds: SystemClock.monotonicNanoseconds())
    }

    /// Answers the batch without counting it: what came by TCP may be answered anew in smaller batches, and what came
    /// by UDP may not be sent. Afterwards its answers lie in `writer`.
    mutating func respond(in block: RawSpan, started: BatchTime) {
        responder.respond(to: &batch, in: block, at: started, into: &writer)
    }

    /// Counts the batch, which has been answered, and notes what became of it.
    mutating func conclude(started: BatchTime) {
        responder.count(
            batch,
            started: started,
            ended: BatchTime(unixSeconds: started.unixSeconds, nanoseconds: SystemClock.monotonicNanoseconds())
        )
        hasDeferred = false
        hasRecursion = false
        for index in 0..<batch.count {
            switch batch.slots[index].recipient {
            case .nobody: note(batch.slots[index])
            case .administration: hasDeferred = true
            case .recursion: hasRecursion = true
            case .refresh:
                hasRecursion = true
                note(batch.slots[index])
            }
        }
    }

    /// Notes what became of a request.
    func note(_ slot: RequestSlot) {
        metrics.add(slot.silence == .none ? .answers(slot.responseCode) : .silence(slot.silence))
    }

    /// A number for a connection, different for each of this process.
    mutating func nextConnectionNumber() -> UInt64 {
        lastConnectionNumber &+= 1
        return lastConnectionNumber
    }

    mutating func changeBuffered(by byteCount: Int) {
        bufferedByteCount &+= byteCount
        metrics.set(.bytesBuffered, bufferedByteCount)
    }
}
