package import Cryptography
package import EventLoop
package import ResolutionProtocol

/// Administers one server over TCP, or TLS, and waits for the answers: for command-line tools and tests.
///
/// Connection and session stay open from request to request. Where the connection ends or is silent, requests go once
/// more over a new one as they were.
package final class AdministrationClient: AdministrationAsking {
    /// Who is asked.
    package let server: SocketAddress
    private let timeouts: AskTimeouts
    private let security: TLSContext?
    private var link: AdministrationLink?
    private var dialogue: AdministrationDialogue
    /// Answers take long where a server makes those wait who failed before.
    package static let timeoutsDefault = AskTimeouts(answer: 30_000)

    /// A client of `server` for the owner of `key`, by TLS and nothing else where there is `security`.
    package init(
        server: SocketAddress,
        key: AdministratorKey?,
        settings: DialogueSettings = DialogueSettings(),
        timeouts: AskTimeouts = AdministrationClient.timeoutsDefault,
        security: TLSContext? = nil
    ) {
        self.server = server
        self.timeouts = timeouts
        self.security = security
        dialogue = AdministrationDialogue(key: key, settings: settings)
    }

    /// Asks what is answered in parts (flag CN), and hands each on until `each` says no.
    package func askInParts(
        _ request: Message,
        _ each: (Message) -> Bool
    ) throws(AdministrationError) {
        var failure: AskFailure?
        _ = dialogue.ask(request)
        var isOver = false
        try run { event in
            switch event {
            case .failed(_, let reason):
                failure = reason
                isOver = true
            case .answer(_, let answer, let isLast):
                isOver = !each(answer) || isLast
            }
            return !isOver
        }
        // What comes of a list that nobody reads on belongs to no request.
        if dialogue.openCount > 0 { drop() }
        if let failure { throw asking(failure) }
    }

    package func askAll(
        inFlight: Int,
        next: () -> Message?,
        asked: (UInt32) -> Void,
        each: (_ requestID: UInt32, _ outcome: Result<Message, AskFailure>) -> Bool
    ) throws(AdministrationError) {
        dialogue.settings.inFlightMax = max(1, inFlight)
        try askAll(next: next, asked: asked, each: each)
    }

    /// Asks what `next` gives until it gives nil, as many at a time as the settings say, and hands each answer on under
    /// the RequestId that its request was given; each request has one answer.
    ///
    /// `each` says whether to go on.
    package func askAll(
        next: () -> Message?,
        asked: (UInt32) -> Void = { _ in },
        each: (_ requestID: UInt32, _ outcome: Result<Message, AskFailure>) -> Bool
    ) throws(AdministrationError) {
        var isExhausted = false
        var isStopped = false
        func fill() {
            while !isExhausted, dialogue.roomCount > 0 {
                guard let request = next() else {
                    isExhausted = true
                    return
                }
                asked(dialogue.ask(request))
            }
        }
        fill()
        guard dialogue.openCount > 0 else { return }
        try run { event in
            switch event {
            case .failed(let id, let failure): isStopped = !each(id, .failure(failure))
            case .answer(let id, let answer, _): isStopped = !each(id, .success(answer))
            }
            if !isStopped { fill() }
            return !isStopped
        }
    }

    /// Ends the session and the connection. That the server does not answer is no failure.
    package func end() {
        defer { drop() }
        guard dialogue.hasSession, link != nil else { return }
        do throws(AskFailure) {
            try dialogue.sayFarewell()
            while dialogue.hasSession { _ = try exchange() }
        } catch {
            return
        }
    }

    /// Exchanges messages until nothing is open or `each` says no.
    private func run(_ each: (AdministrationDialogue.Event) -> Bool) throws(AdministrationError) {
        var hasTriedAgain = false
        while dialogue.openCount > 0 {
            do throws(AskFailure) {
                for event in try connect() where !each(event) { return }
                let events = try exchange()
                if !events.isEmpty { hasTriedAgain = false }
                for event in events where !each(event) { return }
            } catch {
                let wasConnected = link != nil
                link = nil
                guard wasConnected, error.isUnreachable, !hasTriedAgain else {
                    drop()
                    throw asking(error)
                }
                hasTriedAgain = true
            }
        }
    }

    /// Connects where there is no connection.
    private func connect() throws(AskFailure) -> [AdministrationDialogue.Event] {
        guard link == nil else { return [] }
        link = try AdministrationLink.connecting(server, security: security, timeouts: timeouts)
        return dialogue.reconnect()
    }

    private func exchange() throws(AskFailure) -> [AdministrationDialogue.Event] {
        let output = try dialogue.takeOutput()
        let now = UInt32(truncatingIfNeeded: SystemClock.coarseRealtimeSeconds())
        var events: [AdministrationDialogue.Event] = []
        for message in try link?.exchange(output) ?? [] { events += try dialogue.take(message, nowSeconds: now) }
        return events
    }

    /// Forgets the connection and what is open.
    private func drop() {
        link?.sayGoodbye()
        link = nil
        dialogue.forget()
    }

    private func asking(_ failure: AskFailure) -> AdministrationError {
        .asking(AskError(server: "\(server)", carrier: security == nil ? .tcp : .tls, failure: failure))
    }
}
