package import EventLoop
package import Resolution

/// All workers of a node.
package final class NodeTransport: Sendable {
    /// Where the node listens.
    package let plans: [ListenerPlan]
    /// Its workers, in the order of their numbers.
    package let workers: [Worker]
    private let limiter: ConnectionLimiter
    private let recursion: RecursionThread?

    /// Starts the workers on sockets that are open already; returns once all answer.
    ///
    /// `makeResponder` is called once on each worker's thread with the worker's number. What its responders defer goes
    /// to `administration`, what others are to be asked for to `recursion`, and steps of TLS handshakes to `keys`:
    /// without it no connection gets through one.
    /// `withoutDescriptor` is called, from any thread and at most once in ten seconds, where connections wait for one.
    package init(
        settings: TransportSettings,
        listeners: OpenListeners,
        administration: (any AdministrationPort)? = nil,
        recursion: RecursionThread? = nil,
        keys: KeyThread? = nil,
        withoutDescriptor: @escaping @Sendable () -> Void = {},
        makeResponder: @escaping @Sendable (Int) -> Responder
    ) throws(EventLoopError) {
        EventLoop.ignoreBrokenPipeSignal()
        plans = listeners.plans
        self.recursion = recursion
        let limiter = ConnectionLimiter(
            countMax: settings.connectionCountMax,
            countPerAddressMax: settings.connectionsPerAddressMax,
            withoutDescriptor: withoutDescriptor
        )
        self.limiter = limiter
        let origins = OriginTable(rules: settings.origins)
        var workers: [Worker] = []
        do throws(EventLoopError) {
            for (number, sockets) in listeners.byWorker.enumerated() {
                workers.append(
                    try Worker(
                        number: number,
                        settings: settings,
                        sockets: sockets,
                        origins: origins,
                        limiter: limiter,
                        administration: administration,
                        recursion: recursion,
                        keys: keys,
                        makeResponder: makeResponder
                    )
                )
            }
        } catch {
            Self.stop(workers, withinNanoseconds: 0)
            throw error
        }
        self.workers = workers
    }

    /// A metric summed over workers.
    package func total(_ metric: Metric) -> UInt64 { workers.reduce(0) { $0 &+ $1.metrics.value(metric) } }

    /// The networks that were limited most by UDP, lately, the most limited first.
    package var limitedNetworks: [(network: NetworkPrefix, count: UInt64)] {
        var counts: [NetworkPrefix: UInt64] = [:]
        for (network, count) in workers.flatMap(\.limitedNetworks.current) { counts[network, default: 0] += count }
        return counts.sorted { $0.value > $1.value }.map { ($0.key, $0.value) }
    }

    /// Makes all workers go by `authority`; `then` is called once, from any thread, when all do.
    package func adopt(_ authority: Authority, then: @escaping @Sendable () -> Void) {
        recursion?.adopt(authority)
        let remaining = Countdown(workers.count, then: then)
        for worker in workers { worker.adopt(authority) { remaining.arrive() } }
    }

    /// Makes all workers leave these sites out of referrals, and recursion ask their servers last.
    package func leaveOut(_ silentSites: SilentSites) {
        recursion?.avoid(silentSites.servers)
        for worker in workers { worker.leaveOut(silentSites) }
    }

    /// Goes by other settings from now on, and drops no connection. Taken are limits and times of connections, bytes in
    /// flight, origins, and what networks may draw; listeners, workers, the tables of networks and the bounds of
    /// reassembly are fixed for the life of the node.
    package func settle(_ settings: TransportSettings) {
        limiter.settle(
            countMax: settings.connectionCountMax,
            countPerAddressMax: settings.connectionsPerAddressMax
        )
        let origins = OriginTable(rules: settings.origins)
        for worker in workers { worker.settle(settings, origins: origins) }
    }

    /// Takes nothing new, answers what has come, and returns when all workers have ended, after `withinNanoseconds` at
    /// the latest (reliability case E7).
    package func drain(withinNanoseconds: UInt64) {
        Self.stop(workers, withinNanoseconds: withinNanoseconds)
    }

    private static func stop(_ workers: [Worker], withinNanoseconds: UInt64) {
        let deadline = SystemClock.monotonicNanoseconds() &+ withinNanoseconds
        for worker in workers { worker.drain(deadlineNanoseconds: deadline) }
        for worker in workers { worker.join() }
    }
}
