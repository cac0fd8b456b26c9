internal import EventLoop
internal import Resolution

/// What a worker's thread does from start to end. Lives on that thread only.
final class WorkerRun {
    /// How often deadlines are looked at, in milliseconds; more often while draining.
    private static let tickMilliseconds: UInt64 = 500
    private static let drainTickMilliseconds: UInt64 = 20
    /// How many connections are looked at together, and when the next ones are, in milliseconds. To close so many takes
    /// less than a millisecond.
    private static let sweepCountMax = 64
    private static let sweepPauseMilliseconds: UInt64 = 1

    private let core: UnsafeMutablePointer<WorkerCore>
    private var deadlines: ConnectionDeadlines
    private var udpListeners: [UnsafeMutablePointer<UDPListener>] = []
    private var tcpListeners: [TCPListener] = []
    private var timer: LoopTimer?
    /// Goes on with the connections that the last part of a sweep has left.
    private var sweepTimer: LoopTimer?
    private var mailbox: Mailbox<Worker.Order>?
    private var drainDeadline: UInt64?
    /// Ticks since draining began. The loop has looked at all sockets between two.
    private var drainTickCount = 0

    private init(core: UnsafeMutablePointer<WorkerCore>) {
        self.core = core
        deadlines = ConnectionDeadlines(settings: core.pointee.settings)
    }

    /// Opens everything, tells `started`, and runs until drained.
    static func run(
        core: UnsafeMutablePointer<WorkerCore>,
        sockets: [OpenListeners.Sockets],
        started: ThreadStart<Mailbox<Worker.Order>>
    ) {
        let run = WorkerRun(core: core)
        do throws(EventLoopError) {
            let loop = try EventLoop()
            do throws(EventLoopError) {
                started.finish(.success(try run.open(on: loop, sockets: sockets)))
            } catch {
                started.finish(.failure(error))
                run.closeEverything()
            }
            loop.run()
            // The loop's callbacks reach it unowned.
            extendLifetime(run)
        } catch {
            started.finish(.failure(error))
        }
    }

    private func open(
        on loop: borrowing EventLoop,
        sockets: [OpenListeners.Sockets]
    ) throws(EventLoopError) -> Mailbox<Worker.Order> {
        let mailbox = try Mailbox<Worker.Order>(on: loop, capacity: 1_024) { [unowned self] order in obey(order) }
        self.mailbox = mailbox
        let timer = try LoopTimer(on: loop) { [unowned self] in tick() }
        self.timer = timer
        sweepTimer = try LoopTimer(on: loop) { [unowned self] in sweep() }
        if core.pointee.administration != nil || core.pointee.recursion != nil {
            core.pointee.lateAnswers = try Mailbox<LateAnswer>(
                on: loop,
                capacity: LateAnswer.countMax,
                receive: { [unowned self] answer in pass(answer) },
                received: { [unowned self] in core.sendLateAnswers() }
            )
        }
        if core.pointee.keys != nil {
            core.pointee.returnedHandshakes = try Mailbox<HandshakeStep>(on: loop, capacity: LateAnswer.countMax) {
                [unowned self] step in pass(step)
            }
        }
        for socket in sockets { try open(socket, on: loop) }
        timer.start(afterMilliseconds: Self.tickMilliseconds, repeatMilliseconds: Self.tickMilliseconds)
        return mailbox
    }

    /// The list of transports: another one is opened here.
    private func open(_ sockets: OpenListeners.Sockets, on loop: borrowing EventLoop) throws(EventLoopError) {
        if let udp = sockets.udp {
            udpListeners.append(
                try UDPListener.open(
                    on: loop,
                    socket: udp,
                    core: core,
                    number: udpListeners.count,
                    origin: sockets.plan.origin,
                    closed: {}
                )
            )
        }
        if let probes = sockets.probes {
            udpListeners.append(
                try UDPListener.open(
                    on: loop,
                    socket: probes,
                    core: core,
                    number: udpListeners.count,
                    origin: sockets.plan.origin,
                    steersIPv6: probes.address.isIPv6,
                    closed: {}
                )
            )
        }
        if let tcp = sockets.tcp {
            tcpListeners.append(try TCPListener(on: loop, socket: tcp, core: core, plan: sockets.plan))
        }
    }

