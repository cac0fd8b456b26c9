/// How far administration follows references for its askers (operation 9002). Defaults of conf/node.toml.
public struct TraceSettings: Hashable, Sendable {
    /// Whether it does at all.
    public var isOn = true
    /// The most identifiers of a request, and the most bytes of values.
    public var identifierCountMax = 1_000
    public var byteCountMax = 1 << 20
    /// Identifiers that are looked for in a second on behalf of one source network.
    public var identifiersPerSecond: UInt32 = 10_000
    /// Traces under way, of all sources and of one source network.
    public var openCountMax = 128
    public var openPerNetworkMax = 16
    /// Bytes of values that all traces under way may hold.
    public var heldByteCountMax = 64 << 20
    /// Identifiers that other nodes are asked for at a time on behalf of one trace.
    public var elsewhereCountMax = 16
    /// Identifiers that are read before others have their turn.
    public var sliceCount = 64
    /// Seconds after which a trace of which nothing was heard is given up.
    public var idleSeconds: UInt64 = 60

    /// The defaults.
    public init() {}
}
