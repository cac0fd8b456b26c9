internal import Resolution
internal import ResolutionProtocol

/// All counts of one worker on one day, out of its page or out of the table; two states of the same merge into the
/// later.
struct WorkerCounts {
    /// A source as it is asked for twice: by address and class.
    struct SourceKey: Hashable {
        var source: QuerySource
        var origin: OriginClass
    }

    var slots: [UInt32: CountTotals] = [:]
    /// Repeated datagrams by class, other sources by class, queries without a slot, the two peaks.
    var header = [UInt64](repeating: 0, count: headerWordCount)
    var sources: [SourceKey: UInt64] = [:]

    private static let classCount = OriginClass.allCases.count
    static let headerWordCount = classCount * 2 + 3

    init() {}

    /// What stands in `page` now, of slots below `slotCount`: the others belong to no prefix, and looking at them would
    /// bring the whole page into memory.
    init(_ page: CountPage, slotCount: Int) {
        for number in 0..<min(slotCount, page.slotCount) where page.receivedCount(of: number) > 0 {
            slots[UInt32(number)] = page.totals(of: number)
        }
        header = Self.header(of: page)
        sources = Self.sources(of: page)
    }

    static func header(of page: CountPage) -> [UInt64] {
        OriginClass.allCases.map { page.repeated($0) } + OriginClass.allCases.map { page.otherSources($0) }
            + [page.withoutSlot, page.peakWord(outside: true), page.peakWord(outside: false)]
    }

    /// A source may stand in a page twice, as the hash that places it is drawn anew at each start.
    static func sources(of page: CountPage) -> [SourceKey: UInt64] {
        page.sources.totals().reduce(into: [:]) { sums, total in
            sums[SourceKey(source: total.source, origin: total.origin), default: 0] += total.count
        }
    }

    /// Takes a row of the table in.
    mutating func merge(_ key: CountRow.Key, _ content: RawSpan) throws(WireError) {
        switch key.kind {
        case .slot: slots[key.number, default: CountTotals()].merge(CountTotals(words: try CountRow.words(content)))
        case .header: mergeHeader(try CountRow.words(content))
        case .sources:
            for total in try CountRow.sources(content) {
                mergeSource(SourceKey(source: total.source, origin: total.origin), total.count)
            }
        }
    }

    /// Takes another state of the same counts in.
    mutating func merge(_ other: WorkerCounts) {
        for (number, totals) in other.slots { slots[number, default: CountTotals()].merge(totals) }
        mergeHeader(other.header)
        for (key, count) in other.sources { mergeSource(key, count) }
    }

    private mutating func mergeHeader(_ words: [UInt64]) {
        for (index, word) in words.prefix(header.count).enumerated() { header[index] = max(header[index], word) }
    }

    private mutating func mergeSource(_ key: SourceKey, _ count: UInt64) {
        sources[key] = max(sources[key] ?? 0, count)
    }

    /// The sources in the form of the table, in an order that does not change.
    var sourceTotals: [SourceTotal] {
        sources.map { SourceTotal(source: $0.key.source, origin: $0.key.origin, count: $0.value) }
            .sorted {
                ($0.source.high, $0.source.low, $0.origin.rawValue) < (
                    $1.source.high, $1.source.low, $1.origin.rawValue
                )
            }
    }

    /// Puts into `page` what it lacks of this.
    func restore(to page: CountPage) {
        for (number, totals) in slots { page.restore(totals, to: Int(number)) }
        for (index, origin) in OriginClass.allCases.enumerated() {
            page.restore(repeated: header[index], otherSources: header[Self.classCount + index], of: origin)
        }
        page.restore(withoutSlot: header[Self.classCount * 2])
        page.raisePeak(to: header[Self.classCount * 2 + 1], outside: true)
        page.raisePeak(to: header[Self.classCount * 2 + 2], outside: false)
        let present = Self.sources(of: page)
        for (key, count) in sources {
            let there = present[key] ?? 0
            guard count > there else { continue }
            page.restore(
                SourceTotal(source: key.source, origin: key.origin, count: count - there),
                hash: (key.source.high ^ key.source.low) &* 0x9E37_79B1_85EB_CA87 >> 20
            )
        }
    }

    /// Adds this worker's counts to those of the day.
    func add(to day: inout DayTotals) {
        for (number, totals) in slots { day.byPrefix[number, default: CountTotals()].add(totals) }
        for (index, origin) in OriginClass.allCases.enumerated() {
            if header[index] > 0 { day.repeated[origin, default: 0] += header[index] }
            let other = header[Self.classCount + index]
            if other > 0 { day.otherSources[origin, default: 0] += other }
        }
        for place in 0..<2 { day.peakWords[place] = max(day.peakWords[place], header[Self.classCount * 2 + 1 + place]) }
    }
}
