public import ResolutionProtocol

/// A change that the log decides on: what to do, and what must hold when its turn comes.
///
/// Applying one reads no clock, no randomness and no setting, so that the same log gives the same records anywhere.
public struct Command: Hashable, Sendable {
    /// What is to change.
    public enum Change: Hashable, Sendable {
        /// The identifier has these values from now on. `values` may not be empty.
        case put(name: Identifier, values: [HandleValue], expecting: Expectation)
        /// The identifier is gone.
        case remove(name: Identifier, expecting: Expectation)
        /// The prefix is homed here or delegated on these terms; a new one gets the next number.
        case setPrefix(PrefixTerms)
        /// The prefix is not ours any more. Its row stays as withdrawn, and its number is not used again. Refused
        /// while it has identifiers, unless `evenWithIdentifiers`.
        case removePrefix(prefix: [UInt8], evenWithIdentifiers: Bool = false)
    }

    /// What must hold when the command's turn comes.
    public enum Expectation: Hashable, Sendable {
        /// Nothing.
        case anything
        /// There is no such identifier.
        case absent
        /// There is one.
        case present
        /// There is one, last changed by this sequence number.
        case sequence(UInt64)
    }

    /// What is to change.
    public var change: Change
    /// Seconds since 1970 at which the command was accepted.
    public var unixSeconds: UInt64
    /// Who wants it: an administrator, a tool, a file; free text for the audit.
    public var origin: [UInt8]

    /// A command.
    public init(_ change: Change, unixSeconds: UInt64, origin: [UInt8]) {
        self.change = change
        self.unixSeconds = unixSeconds
        self.origin = origin
    }
}

/// What became of a command.
public enum CommandOutcome: Hashable, Sendable {
    /// Done and durable, under this sequence number.
    case done(sequence: UInt64)
    /// There was an identifier where none should be.
    case alreadyExists
    /// There was none where one should be.
    case absent
    /// It was changed since.
    case sequenceDiffers(current: UInt64)
    /// The store will not hold it: name and reason.
    case refused(RefusalReason)
    /// The prefix has as many identifiers as it may have.
    case quotaReached(countMax: UInt64)
    /// Decided before it came to the log.
    case decided(code: UInt32, text: [UInt8])
    /// Not tried, or undone: another step of its atomic set was not done.
    case notApplied

    /// Whether the command was carried out.
    public var isDone: Bool {
        if case .done = self { true } else { false }
    }
}

/// Why a store will not hold something.
public enum RefusalReason: Hashable, Sendable {
    /// More than 2,048 values.
    case tooManyValues
    /// The record would be larger than a message can carry.
    case tooLarge
    /// No values at all.
    case noValues
    /// Another long identifier has the same key; practically impossible, never silently confused.
    case keyCollision
    /// The prefix is not a valid one.
    case invalidPrefix
    /// The prefix still has identifiers.
    case prefixInUse
}