    private func obey(_ order: Worker.Order) {
        switch order {
        case .adopt(let authority, let then):
            core.pointee.responder.adopt(authority)
            then()
        case .leaveOut(let silentSites): core.pointee.responder.adopt(silentSites)
        case .settle(let settings, let origins):
            core.pointee.settle(settings, origins: origins)
            deadlines = ConnectionDeadlines(settings: settings)
            for listener in udpListeners { listener.pointee.steer(by: settings) }
        case .drain(let deadline):
            guard drainDeadline == nil else { return }
            drainDeadline = deadline
            for listener in udpListeners { listener.pointee.drain() }
            udpListeners = []
            timer?.start(
                afterMilliseconds: Self.drainTickMilliseconds,
                repeatMilliseconds: Self.drainTickMilliseconds
            )
        }
    }

    /// Passes an answer of administration or of other nodes on to who asked; it may be gone.
    private func pass(_ answer: LateAnswer) {
        switch answer {
        case .stream(let connection, let answer): core.pointee.deferring[connection]?.received(answer)
        case .datagram(let listener, let path, let answer):
            guard listener < udpListeners.count else { return }
            udpListeners[listener].pointee.send(answer, along: path)
        case .recursion(let delivery): core.take(delivery, send: send)
        }
    }

    /// Sends an answer to a request that waited for other nodes; who asked may be gone.
    private func send(_ ticket: RecursionTicket, _ answer: AdministrationAnswer) {
        switch ticket.way {
        case .stream(let connection): core.pointee.deferring[connection]?.received(answer)
        case .datagram(let listener, let path):
            guard listener < udpListeners.count else { return }
            udpListeners[listener].pointee.transmit(answer.bytes, along: path)
        }
    }

    /// Gives a session back to its connection, which may be gone.
    private func pass(_ step: HandshakeStep) {
        core.pointee.handshaking[step.number]?.takeUnretainedValue().takeBack(step)
    }

    private func tick() {
        let now = SystemClock.monotonicNanoseconds()
        for listener in udpListeners { listener.pointee.expire(nowNanoseconds: now) }
        core.pointee.noteLimits(nowNanoseconds: now)
        core.pointee.noteCache()
        if isDraining || !core.pointee.connections.isWalking { core.pointee.connections.beginWalk() }
        sweep()
        guard let drainDeadline else { return }
        drainOn()
        let isDone = drainTickCount > 2 && core.pointee.connections.count == 0
        if isDone || now >= drainDeadline { closeEverything() }
    }

    private var isDraining: Bool { drainTickCount >= 2 }

    /// Looks at the deadlines of some connections, and soon at the next ones; while draining at all.
    private func sweep() {
        deadlines.apply(
            to: core,
            nowNanoseconds: SystemClock.monotonicNanoseconds(),
            isDraining: isDraining,
            countMax: isDraining ? .max : Self.sweepCountMax
        )
        guard core.pointee.connections.isWalking else { return }
        sweepTimer?.start(afterMilliseconds: Self.sweepPauseMilliseconds)
    }

    /// First the connections that wait in the kernel are taken, then what has come on them is read, then they end: a
    /// request that was there when draining began is answered.
    private func drainOn() {
        drainTickCount += 1
        guard drainTickCount == 2 else { return }
        for listener in tcpListeners { listener.close() }
        tcpListeners = []
    }

    private func closeListeners() {
        for listener in tcpListeners { listener.close() }
        tcpListeners = []
        for listener in udpListeners { listener.pointee.drain() }
        udpListeners = []
    }

    private func closeEverything() {
        closeListeners()
        while let connection = core.pointee.connections.first { connection.close(.connectionsClosedByDrain) }
        timer?.close()
        timer = nil
        sweepTimer?.close()
        sweepTimer = nil
        mailbox?.close()
        mailbox = nil
        core.pointee.lateAnswers?.close()
        core.pointee.lateAnswers = nil
        core.pointee.returnedHandshakes?.close()
        core.pointee.returnedHandshakes = nil
    }
}
