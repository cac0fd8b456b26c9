/// What an identifier was at some time, as far as the change log still says it.
public enum HistoricState: Hashable, Sendable {
    /// Why it is not known.
    public enum Gap: Hashable, Sendable {
        /// The time lies before the part of the log of which nothing has been dropped.
        case beforeStart
        /// A change of the identifier that was the last one then may have been dropped.
        case changeDropped
    }

    /// It was what this entry says.
    case present(HistoryEntry)
    /// There was none: this entry had removed it, or there had never been one (nil).
    case absent(removedBy: HistoryEntry?)
    /// The log does not say any more.
    case unknown(Gap)

    /// What `entry` makes of the identifier; nil: nothing has happened yet.
    private init(madeBy entry: HistoryEntry?) {
        guard let entry, entry.kind != .removed else {
            self = .absent(removedBy: entry)
            return
        }
        self = .present(entry)
    }

    /// What it was between two entries about the record that follow one another in the log as it is, the first one nil
    /// where `next` is the oldest.
    ///
    /// Known where nothing can have been dropped between them, and where the audit line of `next` says the same.
    public static func between(_ previous: HistoryEntry?, _ next: HistoryEntry, start: LogStart) -> HistoricState {
        let state = HistoricState(madeBy: previous)
        if start.hasAll(behind: previous) { return state }
        guard let witness = next.witness, witness.before == state.digest else { return .unknown(.changeDropped) }
        return state
    }

    /// What it was after the newest entry, nil where there is none.
    ///
    /// Known where nothing can have been dropped behind that, and where the store has it so now.
    public static func after(_ newest: HistoryEntry?, present: PresentRecord, start: LogStart) -> HistoricState {
        let state = HistoricState(madeBy: newest)
        if start.hasAll(behind: newest) { return state }
        switch (state, present) {
        case (.present(let entry), .present(_, let sequence, _)) where entry.changeSequence == sequence: return state
        case (.absent, .absent): return state
        default: return .unknown(.changeDropped)
        }
    }

    private var digest: [UInt8]? {
        if case .present(let entry) = self { entry.digest } else { nil }
    }
}
