internal import Authentication
package import Cryptography
package import ResolutionProtocol

/// An asker who administers, without I/O: it logs in, proves, answers challenges and matches answers to requests.
///
/// Give it requests (`ask`), send what it says (`takeOutput`), give it each whole message that comes (`take`), and
/// tell it when there is a new connection (`reconnect`). A request is sent again with the same RequestId and the same
/// bytes, so that the server answers it as it did the first time.
package struct AdministrationDialogue: Sendable {
    /// What came of a request.
    package enum Event: Sendable {
        /// An answer, which may say no; more of it follows where `isLast` is false.
        case answer(requestID: UInt32, Message, isLast: Bool)
        /// There is no answer that may be believed.
        case failed(requestID: UInt32, AskFailure)
    }

    let key: AdministratorKey?
    var settings: DialogueSettings
    /// What checks the server's signatures, once it is known.
    package internal(set) var siteKey: PublicKey?
    var session: ClientSession?
    /// Not sent yet, in their order from `queueStart` on.
    private var queue: [PendingRequest] = []
    private var queueStart = 0
    /// Sent, by the RequestId that the answer will bear.
    var waiting: [UInt32: PendingRequest] = [:]
    var output: [UInt8] = []
    var isPreparing = false

    /// A dialogue of `key`'s owner; nil: of nobody, who is refused where a proof is wanted.
    package init(key: AdministratorKey?, settings: DialogueSettings = DialogueSettings()) {
        self.key = key
        self.settings = settings
        if case .known(let key) = settings.trust { siteKey = key }
    }

    /// How many requests have no answer yet.
    package var openCount: Int { queue.count - queueStart + waiting.count }

    /// Whether a session is open.
    package var hasSession: Bool { session != nil }

    /// How many more requests are of use now: as many as may be under way and are not.
    package var roomCount: Int { max(0, settings.inFlightMax - openCount) }

    /// Asks `request`; the answer comes as an event of the RequestId returned, which is its own where it has one.
    package mutating func ask(_ request: Message) -> UInt32 {
        var request = request
        if request.envelope.requestID == 0 { request.envelope.requestID = freshID() }
        if usesSession || settings.certifies { request.header.flags.insert(.certify) }
        if settings.certifies { request.header.flags.insert(.requestDigest) }
        queue.append(PendingRequest(request, isConfidential: request.body.isConfidential))
        return request.envelope.requestID
    }

    /// What to send now.
    package mutating func takeOutput() throws(AskFailure) -> [UInt8] {
        if try isReady() {
            let countMax = session?.isProven == false ? 1 : settings.inFlightMax
            while waiting.count < countMax, let next = dequeue() { try send(next) }
        }
        defer { output = [] }
        return output
    }

    /// There is a new connection: what has no answer goes over it from the beginning.
    package mutating func reconnect() -> [Event] {
        output = []
        isPreparing = false
        var events: [Event] = []
        for pending in waiting.values.sorted(by: { $0.requestID < $1.requestID }) {
            guard case .caller = pending.purpose else { continue }
            // The parts that are there would come twice.
            if pending.hasParts {
                events.append(.failed(requestID: pending.requestID, .connectionEnded))
            } else {
                requeue(pending)
            }
        }
        waiting = [:]
        return events
    }

    /// Ends the session, if one is open; nothing may be asked before that has been answered.
    package mutating func sayFarewell() throws(AskFailure) {
        guard session != nil else { return }
        let request = Message.request(
            .sessionTerminate,
            body: .name(.unnamed),
            flags: [.certify],
            requestID: freshID()
        )
        try send(PendingRequest(request, purpose: .farewell))
    }

    var usesSession: Bool { settings.usesSession && key != nil }

    /// A RequestId that no request under way has.
    func freshID() -> UInt32 {
        while true {
            let id = RequestID.random()
            if waiting[id] == nil { return id }
        }
    }

    /// Puts a request back, to go out before others.
    mutating func requeue(_ pending: PendingRequest) {
        var pending = pending
        pending.session = nil
        pending.proofCheck = nil
        if queueStart > 0 {
            queueStart -= 1
            queue[queueStart] = pending
        } else {
            queue.insert(pending, at: 0)
        }
    }

    private mutating func dequeue() -> PendingRequest? {
        guard queueStart < queue.count else { return nil }
        let next = queue[queueStart]
        queueStart += 1
        if queueStart == queue.count || queueStart >= 1_024 {
            queue.removeFirst(queueStart)
            queueStart = 0
        }
        return next
    }

    /// Forgets what has no answer; a session stays.
    package mutating func forget() {
        _ = failAll(.connectionEnded)
        output = []
    }

    /// Fails all that has no answer.
    mutating func failAll(_ failure: AskFailure) -> [Event] {
        let callers = waiting.values.filter { if case .caller = $0.purpose { true } else { false } }
        let failed = callers.map(\.requestID) + queue[queueStart...].map(\.requestID)
        waiting = [:]
        queue = []
        queueStart = 0
        isPreparing = false
        return failed.map { .failed(requestID: $0, failure) }
    }
}

extension MessageBody {
    /// Whether a request holds values that not everyone may read.
    fileprivate var isConfidential: Bool {
        switch self {
        case .values(let request): request.values.contains { !$0.permissions.contains(.publicRead) }
        // Rows of a batch are not looked into: better too much than too little.
        case .bytes: true
        default: false
        }
    }
}
