/// Keeps changes of one identifier in the order in which they were asked for: what waits for an identifier goes on when
/// those before it have been settled.
struct Lanes {
    /// A turn that is waited for or held.
    typealias Ticket = UInt64

    private struct Turn {
        var keys: [[UInt8]]
        /// Keys whose queue it does not head yet.
        var missingCount: Int
        var begin: AdministrationStep
        var byteCount: Int
    }

    private var queues: [[UInt8]: [Ticket]] = [:]
    private var turns: [Ticket: Turn] = [:]
    private var last: Ticket = 0
    /// Bytes of the requests whose turns are waited for or held.
    private(set) var byteCount = 0

    /// Turns that are waited for or held.
    var count: Int { turns.count }

    /// The ticket that the next `enter` gives.
    var nextTicket: Ticket { last + 1 }

    /// Queues for all of `keys` at once, which keeps two that want the same ones from waiting for each other.
    ///
    /// Returns the ticket, and whether its turn has come already; else `begin` is returned by a later `leave`.
    mutating func enter(
        _ keys: Set<[UInt8]>,
        byteCount: Int = 0,
        begin: @escaping AdministrationStep
    ) -> (ticket: Ticket, isFree: Bool) {
        last += 1
        var missingCount = 0
        for key in keys {
            queues[key, default: []].append(last)
            if queues[key]?.first != last { missingCount += 1 }
        }
        turns[last] = Turn(keys: Array(keys), missingCount: missingCount, begin: begin, byteCount: byteCount)
        self.byteCount += byteCount
        return (last, missingCount == 0)
    }

    /// Gives a turn back; returns what may begin now.
    mutating func leave(_ ticket: Ticket) -> [AdministrationStep] {
        guard let turn = turns.removeValue(forKey: ticket) else { return [] }
        byteCount -= turn.byteCount
        var ready: [AdministrationStep] = []
        for key in turn.keys {
            guard var queue = queues[key] else { continue }
            let wasFirst = queue.first == ticket
            queue.removeAll { $0 == ticket }
            queues[key] = queue.isEmpty ? nil : queue
            guard wasFirst, let next = queue.first else { continue }
            turns[next]?.missingCount -= 1
            if let following = turns[next], following.missingCount == 0 { ready.append(following.begin) }
        }
        return ready
    }
}
