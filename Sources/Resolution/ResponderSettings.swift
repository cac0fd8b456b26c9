public import ResolutionProtocol

/// What a responder goes by, fixed for its life.
public struct ResponderSettings: Sendable {
    /// How identifiers become keys; the store's own rule.
    public var folding: IdentifierFolding
    /// The node's own site record.
    public var site: SiteInfo
    /// Position of this server in `site.servers`.
    public var ownServerIndex: Int
    /// Whether UDP carries operations besides 1, 2, 200 and 201.
    public var isAdministeredOverUDP: Bool
    /// Whether requests that need more than a look-up are left to administration; else they are refused.
    public var hasAdministration: Bool
    /// The most indexes and types together in one request (reliability case P13).
    public var selectionCountMax: Int
    /// The most that may come of a record's number of values times the bytes of the types asked for, which bounds the
    /// time of their comparison (reliability case P13).
    public var typeComparisonMax: Int
    /// The most packets that answer one datagram.
    public var answerPacketCountMax: Int
    /// Entries of the table that recognises repeated datagrams.
    public var repeatEntryCount: Int
    /// How long a datagram counts as repeated, in milliseconds.
    public var repeatWindowMilliseconds: UInt64

    /// The defaults of conf/node.toml.
    public init(folding: IdentifierFolding, site: SiteInfo) {
        self.folding = folding
        self.site = site
        ownServerIndex = 0
        isAdministeredOverUDP = false
        hasAdministration = false
        selectionCountMax = 2_048
        typeComparisonMax = 2_097_152
        answerPacketCountMax = 32
        repeatEntryCount = 262_144
        repeatWindowMilliseconds = 3_000
    }
}

/// The time of a batch; comes in as an argument, as nothing below the adapters reads a clock.
public struct BatchTime: BitwiseCopyable, Sendable {
    /// Seconds since 1970.
    public var unixSeconds: Int64
    /// Monotonic nanoseconds.
    public var nanoseconds: UInt64

    /// A time.
    public init(unixSeconds: Int64, nanoseconds: UInt64) {
        self.unixSeconds = unixSeconds
        self.nanoseconds = nanoseconds
    }
}
