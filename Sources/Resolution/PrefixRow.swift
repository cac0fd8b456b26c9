/// A prefix that this node knows, as the store keeps it.
public struct PrefixRow: Hashable, Sendable {
    /// What the node does for the prefix.
    public enum State: UInt8, Sendable, BitwiseCopyable {
        /// Its identifiers are kept here.
        case homed = 1
        /// Another node keeps them; the prefix record here says which.
        case delegated = 2
    }

    /// The prefix in upper case, without `0.NA/`.
    public var prefix: [UInt8]
    /// What the node does for it.
    public var state: State
    /// Its number for life, from 1: the place of its counters. Never given to another prefix.
    public var number: UInt32

    /// A row.
    public init(prefix: [UInt8], state: State, number: UInt32) {
        self.prefix = prefix
        self.state = state
        self.number = number
    }
}
