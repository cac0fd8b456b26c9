internal import ResolutionProtocol

/// The traces under way, by number, bounded in all and by source network.
struct OpenTraces: Sendable {
    private(set) var settings: TraceSettings
    private var traces: [UInt64: OpenTrace] = [:]
    private var countByNetwork: [QuerySource: Int] = [:]
    private var rates: [QuerySource: WriteRate] = [:]
    private var nextNumber: UInt64 = 1
    private(set) var heldByteCount = 0

    init(settings: TraceSettings) { self.settings = settings }

    var count: Int { traces.count }

    subscript(number: UInt64) -> OpenTrace? { traces[number] }

    /// Whether another one of `network` that holds so many bytes may begin.
    func hasRoom(for network: QuerySource, byteCount: Int) -> Bool {
        traces.count < settings.openCountMax
            && countByNetwork[network, default: 0] < settings.openPerNetworkMax
            && heldByteCount + byteCount <= settings.heldByteCountMax
    }

    /// Takes a trace in, and returns its number.
    mutating func add(_ trace: OpenTrace) -> UInt64 {
        defer { nextNumber += 1 }
        traces[nextNumber] = trace
        countByNetwork[trace.network, default: 0] += 1
        heldByteCount += trace.reservedByteCount
        return nextNumber
    }

    /// Changes a trace; nil: it has ended.
    mutating func update<Value>(_ number: UInt64, _ change: (inout OpenTrace) -> Value) -> Value? {
        guard var trace = traces.removeValue(forKey: number) else { return nil }
        defer { traces[number] = trace }
        return change(&trace)
    }

    /// Ends a trace.
    mutating func remove(_ number: UInt64) {
        guard let trace = traces.removeValue(forKey: number) else { return }
        heldByteCount -= trace.reservedByteCount
        let left = countByNetwork[trace.network, default: 1] - 1
        countByNetwork[trace.network] = left > 0 ? left : nil
    }

    /// Ends those of a connection that is gone.
    mutating func remove(connection: UInt64) {
        for (number, trace) in traces where trace.call.peer.connection == connection { remove(number) }
    }

    /// Ends those of which nothing was heard for too long, and returns how many that were.
    mutating func expire(seconds: UInt64, now nanoseconds: UInt64) -> Int {
        rates = rates.filter { $0.value.isRecent(now: nanoseconds) }
        let over = traces.filter { seconds > $0.value.lastSeconds &+ settings.idleSeconds }
        for number in over.keys { remove(number) }
        return over.count
    }

    /// Whether one more identifier may be looked for on behalf of `network` just now.
    mutating func mayLook(for network: QuerySource, now nanoseconds: UInt64) -> Bool {
        let most = settings.identifiersPerSecond
        var rate = rates[network] ?? WriteRate(perSecondMax: most, now: nanoseconds)
        defer { rates[network] = rate }
        return rate.take(1, perSecondMax: most, now: nanoseconds)
    }
}
