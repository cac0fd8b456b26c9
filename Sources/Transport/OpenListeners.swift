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
        guard plan.address.port == 0, plan.isUDP, plan.isTCP else { return try bind(plan, workerCount: workerCount) }
        // A port that is free for UDP may be taken for TCP: then the next one is tried.
        for _ in 0..<63 {
            if let sockets = try? bind(plan, workerCount: workerCount) { return sockets }
        }
        return try bind(plan, workerCount: workerCount)
    }

    private static func bind(_ plan: ListenerPlan, workerCount: Int) throws(EventLoopError) -> [Sockets] {
        if plan.isUDP { try BoundSocket.probe(.udp, on: plan.address) }
        if plan.isTCP { try BoundSocket.probe(.tcp, on: plan.address) }
        var plan = plan
        var sockets: [Sockets] = []
        for _ in 0..<workerCount {
            var ofWorker = Sockets(plan: plan)
            if plan.isUDP {
                let udp = try BoundSocket(.udp, on: plan.address)
                plan.address = udp.address
                ofWorker.udp = udp
            }
            if plan.isTCP {
                let tcp = try BoundSocket(.tcp, on: plan.address)
                plan.address = tcp.address
                ofWorker.tcp = tcp
            }
            ofWorker.plan = plan
            sockets.append(ofWorker)
        }
        return sockets
    }
}
