/// A prefix that this node knows, as the store keeps it.
public struct PrefixRow: Hashable, Sendable {
    /// What the node does for the prefix.
    public enum State: UInt8, Sendable, BitwiseCopyable {
        /// Its identifiers are kept here.
        case homed = 1
        /// Another node keeps them; the prefix record here says which.
        case delegated = 2
        /// It was deleted. The row and the number stay, so that it is not allotted again by mistake.
        case withdrawn = 3
    }

    /// The prefix in upper case, without `0.NA/`.
    public var prefix: [UInt8]
    /// What the node does for it.
    public var state: State
    /// Its number for life, from 1: the place of its counters. Never given to another prefix.
    public var number: UInt32
    /// Its standing.
    public var status: PrefixStatus
    /// Whether its identifiers are kept for its owner.
    public var hosting: HostingState
    /// The most identifiers it may have; 0: no limit.
    public var identifierCountMax: UInt64
    /// The most changes each second; 0: no limit.
    public var writesPerSecondMax: UInt32

    /// A row. Without `hosting`, one that is homed is hosted, and another is not.
    public init(
        prefix: [UInt8],
        state: State,
        number: UInt32,
        status: PrefixStatus = .enabled,
        hosting: HostingState? = nil,
        identifierCountMax: UInt64 = 0,
        writesPerSecondMax: UInt32 = 0
    ) {
        self.prefix = prefix
        self.state = state
        self.number = number
        self.status = status
        self.hosting = hosting ?? HostingState(of: state)
        self.identifierCountMax = identifierCountMax
        self.writesPerSecondMax = writesPerSecondMax
    }

    /// The row that stays when the prefix is deleted.
    package var withdrawn: PrefixRow { PrefixRow(prefix: prefix, state: .withdrawn, number: number) }
}
