package import EventLoop

/// The sockets of all workers, opened before any thread starts, so that a port in use is an error and never half of the
/// queries going elsewhere.
package struct OpenListeners: Sendable {
    /// The sockets of one address for one worker.
    struct Sockets: Sendable {
        var plan: ListenerPlan
        var udp: BoundSocket?
        var tcp: BoundSocket?
    }

    /// Sockets by worker.
    let byWorker: [[Sockets]]
    /// Where the node listens, with the ports that the system gave where 0 was asked for.
    package let plans: [ListenerPlan]
    /// Bytes of received datagrams that the kernel keeps per socket, the least of all sockets.
    package let receiveBufferByteCount: Int

    /// Probes and binds the listeners of `settings`.
    package init(settings: TransportSettings) throws(EventLoopError) {
        var byWorker = [[Sockets]](repeating: [], count: settings.workerCount)
        var plans: [ListenerPlan] = []
        for plan in settings.listeners {
            let sockets = try Self.open(plan, workerCount: settings.workerCount)
            for (worker, socket) in sockets.enumerated() { byWorker[worker].append(socket) }
            if let first = sockets.first { plans.append(first.plan) }
        }
        self.byWorker = byWorker
        self.plans = plans
        receiveBufferByteCount = byWorker.joined().compactMap { $0.udp?.receiveBufferByteCount }.min() ?? 0
    }

    private static func open(_ plan: ListenerPlan, workerCount: Int) throws(EventLoopError) -> [Sockets] {
        guard plan.address.port == 0 else { return try bind(plan, workerCount: workerCount) }
        // A port that is free for TCP may be taken for UDP, or be taken meanwhile: then another one is tried.
        for _ in 0..<63 {
            if let sockets = try? bind(withFreePort(plan), workerCount: workerCount) { return sockets }
        }
        return try bind(withFreePort(plan), workerCount: workerCount)
    }

    /// The plan with a port that the system gave. The workers' own sockets do not ask for one: among sockets that share
    /// their addresses (SO_REUSEPORT) the kernel may give a UDP port that another process's socket has already.
    private static func withFreePort(_ plan: ListenerPlan) throws(EventLoopError) -> ListenerPlan {
        var plan = plan
        plan.address = try BoundSocket(plan.isTCP ? .tcp : .udp, on: plan.address).address
        return plan
    }

    private static func bind(_ plan: ListenerPlan, workerCount: Int) throws(EventLoopError) -> [Sockets] {
        if plan.isUDP { try BoundSocket.probe(.udp, on: plan.address) }
        if plan.isTCP { try BoundSocket.probe(.tcp, on: plan.address) }
        var sockets: [Sockets] = []
        for _ in 0..<workerCount {
            var ofWorker = Sockets(plan: plan)
            if plan.isUDP {
                ofWorker.udp = try BoundSocket(.udp, on: plan.address)
            }
            if plan.isTCP {
                ofWorker.tcp = try BoundSocket(.tcp, on: plan.address)
            }
            sockets.append(ofWorker)
        }
        return sockets
    }
}
