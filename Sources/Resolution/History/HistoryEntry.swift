public import ResolutionProtocol

/// What the change log says of one identifier in one place: a change, or what it was when the log was trimmed.
public struct HistoryEntry: Hashable, Sendable {
    /// How it comes to be in the log.
    public enum Kind: Hashable, Sendable {
        /// A change gave it these values.
        case put
        /// A change removed it.
        case removed
        /// A bulk load gave it these values.
        case load
        /// It had these values when the change that made them was dropped from the log; no change itself.
        case base
        /// The terms of the prefix became these; its record is as it was.
        case prefix(PrefixRow)
        /// The prefix was given up, without leaving a row.
        case prefixRemoved
    }

    /// Number of the log's entry.
    public var sequence: UInt64
    /// Number of the change that made the values: `sequence`, and of a base that of the change dropped.
    public var changeSequence: UInt64
    /// Seconds since 1970; of a base those of the trimming.
    public var unixSeconds: UInt64
    /// Who wanted it: an `Audit` line, or a tool's free text.
    public var origin: [UInt8]
    /// How it comes to be in the log.
    public var kind: Kind
    /// As registered; of terms of a prefix `0.NA/` and the prefix in upper case.
    public var name: [UInt8]
    /// The values from then on; none where it was removed.
    public var values: [HandleValue]

    /// An entry; `changeSequence` is its own where none is given.
    public init(
        sequence: UInt64,
        changeSequence: UInt64? = nil,
        unixSeconds: UInt64,
        origin: [UInt8],
        kind: Kind,
        name: [UInt8],
        values: [HandleValue]
    ) {
        self.sequence = sequence
        self.changeSequence = changeSequence ?? sequence
        self.unixSeconds = unixSeconds
        self.origin = origin
        self.kind = kind
        self.name = name
        self.values = values
    }

    /// Whether it says what the record was; else it is about the terms of the prefix whose record that is.
    public var isOfRecord: Bool {
        switch kind {
        case .put, .removed, .load, .base: true
        case .prefix, .prefixRemoved: false
        }
    }

    /// The audit line; nil: the origin is a tool's free text.
    public var audit: Audit? { Audit(origin: origin) }

    /// Digest of the values as an audit line has it; nil: there are none.
    public var digest: [UInt8]? { values.isEmpty ? nil : Audit.digest(values) }

    /// What its audit line says was there before; nil: it has none, or one that speaks of something else.
    var witness: Audit? {
        guard kind == .put || kind == .removed, let audit, audit.after == digest else { return nil }
        return audit
    }
}
