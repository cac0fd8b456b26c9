internal import EventLoop
internal import Resolution

/// A thread with a loop, sockets and a responder of its own; it shares nothing with other workers on the query path.
package final class Worker: Sendable {
    /// What a worker can be told.
    enum Order: Sendable {
        /// Take nothing new, answer what has come, and end by this monotonic time at the latest.
        case drain(deadlineNanoseconds: UInt64)
        /// Go by these prefixes, and say so.
        case adopt(Authority, @Sendable () -> Void)
        /// Leave these sites out of referrals from now on.
        case leaveOut(SilentSites)
        /// Go by these settings from now on.
        case settle(TransportSettings, OriginTable)
    }

    /// Its number, from 0.
    package let number: Int
    /// What it counts about its work.
    package let metrics: MetricPage
    /// The networks that it has limited most, lately.
    package let limitedNetworks: LimitedNetworks
    private let thread: NamedThread
    private let mailbox: Mailbox<Order>

    /// Starts worker `number`; returns once it answers. `makeResponder` runs on its thread.
    init(
        number: Int,
        settings: TransportSettings,
        sockets: [OpenListeners.Sockets],
        origins: OriginTable,
        limiter: ConnectionLimiter,
        administration: (any AdministrationPort)? = nil,
        recursion: RecursionThread? = nil,
        keys: KeyThread? = nil,
        makeResponder: @escaping @Sendable (Int) -> Responder
    ) throws(EventLoopError) {
        self.number = number
        let metrics = MetricPage()
        self.metrics = metrics
        let limitedNetworks = LimitedNetworks()
        self.limitedNetworks = limitedNetworks
        let started = ThreadStart<Mailbox<Order>>()
        thread = try NamedThread(name: "worker-\(number)", pace: .prompt) {
            let core = UnsafeMutablePointer<WorkerCore>.allocate(capacity: 1)
            core.initialize(
                to: WorkerCore(
                    settings: settings,
                    responder: makeResponder(number),
                    metrics: metrics,
                    origins: origins,
                    limiter: limiter,
                    limited: limitedNetworks,
                    administration: administration,
                    recursion: recursion,
                    keys: keys,
                    worker: number
                )
            )
            WorkerRun.run(core: core, sockets: sockets, started: started)
            core.deinitialize(count: 1)
            core.deallocate()
        }
        mailbox = try started.wait(named: "worker-\(number)")
    }

    /// Makes the worker take nothing new, answer what has come, and end.
    func drain(deadlineNanoseconds: UInt64) {
        _ = mailbox.post(.drain(deadlineNanoseconds: deadlineNanoseconds))
    }

    /// Makes the worker go by `authority`; `then` is called when it does, or when it has ended.
    func adopt(_ authority: Authority, then: @escaping @Sendable () -> Void) {
        if !mailbox.post(.adopt(authority, then)) { then() }
    }

    /// Makes the worker leave these sites out of referrals.
    func leaveOut(_ silentSites: SilentSites) { _ = mailbox.post(.leaveOut(silentSites)) }

    /// Makes the worker go by other settings, between two batches.
    func settle(_ settings: TransportSettings, origins: OriginTable) {
        _ = mailbox.post(.settle(settings, origins))
    }

    /// Waits until the worker has ended.
    func join() { thread.join() }
}
