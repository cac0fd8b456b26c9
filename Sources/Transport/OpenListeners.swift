package import EventLoop

/// The sockets of all workers, opened before any thread starts, so that a port in use is an error and never half of the
/// queries going elsewhere.
package struct OpenListeners: Sendable {
    /// The sockets of one address for one worker.
    struct Sockets: Sendable {
        var plan: ListenerPlan
        var udp: BoundSocket?
        var tcp: BoundSocket?
        /// What comes from the top-level node's probes, by UDP; one worker has it.
        var probes: BoundSocket?
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
            let sockets = try Self.open(plan, settings)
            for (worker, socket) in sockets.enumerated() { byWorker[worker].append(socket) }
            if let first = sockets.first { plans.append(first.plan) }
        }
        self.byWorker = byWorker
        self.plans = plans
        receiveBufferByteCount = byWorker.joined().compactMap { $0.udp?.receiveBufferByteCount }.min() ?? 0
    }

    private static func open(_ plan: ListenerPlan, _ settings: TransportSettings) throws(EventLoopError) -> [Sockets] {
        guard plan.address.port == 0 else { return try bind(plan, settings) }
        // A port that is free for TCP may be taken for UDP, or be taken meanwhile: then another one is tried.
        for _ in 0..<63 {
            if let sockets = try? bind(withFreePort(plan), settings) { return sockets }
        }
        return try bind(withFreePort(plan), settings)
    }

    /// The plan with a port that the system gave. The workers' own sockets do not ask for one: among sockets that share
    /// their addresses (SO_REUSEPORT) the kernel may give a UDP port that another process's socket has already.
    private static func withFreePort(_ plan: ListenerPlan) throws(EventLoopError) -> ListenerPlan {
        var plan = plan
        plan.address = try BoundSocket(plan.isTCP ? .tcp : .udp, on: plan.address).address
        return plan
    }

    private static func bind(_ plan: ListenerPlan, _ settings: TransportSettings) throws(EventLoopError) -> [Sockets] {
        if plan.isUDP { try BoundSocket.probe(.udp, on: plan.address) }
        if plan.isTCP { try BoundSocket.probe(.tcp, on: plan.address) }
        var sockets: [Sockets] = []
        for _ in 0..<settings.workerCount {
            var ofWorker = Sockets(plan: plan)
            if plan.isUDP {
                ofWorker.udp = try BoundSocket(.udp, on: plan.address, keeping: settings.receiveBufferByteCount)
            }
            if plan.isTCP {
                ofWorker.tcp = try BoundSocket(.tcp, on: plan.address)
            }
            sockets.append(ofWorker)
        }
        if plan.isUDP, !settings.probeNetworks.isEmpty { sockets[0].probes = try probeSocket(sockets, settings) }
        return sockets
    }

    /// One more socket of the same address, with a queue of its own, to which the kernel gives what probes send; nil
    /// where it cannot tell them apart, and they share the others' sockets.
    private static func probeSocket(
        _ sockets: [Sockets],
        _ settings: TransportSettings
    ) throws(EventLoopError) -> BoundSocket? {
        guard let address = sockets.first?.udp?.address else { return nil }
        let socket = try BoundSocket(.udp, on: address, keeping: settings.receiveBufferByteCount)
        return socket.attach(settings.steering(isIPv6: address.isIPv6)) ? socket : nil
    }
}
