/// Where counts are kept for good, and where workers get the memory to count in.
public protocol CountLedger: AnyObject, Sendable {
    /// The page of `worker` for `day`. Today's and tomorrow's are opened beforehand, so that a worker that asks at
    /// midnight neither waits for the disk nor fails; nil only where no memory for it could be had.
    func page(worker: Int, day: CountDay) -> CountPage?

    /// What has been counted for each prefix on `day`, what lies in the workers' pages included.
    func totals(of day: CountDay) throws(ChangeLogError) -> DayTotals

    /// The days for which there are counts, in order.
    func days() throws(ChangeLogError) -> [CountDay]
}

/// The counts of one day.
public struct DayTotals: Sendable {
    /// The day, in Asia/Shanghai.
    public var day: CountDay
    /// Totals by prefix number; number 0 stands for prefixes that are not ours.
    public var byPrefix: [UInt32: CountTotals]
    /// Repeated datagrams by origin class.
    public var repeated: [OriginClass: UInt64]
    /// Queries by source.
    public var sources: [SourceTotal]
    /// Queries whose source is not in `sources`, by origin class.
    public var otherSources: [OriginClass: UInt64]
    /// Peak second of all prefixes and workers together, `count << 17 | second of day`: from outside, of all others.
    public var peakWords: [UInt64] = [0, 0]

    /// No counts for `day`.
    public init(day: CountDay) {
        self.day = day
        byPrefix = [:]
        repeated = [:]
        sources = []
        otherSources = [:]
    }

    /// All prefixes together, with the peak second of all of them.
    public var total: CountTotals {
        var total = byPrefix.values.reduce(into: CountTotals()) { $0.add($1) }
        var words = [UInt64](repeating: 0, count: CountSlot.usedWordCount)
        words[CountSlot.outsideWord + 4] = peakWords[0]
        words[CountSlot.insideWord + 4] = peakWords[1]
        total.merge(CountTotals(words: words))
        return total
    }
}
