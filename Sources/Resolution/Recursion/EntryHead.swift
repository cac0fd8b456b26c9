/// What stands before an entry of `AnswerCache` in the ring; key and record follow.
struct EntryHead: BitwiseCopyable {
    /// Bytes of a head, a multiple of eight.
    static let byteCount = 64
    /// The least lifetime of an entry that is asked for again before it ends, in nanoseconds.
    static let dueLifetimeMin: UInt64 = 10_000_000_000
    /// Uses of an entry that is asked for again.
    static let dueHitCountMin: UInt32 = 3

    /// Bytes of the whole entry, a multiple of eight.
    var entryByteCount: UInt32
    var keyByteCount: UInt32
    var recordByteCount: UInt32
    /// Look-ups that found it.
    var hitCount: UInt32 = 0
    /// The hash of its key.
    var hash: UInt64
    /// Until when it is given out, in monotonic nanoseconds.
    var expires: UInt64
    /// Until when it may be given out stale.
    var staleUntil: UInt64
    /// How long it was good for, in nanoseconds.
    var lifetime: UInt64
    /// To how many seconds the TTL of its values has been lowered.
    var ttlBound: Int32 = .max
    var kind: CachedAnswer.Kind
    /// Whether it was found since it was last written.
    var isUsed = false
    var isStale = false
    /// Whether it has been said that it is due.
    var wasDue = false
    /// Whether the TTL of its values may be changed: not where a signature covers them (data-model.md §8).
    var boundsTTL = true
}
