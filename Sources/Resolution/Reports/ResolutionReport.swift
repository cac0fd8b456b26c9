package import ResolutionProtocol

/// What a node reports to the level above of one day of its ledger: the day's counts and cumulative totals, per prefix
/// and origin class. docs/reports.md.
///
///     version u8 | name 16 | made i64 | day i32 | identity 32 | entry u64 | rows u32 | rows …
///
/// The rows are those of the ledger (`LedgerRow`) and ascend as they do there. Both the counts of a day and the totals
/// so far only grow, with corrections of the ledger too: whoever merges reports takes the larger of two, so that one
/// that comes twice, late or out of order changes nothing (F6), and a long one goes in parts that need not meet.
package struct ResolutionReport: Hashable, Sendable {
    static let version: UInt8 = 1
    /// Bytes of a report's name.
    package static let nameByteCount = 16
    /// The longest prefix of a sender or a row: it must fit into a key of the receiver's store.
    package static let prefixByteCountMax = 128
    /// Bytes of the rows of one report, about: it has to fit into a message.
    static let rowsByteCountMax = 128 << 10
    /// What is signed begins with this.
    static let context = Array("hanjiang resolution report 1\0".utf8)

    /// The report's name: the same report has the same one, however often it is sent.
    package var name: [UInt8]
    /// When it was made, in seconds since 1970.
    package var madeUnixSeconds: Int64
    /// The day whose counts it has.
    package var day: CountDay
    /// SHA-256 of the `LedgerIdentity` whose key signs.
    package var identity: [UInt8]
    /// Number of the ledger's entry up to which it knows all entries.
    package var entry: UInt64
    /// Counts of the day, and totals so far.
    package var rows: [LedgerRow]

    package init(
        name: [UInt8],
        madeUnixSeconds: Int64,
        day: CountDay,
        identity: [UInt8],
        entry: UInt64,
        rows: [LedgerRow]
    ) {
        self.name = name
        self.madeUnixSeconds = madeUnixSeconds
        self.day = day
        self.identity = identity
        self.entry = entry
        self.rows = rows
    }

    /// The reports of one day, signed by `author`: as many as `rows` need to fit into messages each, at least one, as a
    /// day on which nobody asked is told as well.
    package static func signed(
        day: CountDay,
        entry: UInt64,
        rows: [LedgerRow],
        madeUnixSeconds: Int64,
        by author: LedgerAuthor
    ) throws(LedgerError) -> [SignedReport] {
        var (reports, part): ([SignedReport], [LedgerRow]) = ([], [])
        var byteCount = 0
        func end() throws(LedgerError) {
            let name = try name(author.digest, day, entry, part: UInt32(clamping: reports.count))
            let report = ResolutionReport(
                name: name,
                madeUnixSeconds: madeUnixSeconds,
                day: day,
                identity: author.digest,
                entry: entry,
                rows: part
            )
            reports.append(try SignedReport(report, by: author))
            (part, byteCount) = ([], 0)
        }
        for row in rows {
            part.append(row)
            byteCount += LedgerRow.byteCountMin + row.key.prefix.count
            if byteCount >= rowsByteCountMax { try end() }
        }
        if reports.isEmpty || !part.isEmpty { try end() }
        return reports
    }

    /// The same for the same content, whenever it is made.
    private static func name(
        _ identity: [UInt8],
        _ day: CountDay,
        _ entry: UInt64,
        part: UInt32
    ) throws(LedgerError) -> [UInt8] {
        var writer = WireWriter(capacity: 64)
        writer.bytes(identity)
        writer.int32(day.number)
        writer.uint64(entry)
        writer.uint32(part)
        return Array(try LedgerDigest.of([UInt8](writer.bytes)).prefix(nameByteCount))
    }
}

extension ResolutionReport: WireCodable {
    package static var byteCountMin: Int { 1 + nameByteCount + 8 + 4 + LedgerHead.digestByteCount + 8 + 4 }

    package init(from reader: inout WireReader) throws(WireError) {
        guard try reader.uint8() == Self.version else { throw .invalidField }
        self.init(
            name: try reader.bytes(byteCount: Self.nameByteCount),
            madeUnixSeconds: Int64(bitPattern: try reader.uint64()),
            day: CountDay(number: try reader.int32()),
            identity: try reader.bytes(byteCount: LedgerHead.digestByteCount),
            entry: try reader.uint64(),
            rows: try reader.array()
        )
        // One form for one content: what is signed is what is read.
        guard zip(rows, rows.dropFirst()).allSatisfy({ $0.key < $1.key }) else { throw .invalidField }
    }

    package func write(to writer: inout WireWriter) {
        writer.uint8(Self.version)
        writer.bytes(name)
        writer.uint64(UInt64(bitPattern: madeUnixSeconds))
        writer.int32(day.number)
        writer.bytes(identity)
        writer.uint64(entry)
        writer.array(rows)
    }

    /// What is signed.
    var signedBytes: [UInt8] { Self.context + wire }
}
