/// Reads CSV in the WIDE shape (a row is a record) and the LONG shape (a row is a value).
///
/// A row that is not well-formed CSV costs its first line only: reading goes on with the line after it, so that a
/// forgotten quote never swallows the rows below.
package final class CSVReader: RecordReader {
    /// What the next row turned out to be.
    enum ScannedRow {
        case end
        case row(consumed: Int, lineCount: Int)
        case malformed(RowErrorCode)
    }

    package let format = RecordFormat.csv
    package let headerText: [UInt8]
    package internal(set) var rowCount = 0
    let source: RowSource
    let header: CSVHeader
    let identifierColumn: Int
    var scanner: CSVScanner
    /// Number of the line at the window's beginning.
    var line = 1
    /// What the record given last takes of the window: it is consumed by the next call.
    var currentByteCount = 0
    var currentLineCount = 0
    /// The beginning of a line too long for the window, which has been consumed already.
    var cutText: [UInt8] = []
    /// LONG: a row scanned to see that it belongs to the next record.
    var pending: ScannedRow?
    /// LONG: the identifier refused last, whose rows may go on.
    var rejectedIdentifier: [UInt8] = []
    var indexScratch: [UInt32] = []

    /// Reads the header of `source`, whose columns mean what `mapping` says.
    package init(_ source: RowSource, mapping: ColumnMapping? = nil) throws(RecordFileError) {
        self.source = source
        var scanner = CSVScanner()
        let found = try Self.readHeader(source, &scanner)
        self.scanner = scanner
        headerText = found.text
        line = found.lineCount + 1
        let header = try CSVHeader(cells: found.cells, mapping: mapping)
        self.header = header
        identifierColumn =
            header.columns.firstIndex { column in
                if case .identifier = column { true } else { false }
            } ?? 0
    }

    package var progress: (byteOffset: Int, byteCount: Int?) { (source.byteOffset, source.byteCount) }

    package func next(into row: inout RecordRow) throws(RecordFileError) -> ReadOutcome {
        advance()
        return header.shape == .wide ? try nextWide(into: &row) : try nextLong(into: &row)
    }

    package func withCurrentText(_ body: (_ text: RawSpan, _ isCut: Bool) -> Void) {
        if cutText.isEmpty {
            let text = UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: source.window[..<currentByteCount]))
            body(text.bytes, false)
        } else {
            let text = cutText
            body(text.span.bytes, true)
        }
    }

    /// Leaves the record given last behind.
    func advance() {
        source.consume(currentByteCount)
        line += currentLineCount
        currentByteCount = 0
        currentLineCount = 0
        if !cutText.isEmpty { cutText.removeAll() }
    }

    /// Scans the row at `offset` of the window, reading on as needed.
    func scanRow(at offset: Int) throws(RecordFileError) -> ScannedRow {
        while true {
            let text = UnsafeBufferPointer(rebasing: source.window[offset...])
            if text.isEmpty, source.isAtEnd { return .end }
            switch scanner.scan(text, isLast: source.isAtEnd) {
            case .row(let consumed, let lineCount):
                guard consumed <= RecordLimits.recordByteCountMax else { return .malformed(.recordTooLong) }
                return .row(consumed: consumed, lineCount: lineCount)
            case .malformed(let code): return .malformed(code)
            case .unfinished:
                guard text.count < RecordLimits.recordByteCountMax else { return .malformed(.recordTooLong) }
                _ = try source.fill()
            }
        }
    }

    /// Refuses the line at the window's beginning, which is no row.
    @inline(never)
    func rejectLine(_ code: RowErrorCode) throws(RecordFileError) -> ReadOutcome {
        rowCount += 1
        let error = rowError(CSVFault(code: code, column: scanner.fields.count), offset: 0, row: rowCount, line: line)
        if let found = try LineScan.line(in: source) {
            currentByteCount = found.consumed
        } else {
            cutText = Array(source.window.prefix(RecordLimits.cutTextByteCountMax))
            try LineScan.skipLine(of: source)
        }
        currentLineCount = 1
        return .rejected(Rejection(error: error, firstRow: rowCount, rowCount: 1))
    }

    /// Whether all cells of the row scanned last are empty, as in the last rows of a spreadsheet.
    var isBlank: Bool {
        for field in scanner.fields where field.end > field.start { return false }
        return true
    }

    /// Describes a fault for the user; the row scanned last begins at `offset`.
    @inline(never)
    func rowError(_ fault: CSVFault, offset: Int, row: Int, line: Int) -> RowError {
        let position = fault.column ?? -1
        let text = source.window
        var excerpt = ""
        if fault.column != nil, scanner.fields.indices.contains(position) {
            let field = scanner.fields[position]
            excerpt = Excerpt.of(UnsafeBufferPointer(rebasing: text[(offset + field.start)..<(offset + field.end)]))
        }
        return rowError(fault, offset: offset, row: row, line: line, excerpt: excerpt)
    }

    /// As above, with what is shown of the cell.
    func rowError(_ fault: CSVFault, offset: Int, row: Int, line: Int, excerpt: String) -> RowError {
        let position = fault.column ?? -1
        return RowError(
            code: fault.code,
            row: row,
            line: line,
            byteOffset: source.byteOffset + offset,
            column: header.names.indices.contains(position) ? header.names[position] : "",
            excerpt: excerpt
        )
    }
}
