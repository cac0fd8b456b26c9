internal import Resolution
internal import ResolutionProtocol

/// The table of prefixes: folded prefix → row.
enum PrefixTable {
    /// The longest prefix that is taken, in bytes.
    static let byteCountMax = 255

    /// `prefix` in upper case and without `0.NA/`; nil: it is none.
    static func folded(_ prefix: [UInt8]) -> [UInt8]? {
        var folded = ASCIIFolding.uppercased(prefix)
        if folded.starts(with: IdentifierGrammar.prefixRecordHead) {
            folded.removeFirst(IdentifierGrammar.prefixRecordHead.count)
        }
        guard folded.count <= byteCountMax, !folded.contains(UInt8(ascii: "/")) else { return nil }
        guard (try? Identifier(folded)) != nil else { return nil }
        let segments = folded.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return segments.contains { $0.isEmpty } ? nil : folded
    }

    /// Writes `row`.
    static func put(
        _ row: PrefixRow,
        _ transaction: Transaction,
        _ writer: inout WireWriter
    ) throws(LMDBError) {
        try transaction.putSealed(transaction.tables.prefixes, row.prefix, in: &writer) { row.write(to: &$0) }
    }

    /// The row of `folded`, if there is one.
    static func row(_ folded: [UInt8], _ transaction: Transaction) throws(LMDBError) -> PrefixRow? {
        guard let content = try transaction.content(transaction.tables.prefixes, folded) else { return nil }
        return try read(content)
    }

    /// All rows, in the order of their prefixes.
    static func rows(_ transaction: Transaction) throws(LMDBError) -> [PrefixRow] {
        let cursor = try Cursor(transaction, transaction.tables.prefixes)
        var rows: [PrefixRow] = []
        while let entry = try cursor.next() {
            guard let content = Sealed.open(entry.value, key: entry.key) else { throw .damaged }
            rows.append(try read(content))
        }
        return rows
    }

    private static func read(_ content: UnsafeRawBufferPointer) throws(LMDBError) -> PrefixRow {
        var reader = WireReader(content.bytes)
        do { return try PrefixRow(from: &reader) } catch { throw .damaged }
    }
}
