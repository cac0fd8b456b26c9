/// Writes CSV in the LONG shape, one row per value; a record without values takes one row with empty cells.
package final class CSVWriter: RecordWriter {
    private static let header: StaticString =
        "identifier,index,type,data,format,ttl,permissions,timestamp,references\n"

    private let sink: RowSink
    private let isSpreadsheetSafe: Bool
    private var indexScratch: [UInt32] = []
    private var cell: [UInt8] = []

    /// Writes the header to `sink`. `isSpreadsheetSafe` puts a `'` before texts that a spreadsheet would run as a formula.
    package init(_ sink: RowSink, isSpreadsheetSafe: Bool = false) {
        self.sink = sink
        self.isSpreadsheetSafe = isSpreadsheetSafe
        put(Self.header)
    }

    package func write(_ row: borrowing RecordRow) throws(RecordFileError) {
        try row.checkRepresentable(indexScratch: &indexScratch)
        let start = sink.bytes.count
        let fault = row.bytes.withUnsafeBufferPointer { append(row, $0) }
        let isTooLong = sink.bytes.count - start > RecordLimits.recordByteCountMax
        if let code = fault ?? (isTooLong ? .recordTooLong : nil) {
            sink.bytes.removeLast(sink.bytes.count - start)
            throw .unrepresentable(code)
        }
        try sink.flushIfFull()
    }

    package func finish() throws(RecordFileError) {
        try sink.flush()
    }

    private func append(_ row: borrowing RecordRow, _ bytes: UnsafeBufferPointer<UInt8>) -> RowErrorCode? {
        let identifier = UnsafeBufferPointer(rebasing: bytes[row.identifier])
        guard !CellText.isExponentNumber(identifier) else { return .identifierIsNumber }
        for value in row.values {
            append(text: identifier)
            put(",")
            guard append(value, of: row, bytes) else { return .fieldTooLong }
        }
        if row.values.isEmpty {
            append(text: identifier)
            put(",,,,,,,,\n")
        }
        return nil
    }

    /// False if a cell would be over the field limit.
    private func append(
        _ value: ValueRow,
        of row: borrowing RecordRow,
        _ bytes: UnsafeBufferPointer<UInt8>
    ) -> Bool {
        CellText.append(Int64(value.index), to: &sink.bytes)
        put(",")
        append(text: UnsafeBufferPointer(rebasing: bytes[value.type]))
        put(",")
        guard append(data: UnsafeBufferPointer(rebasing: bytes[value.data])) else { return false }
        if value.ttlIsAbsolute {
            TimeText.append(value.ttl, to: &sink.bytes)
        } else {
            CellText.append(Int64(value.ttl), to: &sink.bytes)
        }
        put(",")
        CellText.append(permissions: value.permissions, to: &sink.bytes)
        put(",")
        if let timestamp = value.timestamp, timestamp != 0 {
            TimeText.append(Int32(bitPattern: timestamp), to: &sink.bytes)
        }
        put(",")
        return append(references: row.references[value.references], bytes)
    }

    /// Writes the data and format cells.
    private func append(data: UnsafeBufferPointer<UInt8>) -> Bool {
        let start = sink.bytes.count
        let isPlain = TextCheck.isPlain(data)
        if isPlain {
            append(text: data)
        } else {
            Base64.append(data, to: &sink.bytes)
        }
        guard sink.bytes.count - start <= RecordLimits.fieldByteCountMax else { return false }
        put(isPlain ? ",string," : ",base64,")
        return true
    }

    private func append(references: ArraySlice<ReferenceRow>, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        if !references.isEmpty {
            cell.removeAll(keepingCapacity: true)
            JSONText.append(references: references, of: bytes, to: &cell)
            guard cell.count <= RecordLimits.fieldByteCountMax / 2 else { return false }
            cell.withUnsafeBufferPointer { CSVCell.appendQuoted($0, to: &sink.bytes) }
        }
        put("\n")
        return true
    }

    private func append(text: UnsafeBufferPointer<UInt8>) {
        CSVCell.append(text, to: &sink.bytes, isSpreadsheetSafe: isSpreadsheetSafe)
    }

    @inline(__always)
    private func put(_ text: StaticString) {
        sink.bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }
}
