package import EventLoop
package import Resolution
internal import ResolutionClient
internal import ResolutionProtocol
internal import Synchronization

/// The thread of the route guardian: it probes the servers of delegated prefixes, and nobody waits for it.
package final class GuardianThread: Sendable {
    private enum Order: Sendable {
        case settle(GuardianSettings)
        case end
    }

    /// What it is made from; each closure is called on the thread alone.
    package struct Parts {
        var events: (open: [GuardianEvent], next: UInt64)
        var delegations: DelegatedSites
        var record: ([GuardianEvent]) -> String?

        /// `open` are events that nothing has ended, the next one has the number `next`; `record` keeps events durably,
        /// all or none, and says why it could not.
        package init(
            open: [GuardianEvent],
            next: UInt64,
            delegations: DelegatedSites,
            record: @escaping ([GuardianEvent]) -> String?
        ) {
            events = (open, next)
            self.delegations = delegations
            self.record = record
        }
    }

    /// Where things stand, for those who ask.
    private struct Shown: Sendable {
        var figures = GuardianFigures()
        var watched: [(address: WatchedAddress, standing: AddressStanding)] = []
    }

    private static let orderCountMax = 64
    private static let tickMilliseconds: UInt64 = 100
    private static let ticksPerSecond = 10
    /// The usual waits over UDP; over a connection less than for an asker who wants an answer.
    private static let timeouts = AskTimeouts(connect: 2_000, answer: 3_000)

    private let mailbox: Mailbox<Order>
    private let thread: NamedThread
    private let shown: SharedShown

    /// What the thread writes and others read.
    private final class SharedShown: Sendable {
        private let shown = Mutex(Shown())

        var current: Shown { shown.withLock { $0 } }

        func set(_ shown: Shown) { self.shown.withLock { $0 = shown } }
    }

    /// Starts the thread. `makeParts` runs there; `publish` is called there with each change of what is silent.
    package init(
        settings: GuardianSettings,
        publish: @escaping @Sendable (SilentSites) -> Void,
        makeParts: @escaping @Sendable () -> Parts
    ) throws(EventLoopError) {
        let started = ThreadStart<Mailbox<Order>>()
        let shown = SharedShown()
        self.shown = shown
        thread = try NamedThread(name: "guardian") {
            let turn = ThreadTurn()
            started.run { loop throws(EventLoopError) in
                let state = try ThreadState(on: loop, settings: settings, publish: publish, parts: makeParts())
                let mailbox = try Mailbox<Order>(on: loop, capacity: Self.orderCountMax) { state.obey($0) }
                state.closeMailbox = { mailbox.close() }
                state.timer = try LoopTimer(on: loop) {
                    state.tick(shown)
                    turn.giveWay()
                }
                state.timer?.start(afterMilliseconds: Self.tickMilliseconds, repeatMilliseconds: Self.tickMilliseconds)
                return mailbox
            }
        }
        mailbox = try started.wait(named: "guardian")
    }

    /// Goes by other settings from now on.
    package func settle(_ settings: GuardianSettings) { _ = mailbox.post(.settle(settings)) }

    /// What has been counted, as of about a second ago.
    package var figures: GuardianFigures { shown.current.figures }

    /// The watched addresses, as of about a second ago, in order.
    package var watched: [(address: WatchedAddress, standing: AddressStanding)] { shown.current.watched }

    /// Ends. Events that are open stay so, and are ended after the next start.
    package func stop() {
        _ = mailbox.post(.end)
        thread.join()
    }

    /// What the thread itself keeps.
    private final class ThreadState {
        private let asking: LoopAsking
        private let run: GuardianRun
        var timer: LoopTimer?
        var closeMailbox: () -> Void = {}
        private var tickCount = 0

        init(
            on loop: borrowing EventLoop,
            settings: GuardianSettings,
            publish: @escaping (SilentSites) -> Void,
            parts: Parts
        ) throws(EventLoopError) {
            var limits = LoopAskingLimits()
            limits.restsSilentServers = false
            limits.idleNanoseconds = 1_000_000_000
            let asking = try LoopAsking(on: loop, limits: limits, timeouts: GuardianThread.timeouts)
            self.asking = asking
            run = GuardianRun(
                RouteGuardian(
                    settings: settings,
                    open: parts.events.open,
                    nextEvent: parts.events.next,
                    at: WorkerCore.now()
                ),
                delegations: parts.delegations,
                ports: GuardianRun.Ports(
                    probe: { address, then in Self.probe(address, by: asking, then: then) },
                    record: parts.record,
                    publish: publish,
                    now: WorkerCore.now,
                    draw: { UInt64.random(in: 0 ... .max) }
                )
            )
        }

        /// Asks for the site record: every server has one, and it counts as nobody's resolution.
        private static func probe(
            _ address: WatchedAddress,
            by asking: LoopAsking,
            then: @escaping (ProbeOutcome) -> Void
        ) {
            guard let port = UInt16(exactly: address.server.port),
                let server = SocketAddress(serverAddress: address.server.address, port: port)
            else { return then(.untold) }
            asking.ask(
                Message.request(.getSiteInfo, body: .name(.unnamed)),
                at: server,
                over: address.transport == .udp ? .udp : .tcp
            ) { then(ProbeOutcome($0)) }
        }

        func obey(_ order: Order) {
            switch order {
            case .settle(let settings): run.settle(settings)
            case .end:
                timer?.close()
                timer = nil
                asking.close()
                closeMailbox()
            }
        }

        func tick(_ shown: SharedShown) {
            run.tick()
            tickCount += 1
            guard tickCount % GuardianThread.ticksPerSecond == 0 else { return }
            shown.set(Shown(figures: run.figures, watched: run.watched))
        }
    }
}
