/// Turns a worksheet into the text of a CSV file, row by row as it is asked for, and keeps what CSV cannot say: the
/// rows' numbers in the sheet, and cells that are no text.
///
/// All else (header, shapes, limits, rejects) is then the CSV reader's. Rows without text are left out, as that reader
/// does not count them.
final class SheetText: XMLHandler, RowProducer {
    /// Text made ahead of its being asked for; a row more may come on top.
    private static let aheadByteCountMax = 1 << 18
    /// What stands for a cell that is no text and shows none.
    private static let placeholder = Array("?".utf8)

    private let texts: SharedTexts
    private let formats: CellFormats
    private var part: XMLPart?
    private var output: [UInt8] = []
    private var outputPosition = 0
    private var producedByteCount = 0
    private var cellCount = 0

    private var isInSheet = false
    private var rowNumber = 0
    private var rowStart: Int?
    /// Cells of the row that have been written, and the column after the one read last.
    private var writtenCount = 0
    private var nextColumn = 0
    private var hasText = false
    private var fault: CSVFault?
    private var cell: SheetCell?
    private var cellText: [UInt8] = []
    private var isInValue = false
    private var isInline = false
    private var richText = RichText()

    /// How many columns the header has; `nil` before it has been read.
    private var width: Int?
    private var identifierColumn: Int?
    private var marks: [SheetRowMark] = []
    /// Number of the data row that `marks` begins with.
    private var firstMark = 1

    init(_ archive: ZipArchive, sheet: String?) throws(RecordFileError) {
        let workbook = try Workbook(archive, sheet: sheet)
        texts = try SharedTexts(try Self.entry(workbook.textsPath, archive))
        formats = try CellFormats(try Self.entry(workbook.formatsPath, archive))
        guard let entry = try archive.entry(workbook.sheetPath) else { throw .spreadsheet(.damaged) }
        part = try XMLPart(entry, self)
    }

    private static func entry(_ path: String?, _ archive: ZipArchive) throws(RecordFileError) -> ZipEntry? {
        guard let path else { return nil }
        return try archive.entry(path)
    }

    /// Bytes of the sheet's XML that have been read, and all of them.
    var progress: (byteOffset: Int, byteCount: Int?) { part?.progress ?? (0, nil) }

    /// The mark of a data row that has been produced and not been forgotten.
    func mark(of row: Int) -> SheetRowMark? {
        marks.indices.contains(row - firstMark) ? marks[row - firstMark] : nil
    }

    /// Forgets the marks of the rows up to this one.
    func forget(through row: Int) {
        let count = min(max(row + 1 - firstMark, 0), marks.count)
        // In larger steps, so that each mark is moved a few times at most.
        guard count == marks.count || count >= 4_096 else { return }
        marks.removeFirst(count)
        firstMark += count
    }

