package import ResolutionProtocol

/// How a file with a ledger begins: magic, and the number of its first entry. Behind it stand the identities that its
/// entries name, then the entries, then `LedgerFileEnd`.
///
///     "hanjiang-ledger" | version u8 | first u64
package struct LedgerFileHead: Hashable, Sendable {
    private static let magic = Array("hanjiang-ledger".utf8)

    /// Number of the first entry in the file.
    package var first: UInt64

    package init(first: UInt64) { self.first = first }
}

extension LedgerFileHead: WireCodable {
    package static var byteCountMin: Int { magic.count + 9 }

    package init(from reader: inout WireReader) throws(WireError) {
        guard try reader.bytes(byteCount: Self.magic.count) == Self.magic, try reader.uint8() == LedgerHead.version
        else { throw .invalidField }
        first = try reader.uint64()
    }

    package func write(to writer: inout WireWriter) {
        writer.bytes(Self.magic)
        writer.uint8(LedgerHead.version)
        writer.uint64(first)
    }
}

/// How such a file ends, so that one that was cut off is known: how many entries it has.
///
///     entries u64
package struct LedgerFileEnd: Hashable, Sendable {
    /// Entries in the file.
    package var entryCount: UInt64

    package init(entryCount: UInt64) { self.entryCount = entryCount }
}

extension LedgerFileEnd: WireCodable {
    package static var byteCountMin: Int { 8 }

    package init(from reader: inout WireReader) throws(WireError) { entryCount = try reader.uint64() }

    package func write(to writer: inout WireWriter) { writer.uint64(entryCount) }
}
