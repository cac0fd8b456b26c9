internal import Resolution
internal import ResolutionProtocol

/// Rows of the table of counts.
///
///     key    day u32 (biased by 2³¹, so that days sort), worker u16, kind u8, number u32
///     value  slot: 22 words; header: 13 words; sources: { address 16 bytes, prefix length u8, origin u8, queries u64
///     } …
enum CountRow {
    enum Kind: UInt8 {
        /// A prefix' slot.
        case slot = 0
        /// Repeated datagrams, other sources, queries without a slot.
        case header = 1
        /// All sources of the day and worker.
        case sources = 2
    }

    struct Key: Hashable {
        var day: CountDay
        var worker: Int
        var kind: Kind
        var number: UInt32

        var bytes: [UInt8] {
            CountRow.dayBytes(day)
                + [
                    UInt8(truncatingIfNeeded: worker >> 8), UInt8(truncatingIfNeeded: worker), kind.rawValue,
                    UInt8(truncatingIfNeeded: number >> 24), UInt8(truncatingIfNeeded: number >> 16),
                    UInt8(truncatingIfNeeded: number >> 8), UInt8(truncatingIfNeeded: number),
                ]
        }

        init(_ day: CountDay, _ worker: Int, _ kind: Kind, number: UInt32 = 0) {
            self.day = day
            self.worker = worker
            self.kind = kind
            self.number = number
        }

        init(from reader: inout WireReader) throws(WireError) {
            day = CountDay(number: Int32(bitPattern: try reader.uint32() ^ 1 << 31))
            worker = Int(try reader.uint16())
            guard let kind = Kind(rawValue: try reader.uint8()) else { throw .invalidField }
            self.kind = kind
            number = try reader.uint32()
            try reader.finish()
        }
    }

    /// How all keys of `day` begin.
    static func dayBytes(_ day: CountDay) -> [UInt8] {
        let biased = UInt32(bitPattern: day.number) ^ 1 << 31
        return withUnsafeBytes(of: biased.bigEndian) { Array($0) }
    }

    static func words(_ content: RawSpan) throws(WireError) -> [UInt64] {
        var reader = WireReader(content)
        var words: [UInt64] = []
        while reader.remaining > 0 { words.append(try reader.uint64()) }
        return words
    }

    static func sources(_ content: RawSpan) throws(WireError) -> [SourceTotal] {
        var reader = WireReader(content)
        var totals: [SourceTotal] = []
        while reader.remaining > 0 {
            let (high, low) = (try reader.uint64(), try reader.uint64())
            let source = QuerySource(high: high, low: low, prefixLength: try reader.uint8())
            guard let origin = OriginClass(rawValue: try reader.uint8()) else { throw .invalidField }
            totals.append(SourceTotal(source: source, origin: origin, count: try reader.uint64()))
        }
        return totals
    }

    static func write(_ totals: [SourceTotal], to writer: inout WireWriter) {
        for total in totals {
            writer.uint64(total.source.high)
            writer.uint64(total.source.low)
            writer.uint8(total.source.prefixLength)
            writer.uint8(total.origin.rawValue)
            writer.uint64(total.count)
        }
    }
}
