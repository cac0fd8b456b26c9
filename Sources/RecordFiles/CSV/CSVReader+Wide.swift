extension CSVReader {
    /// The next record of a file in which each row is one.
    func nextWide(into row: inout RecordRow) throws(RecordFileError) -> ReadOutcome {
        while true {
            switch try scanRow(at: 0) {
            case .end: return .end
            case .malformed(let code): return try rejectLine(code)
            case .row(let consumed, let lineCount):
                currentByteCount = consumed
                currentLineCount = lineCount
                if isBlank {
                    advance()
                    continue
                }
                rowCount += 1
                return take(&row)
            }
        }
    }

    private func take(_ row: inout RecordRow) -> ReadOutcome {
        let text = UnsafeBufferPointer(rebasing: source.window[..<currentByteCount])
        do throws(CSVFault) {
            try fill(&row, from: text)
        } catch {
            let described = rowError(error, offset: 0, row: rowCount, line: line)
            return .rejected(Rejection(error: described, firstRow: rowCount, rowCount: 1))
        }
        row.row = rowCount
        row.rowCount = 1
        row.line = line
        row.byteOffset = source.byteOffset
        row.byteCount = currentByteCount
        return .record
    }

    private func fill(_ row: inout RecordRow, from text: UnsafeBufferPointer<UInt8>) throws(CSVFault) {
        try checkText(text)
        row.reset()
        // The types come first, where the header's values expect them.
        row.bytes.append(contentsOf: header.typeBytes)
        for position in 0..<header.columns.count {
            let field = scanner.fields[position]
            switch header.columns[position] {
            case .identifier: try setIdentifier(of: &row, field, text)
            case .value(var value):
                if field.start == field.end { continue }
                value.data = CSVCell.append(field, of: text, to: &row.bytes)
                row.values.append(value)
            default: continue
            }
        }
        guard !row.values.isEmpty else { throw CSVFault(code: .noValues, column: identifierColumn) }
    }

    /// Checks what holds for a row of either shape: the number of cells, UTF-8, no NUL.
    @inline(__always)
    func checkText(_ text: UnsafeBufferPointer<UInt8>) throws(CSVFault) {
        guard scanner.fields.count == header.columns.count else { throw CSVFault(code: .wrongColumnCount) }
        guard let position = TextCheck.firstFault(text) else { return }
        let column = scanner.fields.firstIndex { $0.start <= position && position < $0.end }
        throw CSVFault(code: text[position] == 0 ? .nulByte : .notUTF8, column: column)
    }

    /// Reads the identifier's cell.
    @inline(__always)
    func setIdentifier(
        of row: inout RecordRow,
        _ field: CSVField,
        _ text: UnsafeBufferPointer<UInt8>
    ) throws(CSVFault) {
        row.identifier = CSVCell.append(field, of: text, to: &row.bytes)
        guard !row.identifier.isEmpty else { throw CSVFault(code: .missingIdentifier, column: identifierColumn) }
        guard row.identifier.count <= RecordLimits.identifierByteCountMax else {
            throw CSVFault(code: .identifierTooLong, column: identifierColumn)
        }
        if CellText.isExponentNumber(UnsafeBufferPointer(rebasing: text[field.start..<field.end])) {
            throw CSVFault(code: .identifierIsNumber, column: identifierColumn)
        }
    }
}
