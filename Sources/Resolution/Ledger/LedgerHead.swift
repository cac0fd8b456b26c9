internal import Cryptography
package import ResolutionProtocol

/// The head of an entry of the resolution ledger. It commits to all of the entry: the rest is in it by its digest, so
/// that heads and signatures alone prove the totals.
///
///     version u8 | kind u8 | sequence u64 | previous 32 | day i32 | made i64 | identity 32
///     | of the day: 12 × u64 | cumulative: 12 × u64
///     | listed sources u64 | other sources u64 | largest network: high u64, low u64, length u8, queries u64
///     | rows u32 | source rows u32 | body 32
package struct LedgerHead: Hashable, Sendable {
    /// What an entry is.
    package enum Kind: UInt8, Sendable, CaseIterable {
        /// Begins the ledger, or goes on with it under another key or name: no counts.
        case identity = 1
        /// The counts of a day that has ended.
        case day = 2
        /// What was counted for a day after its entry had been made.
        case correction = 3
    }

    /// The layout that this code writes, and the only one it reads.
    package static let version: UInt8 = 1
    /// Bytes of a digest.
    package static let digestByteCount = 32
    /// Bytes on the wire.
    package static let byteCount =
        2 + 8 + digestByteCount + 4 + 8 + digestByteCount + 2 * LedgerCounts.byteCount + 16 + 25 + 8 + digestByteCount
    /// The most rows of an entry: as many prefixes as can be counted apart, the others together, in all classes.
    package static let rowCountMax = (1_048_576 + 1) * LedgerCounts.classCount
    /// What is signed begins with this, so that no signature of a head is one of something else.
    static let context = Array("hanjiang resolution ledger 1\0".utf8)

    package var kind: Kind
    /// 0 for the first entry, one more for each.
    package var sequence: UInt64
    /// SHA-256 of the head before; zeros in the first.
    package var previous: [UInt8]
    /// The day; in an entry of the kind `identity` the next one that has no entry yet.
    package var day: CountDay
    /// When the entry was made, in seconds since 1970 (UTC), by the node's clock.
    package var madeUnixSeconds: Int64
    /// SHA-256 of the `LedgerIdentity` whose key signs.
    package var identity: [UInt8]
    /// What this entry adds to the day.
    package var added = LedgerCounts()
    /// All entries so far, this one included.
    package var cumulative = LedgerCounts()
    /// Queries in the source rows.
    package var listedSourceCount: UInt64 = 0
    /// Queries of sources beyond those that were kept apart.
    package var otherSourceCount: UInt64 = 0
    /// The network with the most queries from outside; none: no source row of an external class.
    package var largest = LedgerLargestNetwork()
    /// Rows of the body, and behind them source rows.
    package var rowCount: UInt32 = 0
    package var sourceRowCount: UInt32 = 0
    /// SHA-256 of the frames between head and signature.
    package var body: [UInt8]

    package init(kind: Kind, sequence: UInt64, previous: [UInt8], day: CountDay, madeUnixSeconds: Int64) {
        self.kind = kind
        self.sequence = sequence
        self.previous = previous
        self.day = day
        self.madeUnixSeconds = madeUnixSeconds
        identity = Array(repeating: 0, count: Self.digestByteCount)
        body = Array(repeating: 0, count: Self.digestByteCount)
    }

    /// By what the next entry names this one: the SHA-256 of its bytes.
    package func digest() throws(LedgerError) -> [UInt8] { try LedgerDigest.of(wire) }

    /// What is signed.
    var signedBytes: [UInt8] { Self.context + wire }
}

extension LedgerHead: WireCodable {
    package static var byteCountMin: Int { byteCount }

    package init(from reader: inout WireReader) throws(WireError) {
        guard try reader.uint8() == Self.version, let kind = Kind(rawValue: try reader.uint8()) else {
            throw .invalidField
        }
        self.init(
            kind: kind,
            sequence: try reader.uint64(),
            previous: try reader.bytes(byteCount: Self.digestByteCount),
            day: CountDay(number: try reader.int32()),
            madeUnixSeconds: Int64(bitPattern: try reader.uint64())
        )
        identity = try reader.bytes(byteCount: Self.digestByteCount)
        added = try LedgerCounts(from: &reader)
        cumulative = try LedgerCounts(from: &reader)
        listedSourceCount = try reader.uint64()
        otherSourceCount = try reader.uint64()
        largest = try LedgerLargestNetwork(from: &reader)
        rowCount = try reader.uint32()
        sourceRowCount = try reader.uint32()
        body = try reader.bytes(byteCount: Self.digestByteCount)
    }

    package func write(to writer: inout WireWriter) {
        writer.uint8(Self.version)
        writer.uint8(kind.rawValue)
        writer.uint64(sequence)
        writer.bytes(previous)
        writer.int32(day.number)
        writer.uint64(UInt64(bitPattern: madeUnixSeconds))
        writer.bytes(identity)
        added.write(to: &writer)
        cumulative.write(to: &writer)
        writer.uint64(listedSourceCount)
        writer.uint64(otherSourceCount)
        largest.write(to: &writer)
        writer.uint32(rowCount)
        writer.uint32(sourceRowCount)
        writer.bytes(body)
    }
}
