internal import EventLoop

/// The ports that questions are asked from by UDP: up to `portsPerServer` to each server, one drawn at random for each
/// question, given up for another after so many questions (reliability case F3).
struct LoopPorts {
    private let limits: LoopAskingLimits
    private var byServer: [SocketAddress: [LoopPort]] = [:]
    /// Open ports; those given up that still await answers included.
    private(set) var count = 0

    init(limits: LoopAskingLimits) { self.limits = limits }

    /// A port to `server`; `open` opens a new one, or tells that it cannot. nil: none is open and none can be.
    mutating func draw(
        for server: SocketAddress,
        now: UInt64,
        open: (LoopPort) -> Bool
    ) -> LoopPort? {
        let ready = byServer[server, default: []].filter { $0.questionCount < limits.questionsPerPort }
        guard ready.count < limits.portsPerServer else { return use(ready.randomElement(), now: now) }
        if count >= limits.portCountMax { closeLongestIdle() }
        let fresh = LoopPort(server: server)
        guard count < limits.portCountMax, open(fresh) else {
            // Rather a port that should be given up than none.
            return use(ready.randomElement() ?? byServer[server]?.randomElement(), now: now)
        }
        count += 1
        byServer[server, default: []].append(fresh)
        return use(fresh, now: now)
    }

    private func use(_ port: LoopPort?, now: UInt64) -> LoopPort? {
        guard let port else { return nil }
        port.openCount += 1
        port.questionCount += 1
        port.usedNanoseconds = now
        return port
    }

    /// A question no longer awaits anything on `port`.
    mutating func leave(_ port: LoopPort) {
        port.openCount -= 1
        if port.openCount == 0, port.questionCount >= limits.questionsPerPort { close(port) }
    }

    /// Closes the ports that have been idle since before `now - idleNanoseconds`.
    mutating func closeIdle(now: UInt64) {
        let idle = byServer.values.joined().filter {
            $0.openCount == 0 && $0.usedNanoseconds &+ limits.idleNanoseconds <= now
        }
        for port in idle { close(port) }
    }

    mutating func closeAll() {
        for port in byServer.values.joined() { port.close() }
        byServer = [:]
        count = 0
    }

    private mutating func closeLongestIdle() {
        let idle = byServer.values.joined().filter { $0.openCount == 0 }
        if let port = idle.min(by: { $0.usedNanoseconds < $1.usedNanoseconds }) { close(port) }
    }

    private mutating func close(_ port: LoopPort) {
        port.close()
        guard var left = byServer[port.server], let index = left.firstIndex(where: { $0 === port }) else { return }
        left.remove(at: index)
        byServer[port.server] = left.isEmpty ? nil : left
        count -= 1
    }
}
