package import ResolutionProtocol

/// What is kept of all reports of one sender.
///
///     identity 32 | day i32 | made i64 | received i64 | entry u64 | reports u64 | rows u32 | totals 12 × u64
package struct ReportTotals: Hashable, Sendable {
    /// Of the last report: SHA-256 of the sender's identity, and the entry up to which it went.
    package var identity: [UInt8]
    package var entry: UInt64 = 0
    /// The newest day reported.
    package var day: CountDay
    /// When the newest report was made, by the sender's clock, and when the last one came, by ours.
    package var madeUnixSeconds: Int64 = 0
    package var receivedUnixSeconds: Int64 = 0
    /// Reports taken, repeated ones included.
    package var reportCount: UInt64 = 0
    /// Prefixes and classes that there are totals of.
    package var rowCount: UInt32 = 0
    /// The sums of these totals.
    package var totals = LedgerCounts()

    package init(identity: [UInt8], day: CountDay) {
        self.identity = identity
        self.day = day
    }
}

extension ReportTotals: WireCodable {
    package static var byteCountMin: Int { LedgerHead.digestByteCount + 40 + LedgerCounts.byteCount }

    package init(from reader: inout WireReader) throws(WireError) {
        identity = try reader.bytes(byteCount: LedgerHead.digestByteCount)
        day = CountDay(number: try reader.int32())
        madeUnixSeconds = Int64(bitPattern: try reader.uint64())
        receivedUnixSeconds = Int64(bitPattern: try reader.uint64())
        entry = try reader.uint64()
        reportCount = try reader.uint64()
        rowCount = try reader.uint32()
        totals = try LedgerCounts(from: &reader)
    }

    package func write(to writer: inout WireWriter) {
        writer.bytes(identity)
        writer.int32(day.number)
        writer.uint64(UInt64(bitPattern: madeUnixSeconds))
        writer.uint64(UInt64(bitPattern: receivedUnixSeconds))
        writer.uint64(entry)
        writer.uint64(reportCount)
        writer.uint32(rowCount)
        totals.write(to: &writer)
    }
}

/// Two counts of which the larger ones win.
///
///     received u64 | found u64
package struct ReportPair: Hashable, Sendable {
    package var received: UInt64 = 0
    package var found: UInt64 = 0

    package init(received: UInt64 = 0, found: UInt64 = 0) {
        self.received = received
        self.found = found
    }

    /// Takes the larger counts, and returns by how much these are more.
    package mutating func rise(to other: ReportPair) -> ReportPair {
        let more = ReportPair(
            received: other.received - min(other.received, received),
            found: other.found - min(other.found, found)
        )
        received = max(received, other.received)
        found = max(found, other.found)
        return more
    }

    package var isZero: Bool { received == 0 && found == 0 }
}

extension ReportPair: WireCodable {
    package static var byteCountMin: Int { 16 }

    package init(from reader: inout WireReader) throws(WireError) {
        self.init(received: try reader.uint64(), found: try reader.uint64())
    }

    package func write(to writer: inout WireWriter) {
        writer.uint64(received)
        writer.uint64(found)
    }
}
