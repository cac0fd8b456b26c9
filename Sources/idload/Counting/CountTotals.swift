internal import ResolutionProtocol

/// What all parts of a counting run have counted on this side.
struct CountTotals: Sendable, Equatable {
    /// Questions handed to the system, as far as this tool knows.
    var sent: UInt64 = 0
    /// Of these, what the system or a connection did not take.
    var unsent: UInt64 = 0
    var right: UInt64 = 0
    var wrong: UInt64 = 0
    /// Of the wrong ones, those by which the node said that it had too much to do: it does not count them as queries.
    var busy: UInt64 = 0
    var lost: UInt64 = 0
    var late: UInt64 = 0
    var duplicate: UInt64 = 0
    var unexpected: UInt64 = 0
    var disconnected: UInt64 = 0

    init() {}

    init(_ tally: Tally) {
        sent = tally.sent
        unsent = tally.unsent
        right = tally.right
        wrong = tally.wrong
        busy = tally.busy
        lost = tally.lost
        late = tally.late
        duplicate = tally.duplicate
        unexpected = tally.unexpected
        disconnected = tally.disconnected
    }

    /// Names and places of the members, in files and reports.
    static let members: [(name: String, path: any WritableKeyPath<CountTotals, UInt64> & Sendable)] = [
        ("sent", \.sent), ("unsent", \.unsent), ("right", \.right), ("wrong", \.wrong), ("busy", \.busy),
        ("lost", \.lost), ("late", \.late), ("duplicate", \.duplicate), ("unexpected", \.unexpected),
        ("disconnected", \.disconnected),
    ]

    mutating func add(_ other: CountTotals) {
        for member in Self.members { self[keyPath: member.path] += other[keyPath: member.path] }
    }

    /// Questions that have ended, one way or the other.
    var endedCount: UInt64 { right + wrong + lost }
}

extension Tally {
    /// Answers by which the target said that it had too much to do.
    var busy: UInt64 { faults[.code(ResponseCode.serverBusy.rawValue)] ?? 0 }
}
