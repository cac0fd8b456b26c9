package import ResolutionProtocol

/// How far the level above has acknowledged this node's ledger. The ledger itself is the outbox: what stands behind the
/// mark is still to be reported, so that nothing is lost with the mark, but sent once more.
///
///     above 32 | entry u64 | head 32 | day i32 | acknowledged i64
package struct ReportMark: Hashable, Sendable {
    /// SHA-256 of who is reported to: to others all is reported anew.
    package var above: [UInt8]
    /// Number of the last entry that is known there, and the digest of its head: after a restore from a backup the
    /// ledger may have other entries under the same numbers.
    package var entry: UInt64
    package var head: [UInt8]
    /// The newest day reported.
    package var day: CountDay
    /// When that was, in seconds since 1970.
    package var acknowledgedUnixSeconds: Int64

    package init(above: [UInt8], entry: UInt64, head: [UInt8], day: CountDay, acknowledgedUnixSeconds: Int64) {
        self.above = above
        self.entry = entry
        self.head = head
        self.day = day
        self.acknowledgedUnixSeconds = acknowledgedUnixSeconds
    }

    /// What stands for the servers of `above`, whatever their order.
    package static func digest(ofServers above: [String]) throws(LedgerError) -> [UInt8] {
        try LedgerDigest.of(Array(above.sorted().joined(separator: "\n").utf8))
    }
}

extension ReportMark: WireCodable {
    package static var byteCountMin: Int { 2 * LedgerHead.digestByteCount + 20 }

    package init(from reader: inout WireReader) throws(WireError) {
        above = try reader.bytes(byteCount: LedgerHead.digestByteCount)
        entry = try reader.uint64()
        head = try reader.bytes(byteCount: LedgerHead.digestByteCount)
        day = CountDay(number: try reader.int32())
        acknowledgedUnixSeconds = Int64(bitPattern: try reader.uint64())
    }

    package func write(to writer: inout WireWriter) {
        writer.bytes(above)
        writer.uint64(entry)
        writer.bytes(head)
        writer.int32(day.number)
        writer.uint64(UInt64(bitPattern: acknowledgedUnixSeconds))
    }
}
