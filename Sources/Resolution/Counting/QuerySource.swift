/// Who asked, as the daily source list shows it: an address over TCP, a /24 or /56 over UDP, whose addresses prove
/// nothing.
public struct QuerySource: Hashable, Sendable, BitwiseCopyable {
    /// First eight bytes of the (masked) IPv6 or IPv4-mapped address, as a big-endian number.
    public var high: UInt64
    /// Last eight bytes.
    public var low: UInt64
    /// Bits of the address that count, of 128: 128 or 120 (a /24) or 56.
    public var prefixLength: UInt8

    /// A source; the bits behind `prefixLength` are 0.
    public init(high: UInt64, low: UInt64, prefixLength: UInt8) {
        self.high = high
        self.low = low
        self.prefixLength = prefixLength
    }
}

/// Queries of one source on one day.
public struct SourceTotal: Hashable, Sendable {
    /// Who asked.
    public var source: QuerySource
    /// What it counts as.
    public var origin: OriginClass
    /// Queries received.
    public var count: UInt64

    /// A total.
    public init(source: QuerySource, origin: OriginClass, count: UInt64) {
        self.source = source
        self.origin = origin
        self.count = count
    }
}
