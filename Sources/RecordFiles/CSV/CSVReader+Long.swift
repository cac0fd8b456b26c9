extension CSVReader {
    /// The next record of a file in which each row is one value: all adjacent rows with the same identifier.
    func nextLong(into row: inout RecordRow) throws(RecordFileError) -> ReadOutcome {
        row.reset()
        var group = LongGroup()
        while true {
            let scanned: ScannedRow
            if let pending {
                scanned = pending
                self.pending = nil
            } else {
                scanned = try scanRow(at: group.byteCount)
            }
            switch scanned {
            case .end: return group.rowCount == 0 ? .end : finish(group, &row)
            case .malformed(let code):
                if try join(malformed: code, to: &group, &row) { continue }
                return group.rowCount == 0 ? try rejectLine(code) : finish(group, &row)
            case .row(let consumed, let lineCount):
                if isBlank {
                    skipBlank(consumed, lineCount, &group)
                    continue
                }
                guard belongs(to: group, row) else {
                    pending = scanned
                    return finish(group, &row)
                }
                guard group.byteCount + consumed <= RecordLimits.recordByteCountMax else {
                    fail(&group, CSVFault(code: .recordTooLong))
                    return finish(group, &row)
                }
                add(consumed, lineCount, to: &group, &row)
            }
        }
    }

    private func skipBlank(_ consumed: Int, _ lineCount: Int, _ group: inout LongGroup) {
        if group.rowCount == 0 {
            currentByteCount = consumed
            currentLineCount = lineCount
            advance()
        } else {
            group.byteCount += consumed
            group.lineCount += lineCount
        }
    }

    /// Whether the row scanned last has the group's identifier; any row belongs to an empty group.
    private func belongs(to group: LongGroup, _ row: borrowing RecordRow) -> Bool {
        guard group.rowCount > 0 else { return true }
        guard scanner.fields.count > identifierColumn else { return false }
        let field = scanner.fields[identifierColumn]
        let text = UnsafeBufferPointer(rebasing: source.window[group.byteCount...])
        if field.hasDoubledQuotes {
            var contents: [UInt8] = []
            CSVCell.append(field, of: text, to: &contents)
            return contents.elementsEqual(row.bytes[row.identifier])
        }
        guard field.end - field.start == row.identifier.count else { return false }
        return row.bytes[row.identifier].elementsEqual(text[field.start..<field.end])
    }

    /// Takes the row scanned last into the group.
    private func add(_ consumed: Int, _ lineCount: Int, to group: inout LongGroup, _ row: inout RecordRow) {
        let text = UnsafeBufferPointer(rebasing: source.window[group.byteCount..<group.byteCount + consumed])
        let isFirst = group.rowCount == 0
        group.rowCount += 1
        do throws(CSVFault) {
            try checkText(text)
            if isFirst { try setIdentifier(of: &row, scanner.fields[identifierColumn], text) }
            try addValue(to: &row, text)
        } catch {
            if isFirst, row.identifier.isEmpty { takeIdentifier(of: &row, text) }
            fail(&group, error)
        }
        group.byteCount += consumed
        group.lineCount += lineCount
    }

    /// Takes a line that is not CSV into the group, if its identifier can be read and is the group's.
    private func join(
        malformed code: RowErrorCode,
        to group: inout LongGroup,
        _ row: inout RecordRow
    ) throws(RecordFileError) -> Bool {
        guard scanner.fields.count > identifierColumn, belongs(to: group, row) else { return false }
        guard let found = try LineScan.line(in: source, at: group.byteCount) else {
            // The line is too long to be kept; what came before it is half a record.
            if group.rowCount > 0 { fail(&group, CSVFault(code: .partOfRejectedRecord)) }
            let text = UnsafeBufferPointer(rebasing: source.window[group.byteCount...])
            takeIdentifier(of: &row, text)
            rejectedIdentifier = row.copy(row.identifier)
            return false
        }
        // An identifier that goes on in the next line is not to be trusted: the line stands alone.
        guard scanner.fields[identifierColumn].end <= found.byteCount else { return false }
        let text = UnsafeBufferPointer(rebasing: source.window[group.byteCount..<group.byteCount + found.byteCount])
        if group.rowCount == 0 { takeIdentifier(of: &row, text) }
        group.rowCount += 1
        fail(&group, CSVFault(code: code, column: scanner.fields.count))
        group.byteCount += found.consumed
        group.lineCount += 1
        return true
    }

    /// Keeps the identifier of a row at fault, so that the record's other rows are recognised.
    private func takeIdentifier(of row: inout RecordRow, _ text: UnsafeBufferPointer<UInt8>) {
        guard scanner.fields.count > identifierColumn else { return }
        row.identifier = CSVCell.append(scanner.fields[identifierColumn], of: text, to: &row.bytes)
    }

    private func fail(_ group: inout LongGroup, _ fault: CSVFault) {
        guard group.failure == nil else { return }
        group.failure = rowError(
            fault,
            offset: group.byteCount,
            row: rowCount + max(group.rowCount, 1),
            line: line + group.lineCount
        )
    }

    /// Gives the group to the caller, as a record or a rejection.
    private func finish(_ group: LongGroup, _ row: inout RecordRow) -> ReadOutcome {
        let firstRow = rowCount + 1
        rowCount += group.rowCount
        currentByteCount = group.byteCount
        currentLineCount = group.lineCount
        if let failure = group.failure ?? failureOfWhole(row, firstRow) {
            rejectedIdentifier = row.copy(row.identifier)
            return .rejected(Rejection(error: failure, firstRow: firstRow, rowCount: group.rowCount))
        }
        row.row = firstRow
        row.rowCount = group.rowCount
        row.line = line
        row.byteOffset = source.byteOffset
        row.byteCount = group.byteCount
        if !rejectedIdentifier.isEmpty { rejectedIdentifier.removeAll() }
        return .record
    }

    /// What can be wrong with a record whose rows are all right.
    private func failureOfWhole(_ row: borrowing RecordRow, _ firstRow: Int) -> RowError? {
        let code: RowErrorCode
        if row.hasDuplicateIndex(scratch: &indexScratch) {
            code = .duplicateIndex
        } else if !rejectedIdentifier.isEmpty, row.bytes[row.identifier].elementsEqual(rejectedIdentifier) {
            code = .partOfRejectedRecord
        } else {
            return nil
        }
        return RowError(
            code: code,
            row: firstRow,
            line: line,
            byteOffset: source.byteOffset,
            column: code == .duplicateIndex ? "index" : "",
            excerpt: ""
        )
    }
}
