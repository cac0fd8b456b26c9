public import ResolutionProtocol

/// The one way in which records change: commands in one order, each durable before it is answered.
public protocol ChangeLog: AnyObject, Sendable {
    /// Queues `set`; `then` is called once, from the log's own thread, after the commit or its failure.
    ///
    /// When the outcomes of the same set (request, owner, first row, number of steps) are kept and not forgotten,
    /// nothing is executed and they are given back. A set that meets damage fails as a whole and changes nothing.
    /// Returns false, and never calls `then`, when the queue is full, the log has been closed, or the set is not within
    /// its bounds.
    func append(
        _ set: CommandSet,
        then: @escaping @Sendable (Result<CommandSetOutcome, ChangeLogError>) -> Void
    ) -> Bool

    /// The kept outcomes of `request` (16 bytes) that cover `row` and are not forgotten at `unixSeconds`; nil: none.
    func keptOutcomes(
        of request: [UInt8],
        row: UInt32,
        unixSeconds: UInt64
    ) throws(ChangeLogError) -> KeptOutcomes?

    /// Whether an outcome of `request` (16 bytes) is kept for one of `rows`, and not forgotten at `unixSeconds`: for
    /// requests of many rows, of which as a rule none was asked before.
    func hasKeptOutcomes(
        of request: [UInt8],
        rows: Range<UInt32>,
        unixSeconds: UInt64
    ) throws(ChangeLogError) -> Bool

    /// Entries with sequence numbers above `sequence`, at most `limit` of them, in order.
    func entries(after sequence: UInt64, limit: Int) throws(ChangeLogError) -> [ChangeEntry]
}

extension ChangeLog {
    /// Queues `command` as a set of its own, of which nothing is kept.
    public func append(
        _ command: Command,
        then: @escaping @Sendable (Result<CommandOutcome, ChangeLogError>) -> Void
    ) -> Bool {
        append(CommandSet([.command(command)], unixSeconds: command.unixSeconds)) { result in
            then(
                result.flatMap { set in
                    // A set has as many outcomes as steps.
                    set.outcomes.first.map { .success($0) } ?? .failure(.failed(reason: "no outcome"))
                }
            )
        }
    }
}

/// Why nothing could be changed or read.
public enum ChangeLogError: Error, Hashable, Sendable {
    /// The disk or the map is full; writes are refused until there is room again.
    case storageFull
    /// The disk refused: no write is taken any more until an operator has looked (reliability case D10).
    case failed(reason: String)
    /// What is stored is damaged.
    case damaged(reason: String)
    /// The log is being closed.
    case closed
}

/// One entry of the log: what an identifier was after a change. What it was before stands in its previous entry.
public struct ChangeEntry: Hashable, Sendable {
    /// What changed.
    public enum Kind: Hashable, Sendable {
        /// These are the values after the change.
        case put(name: [UInt8], values: [HandleValue])
        /// It was removed.
        case removed(name: [UInt8])
        /// A prefix was homed, delegated, changed or withdrawn; this is its row afterwards.
        case prefix(PrefixRow)
        /// A prefix was given up without leaving a row, as it was before there were withdrawn ones.
        case prefixRemoved(prefix: [UInt8])
        /// A load wrote these identifiers, at most 10,000.
        case load([LoadedRecord])
        /// These identifiers had these values when the older part of the history was dropped; no change.
        case base([LoadedRecord])
    }

    /// Its number, from 1, without gaps.
    public var sequence: UInt64
    /// Seconds since 1970.
    public var unixSeconds: UInt64
    /// Who wanted it.
    public var origin: [UInt8]
    /// What changed.
    public var kind: Kind

    /// An entry.
    public init(sequence: UInt64, unixSeconds: UInt64, origin: [UInt8], kind: Kind) {
        self.sequence = sequence
        self.unixSeconds = unixSeconds
        self.origin = origin
        self.kind = kind
    }
}

/// An identifier that a load wrote.
public struct LoadedRecord: Hashable, Sendable {
    /// As registered.
    public var name: [UInt8]
    /// Its values.
    public var values: [HandleValue]

    /// A record.
    public init(name: [UInt8], values: [HandleValue]) {
        self.name = name
        self.values = values
    }
}
