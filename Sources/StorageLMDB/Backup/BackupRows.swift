internal import ResolutionProtocol

/// The rows of a block, one after the other (`BackupBlock`).
struct BackupRows: ~Escapable {
    /// What a row is to do, lent.
    enum Row: ~Escapable {
        case put(table: String, key: RawSpan, value: RawSpan)
        case remove(table: String, key: RawSpan)
        case gap(table: String, first: UInt64, last: UInt64)
    }

    private var reader: WireReader
    private var table = ""

    @_lifetime(copy block)
    init(_ block: RawSpan) { reader = WireReader(block) }

    /// Calls `body` with each row.
    static func forEach<Failure: Error>(
        of block: RawSpan,
        unreadable: Failure,
        _ body: (borrowing Row) throws(Failure) -> Void
    ) throws(Failure) {
        var rows = BackupRows(block)
        while rows.reader.remaining > 0 {
            let row: Row?
            do throws(WireError) { row = try rows.next() } catch { throw unreadable }
            if let row { try body(row) }
        }
    }

    /// The next row; nil: it was the name of a table.
    @_lifetime(copy self)
    private mutating func next() throws(WireError) -> Row? {
        guard let operation = BackupBlock.Operation(rawValue: try reader.uint8()) else { throw .invalidField }
        switch operation {
        case .table:
            let byteCount = Int(try reader.uint8())
            table = String(decoding: try reader.bytes(byteCount: byteCount), as: UTF8.self)
            return nil
        case .put:
            let key = try reader.span(byteCount: Int(try reader.uint16()))
            let value = try reader.span(byteCount: Int(try reader.uint32()))
            return .put(table: table, key: key, value: value)
        case .remove: return .remove(table: table, key: try reader.span(byteCount: Int(try reader.uint16())))
        case .gap: return .gap(table: table, first: try reader.uint64(), last: try reader.uint64())
        }
    }
}
