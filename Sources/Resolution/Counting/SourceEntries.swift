internal import Synchronization

/// The queries of a day by source, in a page: open addressing, filled and never emptied while the day lasts.
///
///     word 0, 1   address       word 2   1 << 63 | prefix length << 8 | origin class, 0: free       word 3   queries
///
/// A source that finds no free entry among the 32 places behind its hash shares one total per origin class with others.
public struct SourceEntries {
    /// Bytes of an entry.
    public static let entryByteCount = 32
    /// The most places looked at for one source.
    static let probeCountMax = 32
    private static let usedBit: UInt64 = 1 << 63

    let words: UnsafeMutablePointer<Atomic<UInt64>>
    /// Entries, a power of two.
    let count: Int

    init(base: UnsafeMutableRawPointer, count: Int) {
        words = base.assumingMemoryBound(to: Atomic<UInt64>.self)
        self.count = count
    }

    /// Notes one query; false when there is no room for its source.
    func note(_ source: QuerySource, hash: UInt64, origin: OriginClass) -> Bool {
        add(1, of: source, hash: hash, origin: origin)
    }

    /// Adds queries of an earlier count; false when there is no room for their source.
    func add(_ total: SourceTotal, hash: UInt64) -> Bool {
        add(total.count, of: total.source, hash: hash, origin: total.origin)
    }

    @inline(__always)
    private func add(_ queries: UInt64, of source: QuerySource, hash: UInt64, origin: OriginClass) -> Bool {
        let tag = Self.usedBit | UInt64(source.prefixLength) << 8 | UInt64(origin.rawValue)
        var place = Int(truncatingIfNeeded: hash) & (count &- 1)
        for _ in 0..<Self.probeCountMax {
            let entry = words + place &* 4
            let found = entry[2].load(ordering: .relaxed)
            if found == 0 {
                entry[0].store(source.high, ordering: .relaxed)
                entry[1].store(source.low, ordering: .relaxed)
                entry[3].store(queries, ordering: .relaxed)
                entry[2].store(tag, ordering: .releasing)
                return true
            }
            if found == tag, entry[0].load(ordering: .relaxed) == source.high,
                entry[1].load(ordering: .relaxed) == source.low
            {
                entry[3].store(entry[3].load(ordering: .relaxed) &+ queries, ordering: .relaxed)
                return true
            }
            place = (place &+ 1) & (count &- 1)
        }
        return false
    }

    /// All entries in use.
    public func totals() -> [SourceTotal] {
        (0..<count).compactMap { place in
            let entry = words + place * 4
            let tag = entry[2].load(ordering: .acquiring)
            guard tag != 0, let origin = OriginClass(rawValue: UInt8(truncatingIfNeeded: tag)) else { return nil }
            let source = QuerySource(
                high: entry[0].load(ordering: .relaxed),
                low: entry[1].load(ordering: .relaxed),
                prefixLength: UInt8(truncatingIfNeeded: tag >> 8)
            )
            return SourceTotal(source: source, origin: origin, count: entry[3].load(ordering: .relaxed))
        }
    }
}
