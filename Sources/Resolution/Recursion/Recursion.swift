package import ResolutionProtocol

/// One question in progress, from the nearest known route to an answer, without I/O: feed it what happened, do what it
/// says (operations.md §15).
///
/// Names of the level above are asked there. For any other identifier the record of its prefix tells the sites: known
/// from a delegation of this node, remembered from an earlier question, or asked for at the level above, which may
/// refer further down. Every step asks a server that was not asked the same before, and there are so many steps at
/// most: the machine ends. Aliases are not followed.
package struct Recursion: Sendable {
    /// What happened.
    package enum Event: Sendable {
        /// Nothing yet: begin.
        case started
        /// The server that was asked has answered, and the answer may be believed to be its own (F3, F4: the asker's).
        case answered(Message)
        /// No answer came that may be believed, over any of the interfaces.
        case unanswered
        /// Answers came, and what proves them is wrong or missing.
        case unproven
    }

    /// What to do.
    package enum Step: Sendable {
        /// Ask this.
        case ask(RecursionAsk)
        /// It is over.
        case done(RecursionOutcome)
    }

    /// A question that was put to a server.
    private struct Asked: Hashable, Sendable {
        var endpoint: ServerEndpoint
        var name: [UInt8]
        var isAuthoritative: Bool
    }

    /// What is asked.
    package let question: RecursionQuestion
    /// Questions to other nodes so far.
    package private(set) var askCount = 0
    /// What is being looked up, each for the one before it. Empty: it is over.
    var lookups: [RecursionLookup]
    /// Services that were looked up.
    var services: Set<[UInt8]> = []
    /// The end, once it is known.
    private var outcome: RecursionOutcome?
    private var asked: Set<Asked> = []

    /// Looks for an answer to `question`.
    package init(_ question: RecursionQuestion) {
        self.question = question
        let isAuthoritative = question.flags.contains(.authoritative)
        lookups = [RecursionLookup(question.key, goal: .question, isAuthoritative: isAuthoritative)]
    }

    /// What to do now that `event` happened. After `.done` the same again.
    package mutating func advance(_ event: Event, routes: RouteBook, at time: BatchTime) -> Step {
        switch event {
        // Passed on it would have a count of one more (wire.md §4).
        case .started where question.recursionCount >= RecursionQuestion.recursionCountMax:
            end(.failed(.tooDeep))
        case .started: break
        case .answered(let message): take(message, routes, at: time)
        case .unanswered: current { $0.fail(.failed(.unreachable)) }
        case .unproven: current { $0.fail(.failed(.unproven)) }
        }
        while true {
            if let outcome { return .done(outcome) }
            if let ask = proceed(routes, at: time) { return .ask(ask) }
        }
    }

    /// Ends it.
    mutating func end(_ finding: RecursionOutcome.Finding, lifetimeSeconds: UInt64 = 0) {
        guard outcome == nil else { return }
        var outcome = RecursionOutcome(question, finding, lifetimeSeconds: question.isCached ? lifetimeSeconds : 0)
        outcome.askCount = askCount
        self.outcome = outcome
        lookups = []
    }

    /// Changes the look-up at hand.
    mutating func current(_ change: (inout RecursionLookup) -> Void) {
        guard !lookups.isEmpty else { return }
        change(&lookups[lookups.count - 1])
    }

    /// One step on; the question to ask, where that is the step.
    private mutating func proceed(_ routes: RouteBook, at time: BatchTime) -> RecursionAsk? {
        guard let lookup = lookups.last else {
            end(.failed(.noRoute))
            return nil
        }
        guard let candidates = lookup.candidates else {
            gatherSites(routes, at: time)
            return nil
        }
        guard let candidate = candidates.first else {
            giveUp(routes, at: time)
            return nil
        }
        current { $0.candidates?.removeFirst() }
        return ask(candidate, for: lookup, routes, at: time)
    }

    /// Asks `candidate`, unless that is this node or was asked before.
    private mutating func ask(
        _ candidate: SiteCandidate,
        for lookup: RecursionLookup,
        _ routes: RouteBook,
        at time: BatchTime
    ) -> RecursionAsk? {
        let asked = Asked(endpoint: candidate.endpoint, name: lookup.name, isAuthoritative: lookup.isAuthoritative)
        guard !routes.isOwn(candidate.server), !self.asked.contains(asked) else {
            current { $0.failure = $0.failure ?? $0.failureBefore ?? .failed(.loop) }
            return nil
        }
        guard askCount < routes.settings.askCountMax else {
            end(.failed(.tooManyAsks))
            return nil
        }
        self.asked.insert(asked)
        askCount += 1
        current { $0.current = candidate }
        return RecursionAsk(of: question, lookup, to: candidate, at: time)
    }
}
