package import EventLoop
package import Resolution
internal import Synchronization

/// The one thread on which administration runs: requests of all workers come here one after the other, so that nothing
/// of it needs a lock, and nothing of it keeps a worker.
package final class AdministrationThread: AdministrationPort {
    /// What it can be told.
    private enum Order: Sendable {
        case request(AdministrationRequest)
        case step(AdministrationStep)
        case closed(UInt64)
        case end
    }

    /// The most requests that wait.
    package static let requestCountMax = 16_384
    /// Steps are answers to what was let in before; they are never refused but at the end.
    private static let orderCountMax = 1 << 20

    private let mailbox: Mailbox<Order>
    private let thread: NamedThread
    private let waitingRequestCount = Atomic<Int>(0)
    private let refused = Atomic<UInt64>(0)
    private let figuresBox = Mutex(AdministrationFigures())
    /// Where steps go; set before anyone can ask for one.
    private let place: StepPlace

    /// Bytes that are held for askers.
    private let inFlight: InFlightBytes

    /// Starts the thread. `make` runs there and makes administration. At most `inFlightByteCountMax` bytes are held for
    /// askers.
    package init(
        place: StepPlace,
        inFlightByteCountMax: Int,
        make: @escaping @Sendable (BatchTime) -> Administration
    ) throws(EventLoopError) {
        self.place = place
        inFlight = InFlightBytes(byteCountMax: inFlightByteCountMax)
        let started = ThreadStart<Mailbox<Order>>()
        let back = ThreadOwner<AdministrationThread>()
        thread = try NamedThread(name: "administration") {
            let turn = ThreadTurn()
            started.run { loop throws(EventLoopError) in
                let run = AdministrationRun(administration: make(WorkerCore.now()))
                let mailbox = try Mailbox<Order>(on: loop, capacity: Self.orderCountMax) { order in
                    back.owner?.obey(order, run)
                    turn.giveWay()
                }
                run.timer = try LoopTimer(on: loop) { back.owner?.tick(run) }
                run.timer?.start(afterMilliseconds: 1_000, repeatMilliseconds: 1_000)
                run.closeMailbox = { mailbox.close() }
                return mailbox
            }
        }
        mailbox = try started.wait(named: "administration")
        back.set(self)
        let mailbox = self.mailbox
        place.set { _ = mailbox.post(.step($0)) }
    }

    /// What the thread itself keeps.
    private final class AdministrationRun {
        let administration: Administration
        var timer: LoopTimer?
        var closeMailbox: () -> Void = {}

        init(administration: Administration) { self.administration = administration }
    }

    package func take(_ request: AdministrationRequest) -> Bool {
        guard waitingRequestCount.load(ordering: .relaxed) < Self.requestCountMax,
            let admitted = inFlight.admit(request)
        else {
            refused.add(1, ordering: .relaxed)
            return false
        }
        waitingRequestCount.add(1, ordering: .relaxed)
        guard mailbox.post(.request(admitted)) else {
            waitingRequestCount.subtract(1, ordering: .relaxed)
            return false
        }
        return true
    }

    /// Goes by another bound of the bytes held for askers from now on.
    package func settle(inFlightByteCountMax: Int) { inFlight.settle(byteCountMax: inFlightByteCountMax) }

    /// Bytes held for askers.
    package var inFlightByteCount: Int { inFlight.byteCount }

    package func connectionClosed(_ number: UInt64) { _ = mailbox.post(.closed(number)) }

    /// Has `step` run on the thread.
    package func post(_ step: @escaping AdministrationStep) { _ = mailbox.post(.step(step)) }

    /// What has been counted, as of about a second ago.
    package var figures: AdministrationFigures { figuresBox.withLock { $0 } }

    /// Requests that found no room, and requests that wait.
    package var refusedCount: UInt64 { refused.load(ordering: .relaxed) }
    package var waitingCount: Int { waitingRequestCount.load(ordering: .relaxed) }

    /// Does what has come, and ends.
    package func stop() {
        _ = mailbox.post(.end)
        thread.join()
    }

    private func obey(_ order: Order, _ run: AdministrationRun) {
        switch order {
        case .request(let request):
            waitingRequestCount.subtract(1, ordering: .relaxed)
            run.administration.take(request, now: WorkerCore.now())
        case .step(let step): run.administration.resume(step, now: WorkerCore.now())
        case .closed(let number): run.administration.connectionClosed(number)
        case .end:
            run.timer?.close()
            run.timer = nil
            run.closeMailbox()
        }
    }

    private func tick(_ run: AdministrationRun) {
        run.administration.tick(now: WorkerCore.now())
        let figures = run.administration.currentFigures
        figuresBox.withLock { $0 = figures }
    }
}

/// Where steps for administration's thread go, for those who are made before it.
package final class StepPlace: Sendable {
    /// In a struct: a closure by itself in a mutex is wrapped once more by every access.
    private struct Way: Sendable {
        let post: @Sendable (@escaping AdministrationStep) -> Void
    }

    private let way = Mutex<Way?>(nil)

    package init() {}

    func set(_ post: @escaping @Sendable (@escaping AdministrationStep) -> Void) {
        way.withLock { $0 = Way(post: post) }
    }

    /// Has `step` run on the thread; what comes before there is one is lost.
    package func post(_ step: @escaping AdministrationStep) { way.withLock { $0 }?.post(step) }
}
