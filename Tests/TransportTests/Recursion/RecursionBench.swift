import EventLoop
import Resolution
import ResolutionClient
import ResolutionProtocol
import Synchronization

@testable import Transport

/// A `RecursionRun` whose time and whose upstream are a test's.
final class RecursionBench {
    /// A question to a server that is under way.
    struct Asked {
        let ask: RecursionAsk
        let attempt: UpstreamAttempt
        let then: (LoopAsking.Outcome) -> Void
    }

    var run: RecursionRun
    private let loop: EventLoop
    private let mailboxes: [Mailbox<LateAnswer>]
    private let state: State
    private let told = Told()

    /// What inquiries came to.
    private final class Told: Sendable {
        private let findings = Mutex<[RecursionOutcome.Finding]>([])

        var all: [RecursionOutcome.Finding] { findings.withLock { $0 } }

        func take(_ finding: RecursionOutcome.Finding) { findings.withLock { $0.append(finding) } }
    }

    private final class State {
        var seconds = 1_000.0
        var asked: [Asked] = []
        var delivered: [[RecursionDelivery]] = [[], []]
    }

    /// Two workers, and a level above that listens at `ports` for UDP and TCP.
    init(limits: RecursionLimits = RecursionLimits(), ports: (udp: UInt32, tcp: UInt32) = (2_641, 2_641)) throws {
        let state = State()
        self.state = state
        loop = try EventLoop()
        var mailboxes: [Mailbox<LateAnswer>] = []
        for worker in 0..<2 {
            mailboxes.append(
                try Mailbox<LateAnswer>(on: loop, capacity: LateAnswer.countMax) { answer in
                    if case .recursion(let delivery) = answer { state.delivered[worker].append(delivery) }
                }
            )
        }
        self.mailboxes = mailboxes
        let address = [UInt8](repeating: 0, count: 12) + [192, 0, 2, 1]
        let interfaces = [
            ServerInterface(kind: .both, transport: .udp, port: ports.udp),
            ServerInterface(kind: .both, transport: .tcp, port: ports.tcp),
        ]
        let above = SiteInfo(
            serialNumber: 1,
            servers: [SiteServer(serverID: 1, address: address, interfaces: interfaces)]
        )
        let settings = RecursionSettings(above: [above], ownSite: SiteInfo(serialNumber: 1, servers: []))
        run = RecursionRun(
            limits: limits,
            routes: RouteBook(settings: settings),
            now: { BatchTime(unixSeconds: Int64(state.seconds), nanoseconds: UInt64(state.seconds * 1e9)) },
            ask: { state.asked.append(Asked(ask: $0, attempt: $1, then: $2)) }
        )
    }

    deinit {
        for mailbox in mailboxes { mailbox.close() }
        loop.run()
    }

    /// Questions to servers so far.
    var asked: [Asked] { state.asked }

    /// What worker `number` has been told.
    func delivered(to number: Int = 0) -> [RecursionDelivery] {
        loop.runOnceWithoutWaiting()
        return state.delivered[number]
    }

    /// What inquiries have been told so far.
    var inquired: [RecursionOutcome.Finding] { told.all }

    /// Requests of worker `number` that have been answered, with what.
    func answered(by number: Int = 0) -> [RecursionOutcome.Finding] {
        delivered(to: number).flatMap { delivery in delivery.tickets.map { _ in delivery.outcome.finding } }
    }

    /// Lets so many seconds pass.
    func wait(_ seconds: Double) {
        state.seconds += seconds
        run.tick()
    }

    /// A worker asks for `name`; a request waits for it unless it is `forCache`.
    func ask(_ name: String = "0.NA/88.1", worker: Int = 0, hasStale: Bool = false, forCache: Bool = false) {
        let ticket = RecursionTicket(
            bytes: [],
            slot: RequestSlot(
                offset: 0,
                byteCount: 0,
                origin: .external,
                isDatagram: false,
                source: QuerySource(high: 0, low: 0, prefixLength: 128),
                port: 1
            ),
            received: BatchTime(unixSeconds: 0, nanoseconds: 0),
            way: .stream(connection: 1),
            hasStale: hasStale,
            place: 0
        )
        run.take(
            RecursionRequest(
                question: RecursionQuestion(identifier: Array(name.utf8)),
                ticket: forCache ? nil : ticket,
                worker: worker,
                answers: mailboxes[worker]
            )
        )
    }

    /// Another thread than a worker's asks for `name`.
    func inquire(_ name: String = "0.NA/88.1", flags: OpFlags = .requestDefault, provesIdentity: Bool = false) {
        let told = told
        let question = RecursionQuestion(
            identifier: Array(name.utf8),
            flags: flags,
            provesIdentity: provesIdentity
        )
        run.take(RecursionInquiry(question: question) { told.take($0.finding) })
    }

    /// The server answers question `number` with a value that may be kept for so long.
    func answer(_ number: Int, ttlSeconds: Int32 = 600) {
        let asked = state.asked[number]
        var message = asked.ask.request
        message.header.responseCode = .success
        let value = HandleValue(index: 1, ttl: ttlSeconds, type: Array("URL".utf8), data: [65])
        message.body = .resolved(ResolutionAnswer(identifier: asked.ask.identifier, values: [value]))
        asked.then(.success(message))
    }

    /// Question `number` to a server fails.
    func fail(_ number: Int, _ failure: AskFailure = .noAnswer(sendings: 3, milliseconds: 3_000)) {
        state.asked[number].then(.failure(failure))
    }
}
