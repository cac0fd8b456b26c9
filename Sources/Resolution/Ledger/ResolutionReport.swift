package import ResolutionProtocol

/// What a node reports to the level above for a day: cumulative totals per prefix and origin class, signed. Sending it
/// is somebody else's business.
///
///     version u8 | report 16 | made i64 | day i32 | identity 32 | entry u64 | rows u32 | rows … | signature
///
/// A row is `length u8 | prefix | class u8 | received so far u64 | found so far u64`; rows ascend by prefix and class.
/// Totals are those of all days up to `day`, this one included: whoever merges reports takes the larger of two, so that
/// one that comes twice, late or out of order changes nothing (F6).
package struct ResolutionReport: Hashable, Sendable {
    /// Counts of a prefix and class up to the report's day.
    package struct Row: Hashable, Sendable {
        package var key: LedgerRow.Key
        package var received: UInt64
        package var found: UInt64

        package init(_ key: LedgerRow.Key, received: UInt64, found: UInt64) {
            self.key = key
            self.received = received
            self.found = found
        }
    }

    static let version: UInt8 = 1
    /// Bytes of a report's name.
    package static let nameByteCount = 16
    /// What is signed begins with this.
    static let context = Array("hanjiang resolution report 1\0".utf8)

    /// The report's name: the same report has the same one, however often it is sent.
    package var name: [UInt8]
    /// When it was made, in seconds since 1970.
    package var madeUnixSeconds: Int64
    package var day: CountDay
    /// SHA-256 of the `LedgerIdentity` whose key signs.
    package var identity: [UInt8]
    /// Number of the ledger's entry that the totals are those of.
    package var entry: UInt64
    package var rows: [Row]

    package init(name: [UInt8], madeUnixSeconds: Int64, day: CountDay, identity: [UInt8], entry: UInt64, rows: [Row]) {
        self.name = name
        self.madeUnixSeconds = madeUnixSeconds
        self.day = day
        self.identity = identity
        self.entry = entry
        self.rows = rows
    }
}

extension ResolutionReport.Row: WireCodable {
    package static var byteCountMin: Int { 18 }

    package init(from reader: inout WireReader) throws(WireError) {
        let prefix = try reader.bytes(byteCount: Int(try reader.uint8()))
        guard let origin = OriginClass(rawValue: try reader.uint8()) else { throw .invalidField }
        self.init(
            LedgerRow.Key(prefix: prefix, origin: origin),
            received: try reader.uint64(),
            found: try reader.uint64()
        )
    }

    package func write(to writer: inout WireWriter) {
        writer.uint8(UInt8(truncatingIfNeeded: key.prefix.count))
        writer.bytes(key.prefix)
        writer.uint8(key.origin.rawValue)
        writer.uint64(received)
        writer.uint64(found)
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