    func produce(into room: UnsafeMutableRawBufferPointer) throws(RecordFileError) -> Int {
        if outputPosition == output.count {
            output.removeAll(keepingCapacity: true)
            outputPosition = 0
            while output.isEmpty, let part, try part.advance() {}
        }
        let count = min(room.count, output.count - outputPosition)
        output.withUnsafeBytes {
            room.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[outputPosition..<outputPosition + count]))
        }
        outputPosition += count
        return count
    }

    // MARK: elements

    func begin(_ name: UnsafeBufferPointer<UInt8>, _ attributes: XMLAttributes) throws(RecordFileError) {
        guard isInSheet else {
            isInSheet = name.equals("sheetData")
            return
        }
        if name.equals("c") {
            guard rowStart != nil, cell == nil, let begun = SheetCell(attributes, next: nextColumn) else {
                throw .spreadsheet(.damaged)
            }
            cell = begun
            nextColumn = begun.column + 1
            cellText.removeAll(keepingCapacity: true)
        } else if name.equals("row") {
            try beginRow(attributes["r"])
        } else if name.equals("v") {
            isInValue = cell != nil
        } else if name.equals("f") {
            cell?.hasFormula = true
        } else if name.equals("is") {
            isInline = cell != nil
            richText = RichText()
        } else if isInline {
            richText.begin(name)
        }
    }

    func end(_ name: UnsafeBufferPointer<UInt8>) throws(RecordFileError) {
        if name.equals("c") {
            try endCell()
        } else if name.equals("row") {
            try endRow()
        } else if name.equals("v") {
            isInValue = false
        } else if name.equals("is") {
            isInline = false
        } else if isInline {
            richText.end(name)
        } else if name.equals("sheetData") {
            isInSheet = false
        }
    }

    func text(_ piece: UnsafeBufferPointer<UInt8>) throws(RecordFileError) {
        guard isInValue || (isInline && richText.isText) else { return }
        let room = RecordLimits.fieldByteCountMax + 1 - cellText.count
        if piece.count > room { cell?.isTooLong = true }
        cellText.append(contentsOf: piece.prefix(max(room, 0)))
    }

    // MARK: rows

    private func beginRow(_ number: UnsafeBufferPointer<UInt8>?) throws(RecordFileError) {
        let next = number.map { CellText.index($0).map { Int($0) } } ?? rowNumber + 1
        guard rowStart == nil, let next, next > rowNumber, next < Int32.max else { throw .spreadsheet(.damaged) }
        rowNumber = next
        rowStart = output.count
        writtenCount = 0
        nextColumn = 0
        hasText = false
        fault = nil
    }

    private func endRow() throws(RecordFileError) {
        guard let start = rowStart, cell == nil else { throw .spreadsheet(.damaged) }
        rowStart = nil
        if !hasText, fault != nil {
            // All there is in the row lies where no column may be: it is refused, not passed over.
            output += Self.placeholder
            writtenCount = 1
            hasText = true
        }
        guard hasText else { return output.removeLast(output.count - start) }
        if let width {
            pad(to: width)
            marks.append(SheetRowMark(number: Int32(truncatingIfNeeded: rowNumber), fault: fault))
        } else {
            if let fault { throw .badHeader(fault.code) }
            width = writtenCount
        }
        output.append(0x0A)
        producedByteCount += output.count - start
        guard producedByteCount <= SpreadsheetLimits.expandedByteCountMax else { throw .spreadsheet(.tooLarge) }
        if output.count >= Self.aheadByteCountMax { part?.suspend() }
    }

    /// Writes empty cells until the row has `count`.
    private func pad(to count: Int) {
        while writtenCount < count {
            if writtenCount > 0 { output.append(UInt8(ascii: ",")) }
            writtenCount += 1
        }
    }

    // MARK: cells

    private func endCell() throws(RecordFileError) {
        guard let cell else { throw .spreadsheet(.damaged) }
        self.cell = nil
        isInValue = false
        isInline = false
        if cell.hasFormula {
            fail(.formulaCell, cell)
        } else if cell.isTooLong {
            fail(.fieldTooLong, cell)
        }
        switch cell.kind {
        case .sharedText: return try writeShared(cell)
        case .error: fail(.errorCell, cell)
        case .date: fail(.dateCell, cell)
        case .boolean:
            let isTrue = cellText.elementsEqual("1".utf8)
            if !cellText.isEmpty { cellText = Array((isTrue ? "TRUE" : "FALSE").utf8) }
        case .number:
            guard !cellText.isEmpty else { break }
            if formats.isDate(cell.format) { fail(.dateCell, cell) }
            let isLossy = cell.column == identifierColumn && cellText.withUnsafeBufferPointer(SheetCell.hasLostDigits)
            if isLossy { fail(.identifierIsNumber, cell) }
        case .text: RichText.decodeTail(of: &cellText, from: 0)
        }
        let text = cellText.isEmpty && fault?.column == cell.column ? Self.placeholder : cellText
        try text.withUnsafeBufferPointer { bytes throws(RecordFileError) in try write(bytes, of: cell) }
    }

    private func writeShared(_ cell: SheetCell) throws(RecordFileError) {
        guard !cellText.isEmpty else { return }
        guard let number = cellText.withUnsafeBufferPointer(CellText.integer).flatMap({ Int(exactly: $0) }) else {
            throw .spreadsheet(.damaged)
        }
        var failure: RecordFileError?
        let found: Void? = texts.withText(number) { text in
            do throws(RecordFileError) { try write(text, of: cell) } catch { failure = error }
        }
        if let failure { throw failure }
        guard found != nil else { throw .spreadsheet(.damaged) }
    }

    private func fail(_ code: RowErrorCode, _ cell: SheetCell) {
        if fault == nil { fault = CSVFault(code: code, column: cell.column) }
    }

    private func write(_ text: UnsafeBufferPointer<UInt8>, of cell: SheetCell) throws(RecordFileError) {
        guard !text.isEmpty, let rowStart else { return }
        cellCount += 1
        guard cellCount <= SpreadsheetLimits.cellCountMax else { throw .spreadsheet(.tooLarge) }
        guard cell.column < RecordLimits.columnCountMax else {
            if width == nil { throw .badHeader(.wrongColumnCount) }
            return fail(.wrongColumnCount, cell)
        }
        if width == nil, CSVHeader.isIdentifier(text) { identifierColumn = cell.column }
        // Quotes are doubled, and count as they stand in the text.
        let byteCount = text.count + text.count { $0 == UInt8(ascii: "\"") } + 2
        guard output.count - rowStart + byteCount <= RecordLimits.recordByteCountMax - RecordLimits.columnCountMax
        else {
            return fail(.recordTooLong, cell)
        }
        // Cells beyond the header's are written side by side: their number is wrong, wherever they stand.
        pad(to: min(cell.column, max(writtenCount, width ?? cell.column)))
        if writtenCount > 0 { output.append(UInt8(ascii: ",")) }
        writtenCount += 1
        hasText = true
        if byteCount > RecordLimits.fieldByteCountMax {
            fail(.fieldTooLong, cell)
            append(Self.cut(text))
        } else {
            append(text)
        }
    }

    private func append(_ text: UnsafeBufferPointer<UInt8>) {
        CSVCell.append(text, to: &output, isSpreadsheetSafe: false)
    }

    /// The beginning of a text that is too long, cut between characters.
    private static func cut(_ text: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        var count = min(text.count, RecordLimits.cutTextByteCountMax)
        while count > 0, count < text.count, text[count] & 0xC0 == 0x80 { count -= 1 }
        return UnsafeBufferPointer(rebasing: text[..<count])
    }
}
