import Resolution
import ResolutionProtocol

/// A node that asks others: its routes and its answers are bounded as tightly as can be, so that inputs reach the
/// bounds.
struct RecursionSample: ~Copyable {
    private static let routeCountMax = 4
    private static let cacheByteCount = 4_096
    private static let ownNumber: UInt8 = 9

    /// What nothing that is asked may be.
    private struct Asked: Hashable {
        var endpoint: ServerEndpoint
        var name: [UInt8]
        var isAuthoritative: Bool
    }

    private let routes: RouteBook
    private var cache: AnswerCache
    private var time = BatchTime(unixSeconds: 1_700_000_000, nanoseconds: 1_000_000_000_000)

    /// `manner`: bits of how far the node is on.
    init(manner: UInt8) {
        var settings = RecursionSettings(
            above: [PretendedSite.site([1, 2]), .known(onlyByAddress: PretendedSite.address(3), port: 2_641)],
            ownSite: PretendedSite.site([Self.ownNumber])
        )
        settings.routeCountMax = Self.routeCountMax
        settings.askCountMax = manner & 1 == 0 ? 16 : 4
        settings.serviceDepthMax = manner & 2 == 0 ? 8 : 1
        routes = RouteBook(settings: settings) { Int($0.address[15]) }
        cache = AnswerCache(
            byteCount: Self.cacheByteCount,
            staleSecondsMax: 600,
            hash: KeyedHash(first: 1, second: UInt64(manner))
        )
    }

    /// Asks one question, and keeps what comes of it.
    mutating func ask(_ input: inout FuzzInput) {
        let manner = input.uint8()
        var flags = OpFlags.requestDefault
        if manner & 1 != 0 { flags.insert(.authoritative) }
        if manner & 2 != 0 { flags.insert(.certify) }
        if manner & 4 != 0 { flags.remove(.publicOnly) }
        let question = RecursionQuestion(
            identifier: PretendedAnswers.name(&input),
            indexes: [1],
            flags: flags,
            recursionCount: manner & 8 == 0 ? manner >> 6 : manner >> 4,
            provesIdentity: manner & 16 != 0
        )
        time.nanoseconds &+= UInt64(input.uint8()) &* 7_000_000_000
        if let known = cache.outcome(of: question, nanoseconds: time.nanoseconds) {
            claim(question.isCached, "an answer is given from the cache that may not be")
            claimSound(known)
        }
        let outcome = outcome(of: question, &input)
        claimSound(outcome)
        _ = RemoteRecord(outcome)
        if case .success(let keys) = RemoteKeyFailure.keys(in: outcome) {
            claim(keys.allSatisfy(\.isEveryones), "keys that are not everyone's are told")
        }
        cache.keep(outcome, nanoseconds: time.nanoseconds)
        claimKept(outcome)
        claim(routes.routeCount <= Self.routeCountMax, "\(routes.routeCount) routes are remembered")
    }

    private func outcome(of question: RecursionQuestion, _ input: inout FuzzInput) -> RecursionOutcome {
        var recursion = Recursion(question)
        var asked: Set<Asked> = []
        var step = recursion.advance(.started, routes: routes, at: time)
        while case .ask(let ask) = step {
            claimMayBeAsked(ask, question)
            let isAuthoritative = ask.request.header.flags.contains(.authoritative)
            let mark = Asked(endpoint: ask.endpoint, name: ask.identifier, isAuthoritative: isAuthoritative)
            claim(asked.insert(mark).inserted, "a server is asked the same twice")
            claim(asked.count <= routes.settings.askCountMax, "\(asked.count) questions for one")
            let answer = PretendedAnswers.answer(to: ask, &input)
            step = recursion.advance(answer.map { .answered($0) } ?? .unanswered, routes: routes, at: time)
        }
        guard case .done(let outcome) = step else { return RecursionOutcome(question, .failed(.noRoute)) }
        claim(outcome.askCount == asked.count && recursion.askCount == asked.count, "questions are miscounted")
        if case .done(let again) = recursion.advance(.unanswered, routes: routes, at: time) {
            claim(again == outcome, "what is over ends in another way")
        } else {
            claim(false, "what is over goes on")
        }
        return outcome
    }

    private func claimMayBeAsked(_ ask: RecursionAsk, _ question: RecursionQuestion) {
        let address = ask.server.address
        // At another port of its address may be another node.
        let own = ServerEndpoint(address: PretendedSite.address(Self.ownNumber), port: 2_641)
        let ports = ask.server.interfaces.map(\.port)
        claim(ports.allSatisfy { ServerEndpoint(address: address, port: $0) != own }, "the node asks itself")
        claim(address.count == 16 && address.contains { $0 != 0 } && address[0] != 0xFF, "nobody's address is asked")
        claim(!ask.server.interfaces.isEmpty, "a server is asked by no interface")
        claim(ask.interfaces.allSatisfy { (1...65_535).contains($0.port) }, "a port is none")
        let isProofWanted = question.flags.contains(.certify) || question.provesIdentity
        claim(ask.mustBeCertified == (isProofWanted && !ask.server.publicKey.isEmpty), "a signature is not asked for")
        claim(!question.provesIdentity || ask.interfaces.allSatisfy { $0.transport == .tcp }, "keys come by UDP")
        let header = ask.request.header
        claim(header.recursionCount == question.recursionCount + 1, "the recursion count does not rise")
        claim(header.recursionCount <= RecursionQuestion.recursionCountMax, "passed on too often")
        let wire = ask.request.wire
        guard let again = try? Message(wire: wire) else { return claim(false, "a question cannot be read") }
        claim(again.wire == wire, "a question is another when read")
    }

    /// What everyone may be given, and for no longer than is allowed.
    private func claimSound(_ outcome: RecursionOutcome) {
        let settings = routes.settings
        claim(outcome.lifetimeSeconds <= settings.ttlMaxSeconds, "an answer is kept for too long")
        claim(outcome.question.isCached || outcome.lifetimeSeconds == 0, "an answer is kept that may not be")
        guard case .found(let record) = outcome.finding else { return }
        guard let view = try? StoredRecordView(record.span.bytes), let values = try? view.decodedValues() else {
            return claim(false, "a record that was found cannot be read")
        }
        claim(values.allSatisfy(\.isEveryones), "values that are not everyone's are told")
    }

    /// What was kept is the same when it is found, and takes no more room than there is.
    private func claimKept(_ outcome: RecursionOutcome) {
        let figures = cache.figures
        claim(figures.byteCount <= Self.cacheByteCount && figures.entryCount >= 0, "the cache is too full")
        // What is longer than an eighth of the cache is not kept.
        guard outcome.lifetimeSeconds > 0, case .notFound = outcome.finding, outcome.question.key.count < 256 else {
            return
        }
        let known = cache.outcome(of: outcome.question, nanoseconds: time.nanoseconds)
        claim(known?.finding == .notFound, "what was kept is not there")
    }
}
