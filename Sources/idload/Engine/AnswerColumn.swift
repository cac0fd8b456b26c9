/// The columns of a run whose first cases are kept, so that they can be looked at.
enum AnswerColumn: String, Sendable, CaseIterable {
    case wrong
    case lost
    case late
    case duplicate
    case unexpected
}
