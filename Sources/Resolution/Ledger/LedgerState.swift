package import ResolutionProtocol

/// How far a ledger has come: what the next entry goes on from. It is written with each entry, in one transaction.
///
///     next u64 | last 32 | first day i32 | next day i32 | identity 32 | cumulative 12 × u64 | entry with rows u64
package struct LedgerState: Hashable, Sendable {
    /// Number of the next entry, which is how many there are.
    package var next: UInt64
    /// Digest of the last head; zeros before the first.
    package var last: [UInt8]
    /// The first day with an entry of its own.
    package var firstDay: CountDay
    /// The day whose entry is next.
    package var nextDay: CountDay
    /// Digest of the identity in use.
    package var identity: [UInt8]
    /// The cumulative totals of the last entry.
    package var cumulative = LedgerCounts()
    /// Number of the last entry that has rows: those that the next one adds to; nil: none has.
    package var rowsEntry: UInt64?

    /// Before the first entry of a ledger that begins with `firstDay`.
    package init(firstDay: CountDay) {
        next = 0
        last = Array(repeating: 0, count: LedgerHead.digestByteCount)
        self.firstDay = firstDay
        nextDay = firstDay
        identity = []
    }

    /// The last day that has been closed; nil: none has.
    package var closedThrough: CountDay? {
        nextDay == firstDay ? nil : CountDay(number: nextDay.number - 1)
    }

    /// Whether an entry of `day` has been made, or the ledger began after it: what is counted for it now is late.
    package func isClosed(_ day: CountDay) -> Bool { day < nextDay }
}

extension LedgerState: WireCodable {
    package static var byteCountMin: Int { 24 + 2 * LedgerHead.digestByteCount + LedgerCounts.byteCount }

    package init(from reader: inout WireReader) throws(WireError) {
        next = try reader.uint64()
        last = try reader.bytes(byteCount: LedgerHead.digestByteCount)
        firstDay = CountDay(number: try reader.int32())
        nextDay = CountDay(number: try reader.int32())
        identity = try reader.bytes(byteCount: LedgerHead.digestByteCount)
        cumulative = try LedgerCounts(from: &reader)
        let entry = try reader.uint64()
        rowsEntry = entry == .max ? nil : entry
    }

    package func write(to writer: inout WireWriter) {
        writer.uint64(next)
        writer.bytes(last)
        writer.int32(firstDay.number)
        writer.int32(nextDay.number)
        writer.bytes(identity)
        cumulative.write(to: &writer)
        writer.uint64(rowsEntry ?? .max)
    }
}
