/// Recognises datagrams that repeat an earlier one within a few seconds: same source, port and request id.
///
/// A fixed table of 8-way buckets, one cache line each; an entry is 44 bits of a keyed hash and 20 bits of
/// milliseconds. Errors: a new query is taken for a repeat with a chance of 8 · 2⁻⁴⁴ (5 · 10⁻¹³); a repeat is missed,
/// and counted as a resolution, only if its bucket took 8 newer queries in between. The milliseconds wrap: the same
/// source, port and request id, again within the window 2²⁰ ms (17 min 28.576 s) later, is taken for a repeat while
/// its old entry is still there.
struct RepeatTable: ~Copyable {
    static let entriesPerBucket = 8
    private static let timeBits: UInt64 = 20

    private let entries: UnsafeMutablePointer<UInt64>
    private let bucketMask: UInt64
    private let windowMilliseconds: UInt64
    private let hash: KeyedHash

    /// A table of at least `entryCount` entries.
    init(entryCount: Int, windowMilliseconds: UInt64, hash: KeyedHash) {
        var buckets = 1
        while buckets * Self.entriesPerBucket < entryCount { buckets *= 2 }
        bucketMask = UInt64(buckets - 1)
        entries = .allocate(capacity: buckets * Self.entriesPerBucket)
        entries.initialize(repeating: 0, count: buckets * Self.entriesPerBucket)
        self.windowMilliseconds = min(windowMilliseconds, (1 << Self.timeBits) / 2)
        self.hash = hash
    }

    deinit { entries.deallocate() }

    /// Whether the same was noted within the window; notes it if not.
    func noteOrRecognise(_ source: QuerySource, port: UInt16, requestID: UInt32, milliseconds: UInt64) -> Bool {
        let value = hash.hash(source.high, source.low, UInt64(requestID) << 16 | UInt64(port))
        let bucket = entries + Int(truncatingIfNeeded: value & bucketMask) &* Self.entriesPerBucket
        let timeMask = (1 as UInt64) << Self.timeBits &- 1
        let now = milliseconds & timeMask
        let tag = value & ~timeMask
        var oldest = 0
        var oldestAge: UInt64 = 0
        for place in 0..<Self.entriesPerBucket {
            let entry = bucket[place]
            // 0 is free, and older than any window; that an entry in use comes to 0 has a chance of 2⁻⁶⁴.
            let age = entry == 0 ? timeMask : (now &- entry) & timeMask
            if entry & ~timeMask == tag, age < windowMilliseconds { return true }
            if age >= oldestAge { (oldest, oldestAge) = (place, age) }
        }
        bucket[oldest] = tag | now
        return false
    }

    /// Forgets what was noted.
    func forget(_ source: QuerySource, port: UInt16, requestID: UInt32) {
        let value = hash.hash(source.high, source.low, UInt64(requestID) << 16 | UInt64(port))
        let bucket = entries + Int(truncatingIfNeeded: value & bucketMask) &* Self.entriesPerBucket
        let timeMask = (1 as UInt64) << Self.timeBits &- 1
        for place in 0..<Self.entriesPerBucket where bucket[place] & ~timeMask == value & ~timeMask {
            bucket[place] = 0
        }
    }
}
