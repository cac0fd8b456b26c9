/// What a prefix is to be, and what must hold for that. What is nil stays as it is; of a new prefix it is the default
/// of `PrefixRow`.
public struct PrefixTerms: Hashable, Sendable {
    /// What must hold when the command's turn comes.
    public enum Expectation: Hashable, Sendable {
        /// There is no such prefix.
        case absent
        /// There is one, and it has not been withdrawn.
        case present
        /// Either; one that has been withdrawn is neither.
        case anything
    }

    /// In any case, with or without `0.NA/`.
    public var prefix: [UInt8]
    /// What the node does for it; not `.withdrawn`, which is `Command.Change.removePrefix`.
    public var state: PrefixRow.State
    /// Its standing.
    public var status: PrefixStatus?
    /// Whether its identifiers are kept for its owner.
    public var hosting: HostingState?
    /// The most identifiers; 0: no limit.
    public var identifierCountMax: UInt64?
    /// The most changes each second; 0: no limit.
    public var writesPerSecondMax: UInt32?
    /// What must hold.
    public var expecting: Expectation
    /// Whether one that has been withdrawn counts as absent, and is allotted again under its old number.
    public var revivesWithdrawn: Bool

    /// Terms.
    public init(
        prefix: [UInt8],
        state: PrefixRow.State,
        status: PrefixStatus? = nil,
        hosting: HostingState? = nil,
        identifierCountMax: UInt64? = nil,
        writesPerSecondMax: UInt32? = nil,
        expecting: Expectation = .anything,
        revivesWithdrawn: Bool = false
    ) {
        self.prefix = prefix
        self.state = state
        self.status = status
        self.hosting = hosting
        self.identifierCountMax = identifierCountMax
        self.writesPerSecondMax = writesPerSecondMax
        self.expecting = expecting
        self.revivesWithdrawn = revivesWithdrawn
    }

    /// What these terms make of `row`, which is what there is; nil: they hold.
    package func objection(to row: PrefixRow?) -> CommandOutcome? {
        guard state != .withdrawn else { return .refused(.invalidPrefix) }
        let isWithdrawn = row?.state == .withdrawn
        let isAbsent = row == nil || isWithdrawn && revivesWithdrawn
        switch expecting {
        case .absent: return isAbsent ? nil : .alreadyExists
        case .present: return row == nil || isWithdrawn ? .absent : nil
        case .anything: return isWithdrawn && !isAbsent ? .alreadyExists : nil
        }
    }

    /// The row of `folded` under these terms: `row` changed, or a new one with `number`.
    package func row(from row: PrefixRow?, folded: [UInt8], newNumber number: @autoclosure () -> UInt32) -> PrefixRow {
        var changed = PrefixRow(prefix: folded, state: state, number: row?.number ?? number())
        if let row, row.state != .withdrawn {
            changed = row
            changed.state = state
            // Whoever says nothing of hosting means what the state says, where that is another one now.
            if row.state != state { changed.hosting = HostingState(of: state) }
        }
        changed.status = status ?? changed.status
        changed.hosting = hosting ?? changed.hosting
        changed.identifierCountMax = identifierCountMax ?? changed.identifierCountMax
        changed.writesPerSecondMax = writesPerSecondMax ?? changed.writesPerSecondMax
        return changed
    }
}
