internal import Resolution

/// Ends connections whose time has run out. A worker's timer begins twice a second, and more often while draining; it
/// goes through them in parts, so that thousands that end at once keep no answer waiting.
struct ConnectionDeadlines {
    private let settings: TransportSettings

    init(settings: TransportSettings) { self.settings = settings }

    /// Closes what has stayed too long; while draining, ends what has been answered. Goes on with the walk that has
    /// begun through the connections, and looks at `countMax` of them.
    func apply(
        to core: UnsafeMutablePointer<WorkerCore>,
        nowNanoseconds: UInt64,
        isDraining: Bool,
        countMax: Int
    ) {
        let isCrowded = core.pointee.connections.count * settings.workerCount * 10 >= settings.connectionCountMax * 9
        var left = countMax
        while left > 0, let connection = core.pointee.connections.walkOn() {
            left -= 1
            let age = nowNanoseconds > connection.pointee.since ? nowNanoseconds - connection.pointee.since : 0
            let phase = connection.pointee.phase
            if phase == .ending {
                let ageMax = isDraining ? Self.drainLingerNanoseconds : Self.lingerNanoseconds
                if age >= ageMax { connection.close(connection.pointee.endReason ?? .connectionsClosedByError) }
            } else if let reason = verdict(
                on: phase,
                age: age,
                isCrowded: isCrowded,
                loginNanoseconds: connection.pointee.loginNanoseconds
            ) {
                // It is we who let it wait.
                if phase != .writing, connection.pointee.deferredCount > 0 { continue }
                if phase == .writing, connection.hasTakenBytes() {
                    connection.pointee.since = nowNanoseconds
                } else {
                    connection.close(reason)
                }
            } else if isDraining, phase == .unasked || phase == .idle {
                // What came before the drain has been read where the last read took all there was.
                guard phase == .unasked || connection.pointee.hasReadAll || age >= Self.drainLingerNanoseconds else {
                    continue
                }
                connection.end(because: .connectionsClosedByDrain)
            }
        }
    }

    /// Why a connection that has been in `phase` for `age` ends; nil: it may stay. One on which somebody is logged in
    /// may idle as long as the session, `loginNanoseconds`: the national SDK hangs on one that is closed under it.
    func verdict(
        on phase: Connection.Phase,
        age: UInt64,
        isCrowded: Bool,
        loginNanoseconds: UInt64 = 0
    ) -> Metric? {
        let idleUnasked = isCrowded ? Self.crowdedNanoseconds : settings.idleUnaskedNanoseconds
        switch phase {
        case .unasked: return age >= idleUnasked ? .connectionsClosedUnasked : nil
        case .idle:
            return age >= max(settings.idleAnsweredNanoseconds, loginNanoseconds) ? .connectionsClosedIdle : nil
        case .receiving: return age >= settings.wholeMessageNanoseconds ? .connectionsClosedSlowMessage : nil
        case .writing: return age >= settings.writeStallNanoseconds ? .connectionsClosedWriteStall : nil
        case .ending: return nil
        }
    }

    /// At 90 % of the connection limit who has asked nothing has half a second.
    private static let crowdedNanoseconds: UInt64 = 500_000_000
    /// How long a peer's end is awaited after ours.
    private static let lingerNanoseconds: UInt64 = 2_000_000_000
    private static let drainLingerNanoseconds: UInt64 = 100_000_000
}
