internal import EventLoop
internal import Resolution
internal import ResolutionClient
internal import ResolutionProtocol

/// What the recursion thread does: takes questions of workers, has equal ones wait for one answer, and asks other nodes
/// what `Recursion` says. Lives on that thread only; who asks and what time it is come in as closures.
final class RecursionRun {
    /// Asks one server; calls back once, perhaps before it returns.
    typealias Ask = (RecursionAsk, UpstreamAttempt, @escaping (LoopAsking.Outcome) -> Void) -> Void

    private(set) var limits: RecursionLimits
    let routes: RouteBook
    private let ask: Ask
    private let now: () -> BatchTime
    /// Equal questions have one answer.
    private var works: [RecursionQuestion: RecursionWork] = [:]
    private var waiterCount = 0
    /// Where each worker that has ever asked takes answers: all of them keep what one has asked for.
    private var workers: [Int: Mailbox<LateAnswer>] = [:]
    /// Answers of the last moment, for workers that asked before they had them.
    private var recent = RecentOutcomes()
    /// What has been counted; what it holds now is filled in by `figures`.
    private var counted = RecursionFigures()

    init(limits: RecursionLimits, routes: RouteBook, now: @escaping () -> BatchTime, ask: @escaping Ask) {
        self.limits = limits
        self.routes = routes
        self.now = now
        self.ask = ask
    }

    /// Goes by other limits from now on; what is under way stays.
    func settle(_ limits: RecursionLimits) { self.limits = limits }

    /// Takes a question; where there is no room its answer says so at once.
    func take(_ request: RecursionRequest) {
        workers[request.worker] = request.answers
        if let outcome = recent.outcome(of: request.question, now: now().nanoseconds) {
            return deliver(outcome, to: request)
        }
        if let work = works[request.question] {
            guard hasRoom(for: request, in: work) else { return deliverBusy(request) }
            counted.joinedCount += request.ticket == nil ? 0 : 1
            return add(request, to: work)
        }
        // What nobody waits for leaves half of the room to those who do.
        let countMax = request.ticket == nil ? limits.questionCountMax / 2 : limits.questionCountMax
        guard works.count < countMax, waiterCount < limits.waiterCountMax else { return deliverBusy(request) }
        if request.ticket == nil { counted.prefetchCount += 1 }
        begin(request.question) { add(request, to: $0) }
    }

    /// Takes a question that no worker has; it leaves half of the room to theirs.
    func take(_ inquiry: RecursionInquiry) {
        if let outcome = recent.outcome(of: inquiry.question, now: now().nanoseconds) { return inquiry.then(outcome) }
        let work = works[inquiry.question]
        let hasRoom =
            work.map { $0.waiterCount < limits.waitersPerQuestionMax } ?? (works.count < limits.questionCountMax / 2)
        guard hasRoom, waiterCount < limits.waiterCountMax / 2 else {
            counted.busyCount += 1
            return inquiry.then(RecursionOutcome(inquiry.question, .failed(.busy)))
        }
        waiterCount += 1
        if let work {
            counted.joinedCount += 1
            return work.add(inquiry)
        }
        begin(inquiry.question) { $0.add(inquiry) }
    }

    /// Begins to look for an answer to `question`; `add` adds who waits for it.
    private func begin(_ question: RecursionQuestion, _ add: (RecursionWork) -> Void) {
        let work = RecursionWork(question, startNanoseconds: now().nanoseconds)
        works[question] = work
        counted.questionCount += 1
        add(work)
        advance(work, .started)
    }

    /// Ends what has taken too long, and answers those who can do with what is no longer fresh. Called often.
    func tick() {
        let time = now()
        for work in Array(works.values) {
            let age = time.nanoseconds &- work.startNanoseconds
            if age >= limits.questionNanoseconds {
                counted.timedOutCount += 1
                finish(work, RecursionOutcome(work.question, .failed(.unreachable)))
            } else if age >= limits.staleAnswerNanoseconds, !work.hasAnsweredStale {
                answerStale(work)
            }
        }
    }

    /// What has been counted, and what is held now.
    var figures: RecursionFigures {
        var figures = counted
        figures.openCount = works.count
        figures.waiterCount = waiterCount
        figures.routeCount = routes.routeCount
        figures.olderSiteCount = routes.olderSiteCount
        return figures
    }

