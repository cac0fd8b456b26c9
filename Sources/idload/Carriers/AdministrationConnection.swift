internal import EventLoop
internal import ResolutionClient
internal import ResolutionProtocol

/// A connection over which an administrator writes, and the session in it: each request bears a code of the session,
/// and so does each answer.
final class AdministrationConnection {
    /// What came: whose answer it is, and what is wrong with it that its bytes do not show.
    struct Arrival {
        let requestID: UInt32
        let fault: AnswerFault?
        /// nil: it may not be believed, or nobody waits for it.
        let answer: Message?
    }

    /// Requests without an answer, those that were given up too.
    static let openCountMax = 16_384
    /// For a farewell's answer.
    private static let farewellNanoseconds: UInt64 = 500_000_000

    private let connection: TCPConnection
    private let timeoutNanoseconds: UInt64
    private let openCountMax: Int
    private var dialogue: AdministrationDialogue
    /// Since when no further request is taken; nil: it is.
    private var fullSinceNanoseconds: UInt64?

    /// Without a key nobody is logged in.
    init(
        _ connection: TCPConnection,
        key: AdministratorKey?,
        timeoutNanoseconds: UInt64,
        openCountMax: Int = openCountMax
    ) {
        self.connection = connection
        self.timeoutNanoseconds = timeoutNanoseconds
        self.openCountMax = openCountMax
        var settings = DialogueSettings()
        settings.inFlightMax = openCountMax
        dialogue = AdministrationDialogue(key: key, settings: settings)
    }

    var hasRoom: Bool { connection.hasRoom && dialogue.openCount < openCountMax }
    var counts: ConnectionCounts { connection.counts }
    var isOpen: Bool { connection.isOpen }
    var wasRefused: Bool { connection.wasRefused }

    func addSocket(to watch: inout SocketWatch) {
        watch.add(connection.descriptor, forWriting: connection.isSending)
    }

    /// Connects and logs in with a first request, whose answer proves who asks.
    func logIn(asking request: Message, until deadline: UInt64) throws(AskFailure) -> Message {
        try connection.open(until: deadline)
        _ = dialogue.ask(request)
        var first: Message?
        var failure: AskFailure?
        while true {
            try flush()
            guard try connection.wait(until: deadline) else {
                throw .noAnswer(sendings: 1, milliseconds: AdministrationCarrier.logInMilliseconds)
            }
            _ = try receive { event, _, _ in
                switch event {
                case .answer(_, let answer, _): first = answer
                case .failed(_, let why): failure = why
                }
            }
            if let failure { throw failure }
            if let first { return first }
        }
    }

    /// Takes a request, to be sent by `work`.
    func ask(_ request: Message) { _ = dialogue.ask(request) }

    /// Sends and receives what can be; connects again after a pause where the connection has ended. What it had under
    /// way then gets no answer.
    func work(nowNanoseconds now: UInt64, _ take: (Arrival, RawSpan, UInt64) -> Void) -> Int {
        var count = 0
        connection.attempt { () throws(AskFailure) in
            if connection.isDue(nowNanoseconds: now) { try connection.begin() }
            guard connection.isOpen || connection.descriptor >= 0 else { return }
            if isStuck(nowNanoseconds: now) { throw .noAnswer(sendings: 1, milliseconds: 0) }
            if connection.isOpen { try flush() }
            count = try receive { event, message, now in
                if let arrival = Self.arrival(event) { take(arrival, message, now) }
            }
            if connection.isOpen { try flush() }
        }
        if connection.descriptor < 0, dialogue.openCount > 0 { dialogue.forget() }
        return count
    }

    /// Ends the session, if one is open, so that the server need not keep it.
    func end() {
        let deadline = SystemClock.monotonicNanoseconds() &+ Self.farewellNanoseconds
        connection.attempt { () throws(AskFailure) in
            guard connection.isOpen, dialogue.hasSession else { return }
            try dialogue.sayFarewell()
            while dialogue.hasSession {
                try flush()
                guard try connection.wait(until: deadline) else { return }
                _ = try receive { _, _, _ in }
            }
        }
        connection.close()
    }

    /// Whether it has taken nothing for so long that its answers will not come any more.
    private func isStuck(nowNanoseconds now: UInt64) -> Bool {
        guard dialogue.openCount >= openCountMax else {
            fullSinceNanoseconds = nil
            return false
        }
        let since = fullSinceNanoseconds ?? now
        fullSinceNanoseconds = since
        return now >= since &+ timeoutNanoseconds
    }

    private func flush() throws(AskFailure) {
        let output = try dialogue.takeOutput()
        if !output.isEmpty { connection.queue(output) }
        try connection.send()
    }

    /// Hands on what came of requests, with the message that says it.
    private func receive(
        _ take: (AdministrationDialogue.Event, RawSpan, UInt64) -> Void
    ) throws(AskFailure) -> Int {
        var failure: AskFailure?
        let seconds = UInt32(truncatingIfNeeded: SystemClock.coarseRealtimeSeconds())
        let count = try connection.receive { message, now in
            guard failure == nil else { return }
            do throws(AskFailure) {
                for event in try dialogue.take([UInt8](message), nowSeconds: seconds) { take(event, message, now) }
            } catch {
                // Nobody waits for it any more, or nobody ever did: that is for its column.
                if case .wrongRequestID(let id) = error {
                    take(.failed(requestID: id, error), message, now)
                } else {
                    failure = error
                }
            }
        }
        if let failure { throw failure }
        return count
    }

    /// nil: what failed is the log-in, and the request has no answer.
    private static func arrival(_ event: AdministrationDialogue.Event) -> Arrival? {
        switch event {
        case .answer(let id, let answer, _): Arrival(requestID: id, fault: nil, answer: answer)
        case .failed(_, .sessionRefused), .failed(_, .noSiteKey), .failed(_, .keyUnusable): nil
        case .failed(let id, .unproven), .failed(let id, .notPlain):
            Arrival(requestID: id, fault: .unproven, answer: nil)
        case .failed(let id, _): Arrival(requestID: id, fault: .malformed, answer: nil)
        }
    }
}
