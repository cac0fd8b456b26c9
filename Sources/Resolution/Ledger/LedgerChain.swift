/// What links the entries of a ledger: numbers, digests, days and cumulative totals.
struct LedgerChain {
    /// Whether it was read from its first entry on; else what was before that part is not known.
    let isWhole: Bool
    /// The cumulative rows of the last entry that has any.
    private(set) var rows: [LedgerRow] = []
    private var next: UInt64
    private var last: [UInt8]?
    private var nextDay: CountDay?
    private var cumulative: LedgerCounts?

    /// A chain that is read from entry `first` on.
    init(first: UInt64 = 0) {
        isWhole = first == 0
        next = first
        last = isWhole ? Array(repeating: 0, count: LedgerHead.digestByteCount) : nil
        cumulative = isWhole ? LedgerCounts() : nil
    }

    /// Takes the next head, and says what is wrong in which of its fields.
    mutating func take(_ head: LedgerHead, digest: [UInt8]) -> [(LedgerFinding.Problem, String)] {
        var wrong: [(LedgerFinding.Problem, String)] = []
        if head.sequence != next { wrong.append((.sequence, "sequence")) }
        if let last, last != head.previous { wrong.append((.chain, "previous")) }
        if isWhole, head.sequence == 0, head.kind != .identity { wrong.append((.misplaced, "kind")) }
        if !isRightDay(head) { wrong.append((.day, "day")) }
        if var sum = cumulative {
            let isTooLarge = (try? sum.add(head.added)) == nil
            if isTooLarge || sum != head.cumulative { wrong.append((.cumulative, "received-external-so-far")) }
        }
        if Int(head.rowCount) > LedgerHead.rowCountMax { wrong.append((.count, "rows")) }
        if Int(head.sourceRowCount) > LedgerHead.rowCountMax { wrong.append((.count, "source-rows")) }
        next = head.sequence &+ 1
        (last, cumulative) = (digest, head.cumulative)
        switch head.kind {
        case .identity: nextDay = head.day
        case .day: nextDay = CountDay(number: head.day.number &+ 1)
        case .correction: break
        }
        return wrong
    }

    private func isRightDay(_ head: LedgerHead) -> Bool {
        // The first entry of all, or of a part, says where days go on.
        guard let nextDay else { return isWhole ? head.kind == .identity : true }
        return head.kind == .correction ? head.day < nextDay : head.day == nextDay
    }

    /// The next entries are compared with these rows; none: with those of before.
    mutating func keep(_ rows: [LedgerRow]) {
        if !rows.isEmpty { self.rows = rows }
    }
}