    /// Answers all who wait that there is no room any more.
    func end() {
        for work in Array(works.values) { finish(work, RecursionOutcome(work.question, .failed(.busy))) }
    }

    private func hasRoom(for request: RecursionRequest, in work: RecursionWork) -> Bool {
        request.ticket == nil || work.waiterCount < limits.waitersPerQuestionMax && waiterCount < limits.waiterCountMax
    }

    private func add(_ request: RecursionRequest, to work: RecursionWork) {
        guard let ticket = request.ticket else { return }
        work.add(ticket, of: request.worker)
        waiterCount += 1
    }

    private func deliverBusy(_ request: RecursionRequest) {
        guard request.ticket != nil else { return }
        counted.busyCount += 1
        deliver(RecursionOutcome(request.question, .failed(.busy)), to: request)
    }

    private func deliver(_ outcome: RecursionOutcome, to request: RecursionRequest) {
        let tickets = request.ticket.map { [$0] } ?? []
        _ = request.answers.post(.recursion(RecursionDelivery(outcome: outcome, tickets: tickets)))
    }

    private func advance(_ work: RecursionWork, _ event: Recursion.Event) {
        switch work.recursion.advance(event, routes: routes, at: now()) {
        case .done(let outcome): finish(work, outcome)
        case .ask(let ask):
            counted.askCount += 1
            work.attempts = UpstreamAttempt.all(for: ask)[...]
            work.wasUnproven = false
            attempt(ask, for: work)
        }
    }

    /// Asks over the next way that is left.
    private func attempt(_ ask: RecursionAsk, for work: RecursionWork) {
        guard let attempt = work.attempts.popFirst() else {
            return advance(work, work.wasUnproven ? .unproven : .unanswered)
        }
        self.ask(ask, attempt) { [weak self, weak work] outcome in
            // It may have ended meanwhile because of its time.
            guard let self, let work, works[work.question] === work else { return }
            take(outcome, of: ask, for: work)
        }
    }

    private func take(_ outcome: LoopAsking.Outcome, of ask: RecursionAsk, for work: RecursionWork) {
        switch outcome {
        case .success(let message): advance(work, .answered(message))
        case .failure(.busy): finish(work, RecursionOutcome(work.question, .failed(.busy)))
        case .failure(let failure):
            if failure.isOfProof {
                counted.unprovenCount += 1
                work.wasUnproven = true
            }
            attempt(ask, for: work)
        }
    }

    /// Tells those who have an answer that is no longer fresh to do with it; the others go on waiting for a fresh one.
    private func answerStale(_ work: RecursionWork) {
        let outcome = RecursionOutcome(work.question, .failed(.unreachable))
        for (worker, tickets) in work.takeThoseWithStale() {
            waiterCount -= tickets.count
            counted.staleCount += UInt64(tickets.count)
            _ = workers[worker]?.post(.recursion(RecursionDelivery(outcome: outcome, tickets: tickets)))
        }
    }

    private func finish(_ work: RecursionWork, _ outcome: RecursionOutcome) {
        guard works[work.question] === work else { return }
        works[work.question] = nil
        waiterCount -= work.waiterCount
        note(outcome, work)
        recent.note(outcome, now: now().nanoseconds)
        for inquiry in work.inquiries { inquiry.then(outcome) }
        for (worker, answers) in workers {
            let tickets = work.waiters[worker] ?? []
            guard !tickets.isEmpty || outcome.lifetimeSeconds > 0 else { continue }
            // A worker that takes nothing any more has ended.
            _ = answers.post(.recursion(RecursionDelivery(outcome: outcome, tickets: tickets)))
        }
    }

    private func note(_ outcome: RecursionOutcome, _ work: RecursionWork) {
        switch outcome.finding {
        case .found: counted.foundCount += 1
        case .notFound: counted.notFoundCount += 1
        case .referral: counted.referralCount += 1
        case .refused: counted.refusedCount += 1
        case .failed: counted.failedCount += 1
        }
        guard outcome.mayBeReplacedByStale else { return }
        counted.staleCount += UInt64(work.waiters.values.reduce(0) { $0 + $1.count(where: \.hasStale) })
    }
}

extension AskFailure {
    /// Whether an answer came, or could have come, that is not proven.
    fileprivate var isOfProof: Bool {
        switch self {
        case .unproven, .noSiteKey, .digestMissing, .digestWrong: true
        default: false
        }
    }
}
