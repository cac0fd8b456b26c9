internal import Synchronization

/// The counters of one prefix on one day in one worker: 256 bytes of a page, written by that worker alone but for two
/// words.
///
///     word 0…5    received, by origin class      (解析请求量)
///     word 6…11   found and answered, by class   (the external classes: 解析成功响应量)
///     word 12…16  queries from outside: sum of latencies in ns, shortest, longest, this worker's peak second, and the
///                 peak second of all workers together, which the fold finds and writes
///     word 17…21  the same for all other queries
///     word 22…25  queries from outside in each of the last four seconds, for the fold
///     word 26…29  the same for all other queries
///     word 30, 31 zero
///
/// "Shortest", "longest", "peak" and the last seconds are one word each, `value << 17 | second of day`, so that a pair
/// is never torn. Words are loaded and stored relaxed; readers add up over workers.
public struct CountSlot {
    /// Bytes of a slot.
    public static let byteCount = 256
    /// Words of a slot.
    public static let wordCount = 32
    /// Word of the first "received".
    public static let receivedWord = 0
    /// Word of the first "found".
    public static let foundWord = 6
    /// First of the five words about queries from outside.
    public static let outsideWord = 12
    /// First of the five words about other queries.
    public static let insideWord = 17
    /// Words that are kept for good: all but those of the last seconds.
    public static let usedWordCount = 22
    /// First of the words of the last seconds.
    static let recentWord = 22
    /// Bits of a second of day.
    static let secondBits: UInt64 = 17

    let words: UnsafeMutablePointer<Atomic<UInt64>>

    /// The slot at `address`.
    init(at address: UnsafeMutableRawPointer) {
        words = address.assumingMemoryBound(to: Atomic<UInt64>.self)
    }

    /// Notes one query.
    func note(origin: OriginClass, isFound: Bool, latencyNanoseconds: UInt64, secondOfDay: UInt64) {
        let place = Int(origin.rawValue)
        add(1, to: Self.receivedWord &+ place)
        if isFound { add(1, to: Self.foundWord &+ place) }
        let group = origin.isExternal ? Self.outsideWord : Self.insideWord
        add(latencyNanoseconds, to: group)
        let latency = latencyNanoseconds << Self.secondBits | secondOfDay
        let shortest = load(group &+ 1)
        if shortest == 0 || latency >> Self.secondBits < shortest >> Self.secondBits { store(latency, group &+ 1) }
        if latency >> Self.secondBits > load(group &+ 2) >> Self.secondBits { store(latency, group &+ 2) }
        let word = recent(outside: origin.isExternal).note(secondOfDay)
        if word >> Self.secondBits > load(group &+ 3) >> Self.secondBits { store(word, group &+ 3) }
    }

    /// The queries of the last seconds.
    func recent(outside: Bool) -> RecentSeconds {
        RecentSeconds(words: words + (outside ? Self.recentWord : Self.recentWord + RecentSeconds.wordCount))
    }

    /// Word number `index`.
    func load(_ index: Int) -> UInt64 { words[index].load(ordering: .relaxed) }

    private func store(_ value: UInt64, _ index: Int) { words[index].store(value, ordering: .relaxed) }

    private func add(_ value: UInt64, to index: Int) { store(load(index) &+ value, index) }
}

/// A copy of a slot's words, and how such copies are put together.
public struct CountTotals: Hashable, Sendable {
    /// `CountSlot.usedWordCount` words in the order of the slot.
    public private(set) var words: [UInt64]

    /// Nothing counted.
    public init() { words = Array(repeating: 0, count: CountSlot.usedWordCount) }

    /// Totals from words in the order of the slot; missing ones are 0.
    public init(words: [UInt64]) {
        self.words = Array(words.prefix(CountSlot.usedWordCount))
        while self.words.count < CountSlot.usedWordCount { self.words.append(0) }
    }

    /// Queries received from `origin`.
    public func received(_ origin: OriginClass) -> UInt64 { words[CountSlot.receivedWord + Int(origin.rawValue)] }

    /// Queries from `origin` for which content was found and answered.
    public func found(_ origin: OriginClass) -> UInt64 { words[CountSlot.foundWord + Int(origin.rawValue)] }

    /// 解析请求量: queries received, whoever asked.
    public var requests: UInt64 { OriginClass.allCases.reduce(0) { $0 &+ received($1) } }

    /// 解析成功响应量: queries from outside for which content was found and answered.
    public var successes: UInt64 { OriginClass.allCases.reduce(0) { $0 &+ ($1.isExternal ? found($1) : 0) } }

    /// A value and the second of day in which it came about.
    public struct Extreme: Hashable, Sendable {
        /// Nanoseconds, or queries in one second.
        public var value: UInt64
        /// 0...86,399 in Asia/Shanghai.
        public var secondOfDay: UInt64

        /// A value of a second.
        public init(value: UInt64, secondOfDay: UInt64) {
            self.value = value
            self.secondOfDay = secondOfDay
        }
    }

    /// Sum of latencies in nanoseconds of queries from outside, or of all others.
    public func latencySumNanoseconds(outside: Bool) -> UInt64 { words[group(outside)] }
    /// Shortest latency; nil: none measured.
    public func shortest(outside: Bool) -> Extreme? { extreme(group(outside) + 1) }
    /// Longest latency.
    public func longest(outside: Bool) -> Extreme? { extreme(group(outside) + 2) }
    /// Most queries in one second, all workers together; of one worker where the fold could not see that second in
    /// time.
    public func peak(outside: Bool) -> Extreme? {
        let (own, all) = (extreme(group(outside) + 3), extreme(group(outside) + 4))
        guard let own, let all else { return own ?? all }
        return all.value >= own.value ? all : own
    }

    private func group(_ outside: Bool) -> Int { outside ? CountSlot.outsideWord : CountSlot.insideWord }

    private func extreme(_ index: Int) -> Extreme? {
        let word = words[index]
        guard word != 0 else { return nil }
        let mask = (1 as UInt64) << CountSlot.secondBits - 1
        return Extreme(value: word >> CountSlot.secondBits, secondOfDay: word & mask)
    }

    /// Adds what another worker, or the same for another prefix, counted on the same day; of peaks the larger stays.
    public mutating func add(_ other: CountTotals) {
        combine(other) { $0 &+ $1 }
    }

    /// Takes the later of two states of the same worker's slot: counters only ever grow.
    public mutating func merge(_ other: CountTotals) {
        combine(other) { max($0, $1) }
    }

    private mutating func combine(_ other: CountTotals, counters: (UInt64, UInt64) -> UInt64) {
        for index in words.indices {
            let (a, b) = (words[index], other.words[index])
            switch index {
            case CountSlot.outsideWord + 1, CountSlot.insideWord + 1:
                words[index] = a == 0 ? b : b == 0 ? a : min(a, b)
            case CountSlot.outsideWord + 2...CountSlot.outsideWord + 4,
                CountSlot.insideWord + 2...CountSlot.insideWord + 4:
                words[index] = max(a, b)
            default:
                words[index] = counters(a, b)
            }
        }
    }
}
