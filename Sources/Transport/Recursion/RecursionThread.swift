package import EventLoop
package import Resolution
internal import ResolutionClient
internal import ResolutionProtocol
internal import Synchronization

/// The one thread that asks other nodes: questions of all workers come here, so that equal ones are asked once, and no
/// worker waits for a server.
package final class RecursionThread: Sendable {
    private enum Order: Sendable {
        case request(RecursionRequest)
        case inquiry(RecursionInquiry)
        case adopt(Authority)
        case avoid(Set<ServerEndpoint>)
        case settle(RecursionSettings, RecursionLimits)
        case end
    }

    /// Orders that wait at most; those who wait for answers are bounded by `RecursionLimits`.
    private static let orderCountMax = 32_768
    private static let tickMilliseconds: UInt64 = 100
    /// How long a server may take for a connection and for an answer over it: less than an asker is ready to wait.
    private static let timeouts = AskTimeouts(connect: 2_000, answer: 5_000)

    private let mailbox: Mailbox<Order>
    private let thread: NamedThread
    private let refused = Atomic<UInt64>(0)
    private let figuresBox = Mutex(RecursionFigures())
    private let held: InFlightBytes

    /// Starts the thread. `makeLocal` runs there and makes what reads this node's own delegations; it may be nil.
    package init(
        settings: RecursionSettings,
        limits: RecursionLimits,
        makeLocal: @escaping @Sendable () -> LocalRoutes?
    ) throws(EventLoopError) {
        held = InFlightBytes(byteCountMax: limits.heldByteCountMax)
        let started = ThreadStart<Mailbox<Order>>()
        let back = ThreadOwner<RecursionThread>()
        thread = try NamedThread(name: "recursion") {
            let turn = ThreadTurn()
            started.run { loop throws(EventLoopError) in
                let state = try ThreadState(on: loop, settings: settings, limits: limits, local: makeLocal())
                let mailbox = try Mailbox<Order>(on: loop, capacity: Self.orderCountMax) { order in
                    back.owner?.obey(order, state)
                    turn.giveWay()
                }
                state.timer = try LoopTimer(on: loop) { back.owner?.tick(state) }
                state.timer?.start(afterMilliseconds: Self.tickMilliseconds, repeatMilliseconds: Self.tickMilliseconds)
                state.closeMailbox = { mailbox.close() }
                return mailbox
            }
        }
        mailbox = try started.wait(named: "recursion")
        back.set(self)
    }

    /// What the thread itself keeps.
    private final class ThreadState {
        let asking: LoopAsking
        let run: RecursionRun
        let local: LocalRoutes?
        var timer: LoopTimer?
        var closeMailbox: () -> Void = {}
        var tickCount = 0

        init(
            on loop: borrowing EventLoop,
            settings: RecursionSettings,
            limits: RecursionLimits,
            local: LocalRoutes?
        ) throws(EventLoopError) {
            var askLimits = LoopAskingLimits()
            askLimits.questionCountMax = limits.questionCountMax
            let asking = try LoopAsking(on: loop, limits: askLimits, timeouts: RecursionThread.timeouts)
            self.asking = asking
            self.local = local
            let routes = RouteBook(settings: settings, local: local) { endpoint in
                guard let port = UInt16(exactly: endpoint.port),
                    let server = SocketAddress(serverAddress: endpoint.address, port: port)
                else { return 0 }
                return Int(clamping: asking.cost(of: server))
            }
            run = RecursionRun(limits: limits, routes: routes, now: WorkerCore.now) { ask, attempt, then in
                asking.ask(
                    ask.request,
                    at: attempt.server,
                    over: attempt.transport,
                    signer: ask.mustBeCertified ? ask.server.publicKey : nil,
                    then: then
                )
            }
        }
    }

    /// Takes a question; false where there is no room for it, so that it is answered with code 3.
    func take(_ request: RecursionRequest) -> Bool {
        guard mailbox.post(.request(request)) else {
            refused.add(1, ordering: .relaxed)
            return false
        }
        return true
    }

    /// Takes a question that no worker has; without room for it its outcome says so at once.
    func take(_ inquiry: RecursionInquiry) {
        guard mailbox.post(.inquiry(inquiry)) else {
            refused.add(1, ordering: .relaxed)
            return inquiry.then(RecursionOutcome(inquiry.question, .failed(.busy)))
        }
    }

    /// Holds the bytes of a request until the last trace of what is returned is gone; nil: there is no room for them.
    func hold(_ byteCount: Int) -> (any Sendable)? {
        guard let place = held.place(byteCount) else {
            refused.add(1, ordering: .relaxed)
            return nil
        }
        return place
    }

    /// Goes by these prefixes from now on.
    package func adopt(_ authority: Authority) { _ = mailbox.post(.adopt(authority)) }

    /// Asks these servers after all others from now on.
    package func avoid(_ servers: Set<ServerEndpoint>) { _ = mailbox.post(.avoid(servers)) }

    /// Goes by other settings from now on; what is under way stays.
    package func settle(_ settings: RecursionSettings, limits: RecursionLimits) {
        held.settle(byteCountMax: limits.heldByteCountMax)
        _ = mailbox.post(.settle(settings, limits))
    }

    /// What has been counted, as of about a second ago.
    package var figures: RecursionFigures { figuresBox.withLock { $0 } }

    /// Requests that found no room.
    package var refusedCount: UInt64 { refused.load(ordering: .relaxed) }

    /// Answers all who wait that there is no room, and ends.
    package func stop() {
        _ = mailbox.post(.end)
        thread.join()
    }

    private func obey(_ order: Order, _ state: ThreadState) {
        switch order {
        case .request(let request): state.run.take(request)
        case .inquiry(let inquiry): state.run.take(inquiry)
        case .adopt(let authority): state.local?.adopt(authority)
        case .avoid(let servers): state.run.routes.avoid(servers)
        case .settle(let settings, let limits):
            state.run.routes.settle(settings)
            state.run.settle(limits)
        case .end:
            state.run.end()
            state.asking.close()
            state.timer?.close()
            state.timer = nil
            state.closeMailbox()
        }
    }

    private func tick(_ state: ThreadState) {
        state.run.tick()
        state.tickCount += 1
        guard state.tickCount % 10 == 0 else { return }
        var figures = state.run.figures
        figures.heldByteCount = held.byteCount
        figures.upstream = state.asking.figures
        figures.servers = state.asking.states
        figuresBox.withLock { $0 = figures }
    }
}
