internal import Console
internal import ResolutionProtocol

/// How far a counting run has come, as its state file has it.
struct CountState: Sendable, Equatable {
    /// A fact of the plan that all parts of a run share.
    struct Fact: Sendable, Equatable {
        let name: String
        let value: String
    }

    static let format: UInt64 = 1
    /// What a part may send in a second of which nothing is known.
    private static let perSecondMax: UInt64 = 1_000_000

    /// Whether this is the same run: target, protocol, keys, identifiers, seed.
    var facts: [Fact]
    var seed: UInt64
    /// Questions to reach.
    var count: UInt64
    var partCount: UInt64 = 0
    /// Whether the last part had its last word.
    var isPartOver = true
    var totals = CountTotals()
    /// The most questions sent in a second.
    var sentPerSecondMax: UInt64 = 0
    /// Parts that were killed, and what is known of their last second: see `Reconciliation.Sides`.
    var killedPartCount: UInt64 = 0
    var adopted: UInt64 = 0
    var adoptedMax: UInt64 = 0
    var cutOffMax: UInt64 = 0
    /// The node's counts when the run began; nil: nobody asked for them.
    var before: NodeLedger?

    init(facts: [Fact], seed: UInt64, count: UInt64) {
        self.facts = facts
        self.seed = seed
        self.count = count
    }

    /// Questions asked so far, as far as anybody knows.
    var asked: UInt64 { totals.sent + adopted }
    /// Questions still to be asked.
    var left: UInt64 { count - min(count, asked) }

    /// A part begins. After one that was killed, what the node counted beyond what is known here was sent in the part's
    /// last second: it counts, and is not asked for again. `now` is what the node counts at this moment.
    mutating func beginPart(now: NodeLedger?) {
        if !isPartOver {
            endKilledPart()
            if let before, let now {
                var sides = Reconciliation.Sides(self)
                sides.before = before
                sides.after = now
                sides.adopt()
                adopted = sides.adopted
            }
        }
        if partCount == 0 { before = now }
        partCount += 1
        isPartOver = false
    }

    /// The part had no last word: what may have been sent after the last state, and what was under way.
    mutating func endKilledPart() {
        killedPartCount += 1
        // The last state is a second old, or as much older as the disk was slow; before the first second is over
        // nobody knows the rate.
        let perSecond = sentPerSecondMax > 0 ? sentPerSecondMax : Self.perSecondMax
        adoptedMax += 4 * perSecond + 1_000
        cutOffMax += totals.sent - min(totals.sent, totals.endedCount)
        isPartOver = true
    }

    /// The same with what the part has counted up to now.
    func with(_ part: CountTotals, sentPerSecondMax: Double, isOver: Bool) -> CountState {
        var state = self
        state.totals.add(part)
        state.sentPerSecondMax = max(state.sentPerSecondMax, UInt64(max(0, sentPerSecondMax).rounded(.up)))
        state.isPartOver = isOver
        return state
    }

    /// The first fact that is another in `other`.
    func difference(to other: CountState) -> (name: String, was: String, now: String)? {
        for fact in facts {
            let now = other.facts.first { $0.name == fact.name }?.value ?? ""
            if now != fact.value { return (fact.name, fact.value, now) }
        }
        if count != other.count { return ("count", "\(count)", "\(other.count)") }
        return seed == other.seed ? nil : ("seed", "\(seed)", "\(other.seed)")
    }
}
