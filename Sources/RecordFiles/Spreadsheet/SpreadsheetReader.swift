import Glibc

/// Reads a worksheet of an .xlsx file in the shapes of CSV. Cells are text; formulas, errors and dates are refused.
///
/// `line` of a record or an error is the row's number in the sheet. What `RecordRow.byteOffset` counts and
/// `withCurrentText` lends is the sheet as CSV, which is also what the rejects file holds.
package final class SpreadsheetReader: RecordReader {
    package let format = RecordFormat.spreadsheet
    private let sheet: SheetText
    private let rows: CSVReader

    /// Opens a file; `-`, standard input, is refused. `sheet` names the worksheet; without it the first that is shown
    /// is read.
    package convenience init(path: String, sheet: String? = nil, mapping: ColumnMapping? = nil) throws(RecordFileError)
    {
        guard path != "-" else { throw .spreadsheet(.isStream) }
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .cannotOpen(path: path, errno: errno) }
        defer { close(descriptor) }
        try self.init(descriptor: descriptor, sheet: sheet, mapping: mapping)
    }

    /// Reads an open file, which stays the caller's.
    package convenience init(
        descriptor: Int32,
        sheet: String? = nil,
        mapping: ColumnMapping? = nil
    ) throws(RecordFileError) {
        try self.init(ZipArchive(descriptor: descriptor), sheet: sheet, mapping: mapping)
    }

    /// Reads a file in memory.
    package convenience init(bytes: [UInt8], sheet: String? = nil) throws(RecordFileError) {
        try self.init(ZipArchive(bytes: bytes), sheet: sheet, mapping: nil)
    }

    private init(_ archive: ZipArchive, sheet: String?, mapping: ColumnMapping?) throws(RecordFileError) {
        self.sheet = try SheetText(archive, sheet: sheet)
        rows = try CSVReader(RowSource(producer: self.sheet), mapping: mapping)
    }

    package var headerText: [UInt8] { rows.headerText }

    /// Of the sheet's XML, expanded.
    package var progress: (byteOffset: Int, byteCount: Int?) { sheet.progress }

    package var rowCount: Int { rows.rowCount }

    package func next(into row: inout RecordRow) throws(RecordFileError) -> ReadOutcome {
        switch try rows.next(into: &row) {
        case .end: return .end
        case .record:
            defer { sheet.forget(through: rows.rowCount) }
            row.line = lineNumber(of: row.row)
            guard let error = cellError(firstRow: row.row, rowCount: row.rowCount) else { return .record }
            return .rejected(Rejection(error: error, firstRow: row.row, rowCount: row.rowCount))
        case .rejected(let rejection):
            defer { sheet.forget(through: rows.rowCount) }
            let error =
                cellError(firstRow: rejection.firstRow, rowCount: rejection.rowCount) ?? inSheet(rejection.error)
            return .rejected(Rejection(error: error, firstRow: rejection.firstRow, rowCount: rejection.rowCount))
        }
    }

    package func withCurrentText(_ body: (_ text: RawSpan, _ isCut: Bool) -> Void) {
        rows.withCurrentText(body)
    }

    private func lineNumber(of row: Int) -> Int {
        sheet.mark(of: row).map { Int($0.number) } ?? 0
    }

    /// The first cell of these rows that cannot be taken.
    private func cellError(firstRow: Int, rowCount: Int) -> RowError? {
        for row in firstRow..<firstRow + rowCount {
            guard let mark = sheet.mark(of: row), let fault = mark.fault else { continue }
            return rows.rowError(fault, offset: 0, row: row, line: Int(mark.number), excerpt: "")
        }
        return nil
    }

    private func inSheet(_ error: RowError) -> RowError {
        RowError(
            code: error.code,
            row: error.row,
            line: lineNumber(of: error.row),
            byteOffset: error.byteOffset,
            column: error.column,
            excerpt: error.excerpt
        )
    }
}
