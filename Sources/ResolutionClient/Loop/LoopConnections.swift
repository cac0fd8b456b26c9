internal import EventLoop

/// The connections to servers, and the questions that wait for one.
struct LoopConnections {
    private let limits: LoopAskingLimits
    private var byServer: [SocketAddress: [LoopConnection]] = [:]
    /// Questions that wait for a connection, by server, in order.
    private var waiting: [SocketAddress: [UInt32]] = [:]
    /// Open connections, and those being made.
    private(set) var count = 0

    init(limits: LoopAskingLimits) { self.limits = limits }

    /// The connection over which one more question may go to `server`, the least busy; nil: none is ready.
    func ready(for server: SocketAddress, questionsPerConnection: Int) -> LoopConnection? {
        byServer[server]?.filter {
            $0.isConnected && $0.openIDs.count < questionsPerConnection
                && (questionsPerConnection > 1 || $0.questionCount == 0)
        }
        .min { $0.openIDs.count < $1.openIDs.count }
    }

    /// Whether another connection to `server` is due: more questions wait than those being made will take.
    func isDue(for server: SocketAddress, questionsPerConnection: Int) -> Bool {
        let own = byServer[server] ?? []
        let coming = own.count { !$0.isConnected } * questionsPerConnection
        let limit = questionsPerConnection > 1 ? limits.connectionsPerServer : limits.connectionsPerServer * 4
        return waitingCount(for: server) > coming && own.count < limit && count < limits.connectionCountMax
    }

    /// Whether a connection to `server` is open or being made.
    func hasAny(for server: SocketAddress) -> Bool { byServer[server] != nil }

    mutating func add(_ connection: LoopConnection) {
        byServer[connection.server, default: []].append(connection)
        count += 1
    }

    /// Forgets a connection that has ended.
    mutating func remove(_ connection: LoopConnection) {
        let server = connection.server
        guard var left = byServer[server], let index = left.firstIndex(where: { $0 === connection }) else { return }
        left.remove(at: index)
        byServer[server] = left.isEmpty ? nil : left
        count -= 1
    }

    mutating func enqueue(_ id: UInt32, for server: SocketAddress) { waiting[server, default: []].append(id) }

    /// The question that has waited longest; nil: none waits.
    mutating func dequeue(for server: SocketAddress) -> UInt32? {
        guard var queue = waiting[server], !queue.isEmpty else { return nil }
        let first = queue.removeFirst()
        waiting[server] = queue.isEmpty ? nil : queue
        return first
    }

    func waitingCount(for server: SocketAddress) -> Int { waiting[server]?.count ?? 0 }

    mutating func leaveQueue(_ id: UInt32, for server: SocketAddress) {
        guard var queue = waiting[server], let index = queue.firstIndex(of: id) else { return }
        queue.remove(at: index)
        waiting[server] = queue.isEmpty ? nil : queue
    }

    /// The connections over which nothing was asked since before `now - idleNanoseconds`.
    func idle(now: UInt64) -> [LoopConnection] {
        byServer.values.joined().filter {
            $0.openIDs.isEmpty && $0.isConnected && $0.usedNanoseconds &+ limits.idleNanoseconds <= now
        }
    }

    /// The connection that has idled longest; nil: all are busy.
    var longestIdle: LoopConnection? {
        byServer.values.joined().filter { $0.openIDs.isEmpty && $0.isConnected }
            .min { $0.usedNanoseconds < $1.usedNanoseconds }
    }

    mutating func removeAll() -> [LoopConnection] {
        let all = Array(byServer.values.joined())
        byServer = [:]
        waiting = [:]
        count = 0
        return all
    }
}
