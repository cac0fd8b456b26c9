/// What this tool sent and what the node counted, side by side. Pure.
///
/// Every question that was handed to the system was counted by the node as a query, refused by it as busy, or never
/// came there; of those it counted, the answer came here or did not. What these do not explain is unexplained.
struct Reconciliation: Sendable, Equatable {
    /// What is set side by side.
    struct Sides: Sendable, Equatable {
        var totals = CountTotals()
        /// Parts that ended without a last word (kill -9), whose last second this tool does not know.
        var killedPartCount: UInt64 = 0
        /// Questions of their last seconds that the node counted.
        var adopted: UInt64 = 0
        /// The most that they can have been.
        var adoptedMax: UInt64 = 0
        /// Questions of killed parts that were under way at their end: never read by the node, or not answered here.
        var cutOffMax: UInt64 = 0
        var before = NodeLedger()
        var after = NodeLedger()
        /// Whether some questions went as datagrams, which may be lost on their way.
        var usesDatagrams = false

        /// Questions that left for the node.
        var handed: UInt64 { totals.sent - min(totals.sent, totals.unsent) + adopted }
        /// Queries that the node counted.
        var received: UInt64 { after.queries - min(after.queries, before.queries) }

        /// After parts that were killed, what the node counted beyond what is known here was sent in their last
        /// seconds.
        mutating func adopt() {
            let counted = received + totals.busy
            if killedPartCount > 0, counted > handed { adopted += counted - handed }
        }
    }

    let sides: Sides

    /// Questions that left for the node.
    var handed: UInt64 { sides.handed }
    /// Queries that the node counted.
    var received: UInt64 { sides.received }
    /// Whether the node is the same process as at the beginning; its answers are known only then.
    var isSameProcess: Bool { sides.before.processID == sides.after.processID }
    /// Answers that the node made; nil: it was started anew in between.
    var nodeAnswered: UInt64? {
        guard isSameProcess, sides.after.answers >= sides.before.answers else { return nil }
        return sides.after.answers - sides.before.answers
    }
    /// Answers that came here, each question's once.
    var answersHere: UInt64 { sides.totals.right + sides.totals.wrong + sides.totals.late }
    /// Questions that did not come to the node; below 0: it counted more than were sent.
    var missingThere: Int64 { Int64(clamping: handed) - Int64(clamping: sides.totals.busy + received) }
    /// Of the questions that came to the node, those whose answers did not come here; below 0: more came than it
    /// counted.
    var missingHere: Int64 {
        Int64(clamping: min(handed, sides.totals.busy + received)) - Int64(clamping: answersHere)
    }

    /// How many questions may be missing on either way. Over a connection none is, unless it ended or an answer came
    /// too late.
    private var lossExplained: UInt64 {
        let totals = sides.totals
        return totals.lost - min(totals.lost, totals.unsent + totals.late) + sides.cutOffMax
    }

    /// What is left that nothing explains.
    var unexplained: UInt64 {
        var count: UInt64 = 0
        if sides.after.queries < sides.before.queries { count += sides.before.queries - sides.after.queries }
        if sides.adopted > sides.adoptedMax { count += sides.adopted - sides.adoptedMax }
        count += Self.beyond(missingThere, explained: thereExplained, belowExplained: unadopted)
        // What killed parts sent, and were answered, after their last word came to nobody.
        count += Self.beyond(missingHere, explained: lossExplained + sides.adoptedMax, belowExplained: 0)
        return count
    }

    /// Of the questions that did not come to the node.
    private var thereExplained: UInt64 {
        let mayBeLost = sides.usesDatagrams || sides.totals.disconnected > 0
        return mayBeLost ? lossExplained : sides.cutOffMax
    }

    /// Questions of killed parts that may have been sent beyond those that are known.
    private var unadopted: UInt64 { sides.adoptedMax - min(sides.adoptedMax, sides.adopted) }

    private static func beyond(_ difference: Int64, explained: UInt64, belowExplained: UInt64) -> UInt64 {
        let allowed = difference < 0 ? belowExplained : explained
        return difference.magnitude - min(difference.magnitude, allowed)
    }
}

extension Reconciliation.Sides {
    /// This tool's side, as a run's state has it.
    init(_ state: CountState) {
        self.init()
        totals = state.totals
        killedPartCount = state.killedPartCount
        adopted = state.adopted
        adoptedMax = state.adoptedMax
        cutOffMax = state.cutOffMax
    }
}
