internal import Synchronization

/// One worker's counters of one day, in memory that outlives the process (a shared file mapping).
///
///     0      header, 4,096 bytes: magic, day, worker, number of slots, number of source entries, then totals
///     4096   slots, 256 bytes each; slot n belongs to prefix number n, slot 0 to prefixes that are not ours
///     …      source entries, 32 bytes each
///
/// One writer, the worker; words are stored relaxed, so that any thread may read. The memory's owner keeps it mapped
/// for as long as the page is used.
public struct CountPage: @unchecked Sendable {
    // Sendable: a pointer to shared memory whose words are all accessed atomically.

    /// Bytes of the header.
    public static let headerByteCount = 4_096
    /// First word of a page: layout "hjcount" 1.
    public static let magic: UInt64 = 0x686A_636F_756E_7401

    /// Words of the header.
    enum HeaderWord: Int {
        case magic = 0
        case day = 1
        case worker = 2
        case slotCount = 3
        case sourceCount = 4
        /// Repeated datagrams, one word per origin class.
        case repeated = 8
        /// Queries for prefixes whose number is above the slots; they are counted in slot 0 as well.
        case withoutSlot = 16
        /// Queries from sources that found no entry, one word per origin class.
        case otherSources = 24
        /// Queries of all prefixes in the last seconds: from outside, then all others.
        case recent = 32
        /// Peak second of all prefixes and workers, from outside and of all others; the fold writes them.
        case peak = 40
    }

    /// First byte of the page.
    public let base: UnsafeMutableRawPointer
    /// Slots, number 0 included.
    public let slotCount: Int
    /// Source entries, a power of two.
    public let sourceCount: Int

    /// Bytes of a page.
    public static func byteCount(slotCount: Int, sourceCount: Int) -> Int {
        headerByteCount + slotCount * CountSlot.byteCount + sourceCount * SourceEntries.entryByteCount
    }

    /// Takes `base`, zeroed or holding an earlier state of the same page, as the page of `worker` for `day`.
    ///
    /// Returns nil when the memory holds a page of another day, worker or size. `sourceCount` is a power of two.
    public init?(at base: UnsafeMutableRawPointer, day: CountDay, worker: Int, slotCount: Int, sourceCount: Int) {
        self.base = base
        self.slotCount = slotCount
        self.sourceCount = sourceCount
        let wanted: [(HeaderWord, UInt64)] = [
            (.day, UInt64(bitPattern: Int64(day.number))), (.worker, UInt64(worker)),
            (.slotCount, UInt64(slotCount)), (.sourceCount, UInt64(sourceCount)),
        ]
        if word(.magic) == 0 {
            for (place, value) in wanted { header[place.rawValue].store(value, ordering: .relaxed) }
            header[HeaderWord.magic.rawValue].store(Self.magic, ordering: .releasing)
        }
        guard word(.magic) == Self.magic, wanted.allSatisfy({ word($0.0) == $0.1 }) else { return nil }
    }

    /// The day of the page.
    public var day: CountDay { CountDay(number: Int32(truncatingIfNeeded: Int64(bitPattern: word(.day)))) }

    /// A copy of slot `number`.
    public func totals(of number: Int) -> CountTotals {
        guard number >= 0, number < slotCount else { return CountTotals() }
        let slot = slot(number)
        return CountTotals(words: (0..<CountSlot.usedWordCount).map { slot.load($0) })
    }

    /// Sum of the "received" words of slot `number`: changes whenever anything of the slot does.
    public func receivedCount(of number: Int) -> UInt64 {
        guard number >= 0, number < slotCount else { return 0 }
        let slot = slot(number)
        return (0..<OriginClass.allCases.count).reduce(0) { $0 &+ slot.load(CountSlot.receivedWord &+ $1) }
    }

    /// Puts words back that a lost file held: each counter becomes the larger of both.
    public func restore(_ totals: CountTotals, to number: Int) {
        guard number >= 0, number < slotCount else { return }
        var merged = self.totals(of: number)
        merged.merge(totals)
        let slot = slot(number)
        for (index, word) in merged.words.enumerated() { slot.words[index].store(word, ordering: .relaxed) }
    }

    /// Datagrams from `origin` that repeated an earlier one within the window: answered, and counted only here.
    public func repeated(_ origin: OriginClass) -> UInt64 {
        header[HeaderWord.repeated.rawValue + Int(origin.rawValue)].load(ordering: .relaxed)
    }

    /// Queries from `origin` whose source found no entry of its own.
    public func otherSources(_ origin: OriginClass) -> UInt64 {
        header[HeaderWord.otherSources.rawValue + Int(origin.rawValue)].load(ordering: .relaxed)
    }

    /// Queries for own prefixes that have no slot, as there are more prefixes than slots.
    public var withoutSlot: UInt64 { word(.withoutSlot) }

    /// The source entries.
    public var sources: SourceEntries {
        SourceEntries(
            base: base + Self.headerByteCount + slotCount * CountSlot.byteCount,
            count: sourceCount
        )
    }

    /// Notes one query for prefix `number`.
    package func note(
        prefix number: Int,
        origin: OriginClass,
        isFound: Bool,
        latencyNanoseconds: UInt64,
        secondOfDay: UInt64
    ) {
        var place = number
        if number >= slotCount {
            add(1, to: HeaderWord.withoutSlot.rawValue)
            place = 0
        }
        _ = recent(outside: origin.isExternal).note(secondOfDay)
        slot(place).note(
            origin: origin,
            isFound: isFound,
            latencyNanoseconds: latencyNanoseconds,
            secondOfDay: secondOfDay
        )
    }

    /// The queries of all prefixes in the last seconds.
    func recent(outside: Bool) -> RecentSeconds {
        RecentSeconds(words: header + (HeaderWord.recent.rawValue &+ (outside ? 0 : RecentSeconds.wordCount)))
    }

    /// Notes a repeated datagram.
    package func noteRepeated(_ origin: OriginClass) {
        add(1, to: HeaderWord.repeated.rawValue &+ Int(origin.rawValue))
    }

    /// Notes one query from `source`.
    package func note(source: QuerySource, hash: UInt64, origin: OriginClass) {
        guard !sources.note(source, hash: hash, origin: origin) else { return }
        add(1, to: HeaderWord.otherSources.rawValue &+ Int(origin.rawValue))
    }

    var header: UnsafeMutablePointer<Atomic<UInt64>> { base.assumingMemoryBound(to: Atomic<UInt64>.self) }

    func word(_ place: HeaderWord) -> UInt64 { header[place.rawValue].load(ordering: .relaxed) }

    func add(_ value: UInt64, to index: Int) {
        header[index].store(header[index].load(ordering: .relaxed) &+ value, ordering: .relaxed)
    }

    func slot(_ number: Int) -> CountSlot {
        CountSlot(at: base + Self.headerByteCount + number &* CountSlot.byteCount)
    }
}
