public import ResolutionProtocol

/// The counts of a day with the names of the prefixes: what a node tells over its control socket, and what tools print.
///
///     day i4 | prefixes: (number i4, state u8, prefix) … | counts: (number i4, words …) … | repeated: 6 words
///     | sources: (high, low, length u8, class u8, count) … | other sources: 6 words | peaks: 2 words      a word is 8
///     bytes
public struct CountReport: Sendable {
    /// The counts.
    public var totals: DayTotals
    /// The prefixes that the node knows.
    public var prefixes: [PrefixRow]

    /// A report.
    public init(totals: DayTotals, prefixes: [PrefixRow]) {
        self.totals = totals
        self.prefixes = prefixes
    }
}

extension CountReport: WireCodable {
    public static var byteCountMin: Int { 128 }

    public init(from reader: inout WireReader) throws(WireError) {
        totals = DayTotals(day: CountDay(number: try reader.int32()))
        prefixes = try reader.array()
        for _ in 0..<(try reader.count(itemByteCountMin: 4 + CountSlot.usedWordCount * 8)) {
            let number = try reader.uint32()
            totals.byPrefix[number] = CountTotals(words: try reader.words(CountSlot.usedWordCount))
        }
        totals.repeated = try reader.byOrigin()
        totals.sources = try reader.array()
        totals.otherSources = try reader.byOrigin()
        totals.peakWords = try reader.words(2)
    }

    public func write(to writer: inout WireWriter) {
        writer.int32(totals.day.number)
        writer.array(prefixes)
        writer.uint32(UInt32(truncatingIfNeeded: totals.byPrefix.count))
        for (number, counts) in totals.byPrefix.sorted(by: { $0.key < $1.key }) {
            writer.uint32(number)
            for word in counts.words { writer.uint64(word) }
        }
        writer.byOrigin(totals.repeated)
        writer.array(totals.sources)
        writer.byOrigin(totals.otherSources)
        for word in totals.peakWords { writer.uint64(word) }
    }
}

extension PrefixRow: WireCodable {
    public static var byteCountMin: Int { 9 }

    public init(from reader: inout WireReader) throws(WireError) {
        let number = try reader.uint32()
        guard let state = State(rawValue: try reader.uint8()) else { throw .invalidField }
        self.init(prefix: try reader.lengthPrefixedBytes(), state: state, number: number)
    }

    public func write(to writer: inout WireWriter) {
        writer.uint32(number)
        writer.uint8(state.rawValue)
        writer.lengthPrefixedBytes(prefix)
    }
}

extension SourceTotal: WireCodable {
    public static var byteCountMin: Int { 26 }

    public init(from reader: inout WireReader) throws(WireError) {
        source = QuerySource(
            high: try reader.uint64(),
            low: try reader.uint64(),
            prefixLength: try reader.uint8()
        )
        guard let origin = OriginClass(rawValue: try reader.uint8()) else { throw .invalidField }
        self.origin = origin
        count = try reader.uint64()
    }

    public func write(to writer: inout WireWriter) {
        writer.uint64(source.high)
        writer.uint64(source.low)
        writer.uint8(source.prefixLength)
        writer.uint8(origin.rawValue)
        writer.uint64(count)
    }
}

extension WireReader {
    fileprivate mutating func uint64() throws(WireError) -> UInt64 {
        UInt64(try uint32()) << 32 | UInt64(try uint32())
    }

    fileprivate mutating func words(_ count: Int) throws(WireError) -> [UInt64] {
        var words: [UInt64] = []
        for _ in 0..<count { words.append(try uint64()) }
        return words
    }

    fileprivate mutating func byOrigin() throws(WireError) -> [OriginClass: UInt64] {
        var counts: [OriginClass: UInt64] = [:]
        for origin in OriginClass.allCases { counts[origin] = try uint64() }
        return counts
    }
}

extension WireWriter {
    fileprivate mutating func uint64(_ value: UInt64) {
        uint32(UInt32(truncatingIfNeeded: value >> 32))
        uint32(UInt32(truncatingIfNeeded: value))
    }

    fileprivate mutating func byOrigin(_ counts: [OriginClass: UInt64]) {
        for origin in OriginClass.allCases { uint64(counts[origin] ?? 0) }
    }
}
