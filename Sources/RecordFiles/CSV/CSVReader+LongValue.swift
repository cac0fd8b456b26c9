extension CSVReader {
    /// Adds the value of the row scanned last; a row whose index, type and data are all empty has none.
    func addValue(to row: inout RecordRow, _ text: UnsafeBufferPointer<UInt8>) throws(CSVFault) {
        var value = ValueRow(index: 0)
        var cells = LongCells()
        for position in 0..<header.columns.count {
            let field = scanner.fields[position]
            let cell = UnsafeBufferPointer(rebasing: text[field.start..<field.end])
            try read(header.columns[position], at: position, cell, &value, &cells)
        }
        guard let index = cells.index, let type = cells.type, let data = cells.data else { return }
        if isEmpty(index), isEmpty(type), isEmpty(data) { return }
        guard value.index > 0 else { throw CSVFault(code: .badIndex, column: index) }
        guard !isEmpty(type) else { throw CSVFault(code: .missingType, column: type) }
        value.type = CSVCell.append(scanner.fields[type], of: text, to: &row.bytes)
        value.data = CSVCell.append(scanner.fields[data], of: text, to: &row.bytes)
        do throws(RowErrorCode) {
            try cells.format.decodeTail(of: &row.bytes, from: value.data.lowerBound)
        } catch {
            throw CSVFault(code: error, column: data)
        }
        value.data = value.data.lowerBound..<row.bytes.count
        value.references = try references(in: cells.references, of: &row, text)
        row.values.append(value)
    }

    private func isEmpty(_ position: Int) -> Bool {
        scanner.fields[position].start == scanner.fields[position].end
    }

    /// Reads one cell; cells that depend on others are only noted.
    @inline(__always)
    private func read(
        _ column: CSVColumn,
        at position: Int,
        _ cell: UnsafeBufferPointer<UInt8>,
        _ value: inout ValueRow,
        _ cells: inout LongCells
    ) throws(CSVFault) {
        switch column {
        case .type: cells.type = position
        case .data: cells.data = position
        case .references: if !cell.isEmpty { cells.references = position }
        case .index:
            cells.index = position
            guard !cell.isEmpty else { return }
            guard let index = CellText.index(cell) else { throw CSVFault(code: .badIndex, column: position) }
            value.index = index
        case .format:
            guard !cell.isEmpty else { return }
            guard let format = DataFormat(cell) else { throw CSVFault(code: .badFormat, column: position) }
            cells.format = format
        case .ttl:
            guard cell.isEmpty || CellText.setTTL(cell, of: &value) else {
                throw CSVFault(code: .badTTL, column: position)
            }
        case .permissions:
            guard !cell.isEmpty else { return }
            guard let mask = CellText.permissions(cell) else { throw CSVFault(code: .badPermissions, column: position) }
            value.permissions = mask
        case .timestamp:
            guard !cell.isEmpty else { return }
            guard let time = TimeText.seconds(cell) else { throw CSVFault(code: .badTimestamp, column: position) }
            value.timestamp = time == 0 ? nil : UInt32(bitPattern: time)
        case .identifier, .value, .ignored: return
        }
    }

    /// The references cell holds the same list as in JSON.
    private func references(
        in position: Int?,
        of row: inout RecordRow,
        _ text: UnsafeBufferPointer<UInt8>
    ) throws(CSVFault) -> Range<Int> {
        guard let position else { return row.references.count..<row.references.count }
        var cell: [UInt8] = []
        CSVCell.append(scanner.fields[position], of: text, to: &cell)
        let list: Range<Int>? = cell.withUnsafeBufferPointer { bytes in
            var cursor = JSONCursor(bytes)
            guard let list = try? cursor.references(into: &row), cursor.isAtEnd else { return nil }
            return list
        }
        guard let list else { throw CSVFault(code: .badReferences, column: position) }
        return list
    }
}
