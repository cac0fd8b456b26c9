internal import Resolution

/// Ends connections whose time has run out. A worker's timer calls it twice a second.
struct ConnectionDeadlines {
    private let settings: TransportSettings

    init(settings: TransportSettings) { self.settings = settings }

    func apply(to core: UnsafeMutablePointer<WorkerCore>, nowNanoseconds: UInt64) {
        var candidate = core.pointee.connections.first
        let isCrowded = core.pointee.connections.count * settings.workerCount * 10 >= settings.connectionCountMax * 9
        while let connection = candidate {
            candidate = connection.pointee.next
            let age = nowNanoseconds > connection.pointee.since ? nowNanoseconds - connection.pointee.since : 0
            if let reason = verdict(on: connection.pointee.phase, age: age, isCrowded: isCrowded) {
                connection.close(reason)
            } else if core.pointee.isDraining, isSettled(connection.pointee.phase) {
                connection.close(.connectionsClosedByDrain)
            }
        }
    }

    /// Why a connection that has been in `phase` for `age` ends; nil: it may stay.
    func verdict(on phase: Connection.Phase, age: UInt64, isCrowded: Bool) -> Metric? {
        let idleUnasked = isCrowded ? Self.crowdedNanoseconds : settings.idleUnaskedNanoseconds
        switch phase {
        case .unasked: return age >= idleUnasked ? .connectionsClosedUnasked : nil
        case .idle: return age >= settings.idleAnsweredNanoseconds ? .connectionsClosedIdle : nil
        case .receiving: return age >= settings.wholeMessageNanoseconds ? .connectionsClosedSlowMessage : nil
        case .writing, .ending: return age >= settings.writeStallNanoseconds ? .connectionsClosedWriteStall : nil
        }
    }

    /// At 90 % of the connection limit who has asked nothing has half a second.
    private static let crowdedNanoseconds: UInt64 = 500_000_000

    private func isSettled(_ phase: Connection.Phase) -> Bool { phase == .unasked || phase == .idle }
}
