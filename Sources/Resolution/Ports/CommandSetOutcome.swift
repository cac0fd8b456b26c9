/// What became of a set.
public struct CommandSetOutcome: Hashable, Sendable {
    /// One for each step, in order.
    public var outcomes: [CommandOutcome]
    /// The note of the set's name; of a repeat the one that was kept.
    public var note: [UInt8]
    /// Whether nothing was executed, as the set had been before.
    public var isRepeated: Bool

    /// An outcome.
    public init(outcomes: [CommandOutcome], note: [UInt8] = [], isRepeated: Bool = false) {
        self.outcomes = outcomes
        self.note = note
        self.isRepeated = isRepeated
    }
}
