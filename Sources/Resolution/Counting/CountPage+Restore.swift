internal import Synchronization

/// What a page says of itself in its first bytes.
public struct CountPageShape: Hashable, Sendable {
    /// The day it counts.
    public var day: CountDay
    /// The worker that counts.
    public var worker: Int
    /// Slots, number 0 included.
    public var slotCount: Int
    /// Source entries.
    public var sourceCount: Int

    /// Bytes of such a page.
    public var byteCount: Int { CountPage.byteCount(slotCount: slotCount, sourceCount: sourceCount) }

    /// Reads the header of a page; nil when it is none, or one of a size that nobody makes.
    public init?(header: RawSpan) {
        guard header.byteCount >= CountPage.headerByteCount else { return nil }
        func word(_ place: CountPage.HeaderWord) -> UInt64 {
            header.unsafeLoadUnaligned(fromByteOffset: place.rawValue * 8, as: UInt64.self)
        }
        let (worker, slots, sources) = (word(.worker), word(.slotCount), word(.sourceCount))
        guard word(.magic) == CountPage.magic, worker < 65_536, slots > 0, slots < 1 << 32, sources > 0,
            sources < 1 << 32, sources & (sources - 1) == 0
        else { return nil }
        day = CountDay(number: Int32(truncatingIfNeeded: Int64(bitPattern: word(.day))))
        self.worker = Int(worker)
        slotCount = Int(slots)
        sourceCount = Int(sources)
    }
}

extension CountPage {
    /// Puts back what a lost file held beside its slots: each becomes the larger of both.
    public func restore(repeated: UInt64, otherSources: UInt64, of origin: OriginClass) {
        raise(HeaderWord.repeated.rawValue + Int(origin.rawValue), to: repeated)
        raise(HeaderWord.otherSources.rawValue + Int(origin.rawValue), to: otherSources)
    }

    /// Puts back the number of queries for prefixes without a slot.
    public func restore(withoutSlot: UInt64) { raise(HeaderWord.withoutSlot.rawValue, to: withoutSlot) }

    /// Counts the queries of a source that a lost file held, on top of what is there for it.
    public func restore(_ total: SourceTotal, hash: UInt64) {
        guard total.count > 0, !sources.add(total, hash: hash) else { return }
        add(total.count, to: HeaderWord.otherSources.rawValue + Int(total.origin.rawValue))
    }

    private func raise(_ index: Int, to value: UInt64) {
        guard header[index].load(ordering: .relaxed) < value else { return }
        header[index].store(value, ordering: .relaxed)
    }
}
