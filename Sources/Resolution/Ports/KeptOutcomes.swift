/// The outcomes of a set, as they are kept for a repeat.
public struct KeptOutcomes: Hashable, Sendable {
    /// Under what they are kept.
    public var name: OutcomeName
    /// One for each step: rows from `name.firstRow` on.
    public var outcomes: [CommandOutcome]
    /// Seconds since 1970 from which they are forgotten.
    public var untilUnixSeconds: UInt64

    /// Kept outcomes.
    public init(name: OutcomeName, outcomes: [CommandOutcome], untilUnixSeconds: UInt64) {
        self.name = name
        self.outcomes = outcomes
        self.untilUnixSeconds = untilUnixSeconds
    }

    /// Whether `set` is the one that these came of: same request, owner, first row and number of steps, and not
    /// forgotten when it was accepted.
    package func isAnswer(to set: CommandSet) -> Bool {
        guard let wanted = set.keeping else { return false }
        return name.request == wanted.request && name.firstRow == wanted.firstRow && name.owner == wanted.owner
            && outcomes.count == set.steps.count && untilUnixSeconds > set.unixSeconds
    }

    /// Whether `row` is one of theirs, and they are not forgotten at `unixSeconds`.
    package func covers(row: UInt32, unixSeconds: UInt64) -> Bool {
        row >= name.firstRow && Int(row - name.firstRow) < outcomes.count && untilUnixSeconds > unixSeconds
    }

    /// What a repeat is told.
    package var repeated: CommandSetOutcome {
        CommandSetOutcome(outcomes: outcomes, note: name.note, isRepeated: true)
    }
}
