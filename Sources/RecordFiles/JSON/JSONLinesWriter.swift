/// Writes JSON Lines with values in the form of data model §9.
package final class JSONLinesWriter: RecordWriter {
    private let sink: RowSink
    private var indexScratch: [UInt32] = []

    /// Writes to `sink`.
    package init(_ sink: RowSink) {
        self.sink = sink
    }

    package func write(_ row: borrowing RecordRow) throws(RecordFileError) {
        try row.checkRepresentable(indexScratch: &indexScratch)
        let start = sink.bytes.count
        let isWithinBounds = row.bytes.withUnsafeBufferPointer { append(row, $0) }
        guard isWithinBounds, sink.bytes.count - start <= RecordLimits.recordByteCountMax else {
            sink.bytes.removeLast(sink.bytes.count - start)
            throw .unrepresentable(isWithinBounds ? .recordTooLong : .fieldTooLong)
        }
        try sink.flushIfFull()
    }

    package func finish() throws(RecordFileError) {
        try sink.flush()
    }

    private func append(_ row: borrowing RecordRow, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        put("{\"identifier\":")
        JSONText.append(UnsafeBufferPointer(rebasing: bytes[row.identifier]), to: &sink.bytes)
        put(",\"values\":[")
        for position in row.values.indices {
            if position > 0 { put(",") }
            guard append(row.values[position], of: row, bytes) else { return false }
        }
        put("]}\n")
        return true
    }

    private func append(
        _ value: ValueRow,
        of row: borrowing RecordRow,
        _ bytes: UnsafeBufferPointer<UInt8>
    ) -> Bool {
        put("{\"index\":")
        CellText.append(Int64(value.index), to: &sink.bytes)
        put(",\"type\":")
        JSONText.append(UnsafeBufferPointer(rebasing: bytes[value.type]), to: &sink.bytes)
        guard append(data: UnsafeBufferPointer(rebasing: bytes[value.data])) else { return false }
        if value.permissions != ValueRow.permissionsDefault {
            put(",\"permissions\":\"")
            CellText.append(permissions: value.permissions, to: &sink.bytes)
            put("\"")
        }
        put(",\"ttl\":")
        if value.ttlIsAbsolute {
            append(time: value.ttl)
        } else {
            CellText.append(Int64(value.ttl), to: &sink.bytes)
        }
        if let timestamp = value.timestamp, timestamp != 0 {
            put(",\"timestamp\":")
            append(time: Int32(bitPattern: timestamp))
        }
        if !value.references.isEmpty {
            put(",\"references\":")
            JSONText.append(references: row.references[value.references], of: bytes, to: &sink.bytes)
        }
        put("}")
        return true
    }

    /// False if the data would be over the field limit.
    private func append(data: UnsafeBufferPointer<UInt8>) -> Bool {
        let isPlain = TextCheck.isPlain(data)
        guard (isPlain ? data.count : (data.count + 2) / 3 * 4) <= RecordLimits.fieldByteCountMax else { return false }
        if isPlain {
            put(",\"data\":{\"format\":\"string\",\"value\":")
            JSONText.append(data, to: &sink.bytes)
        } else {
            put(",\"data\":{\"format\":\"base64\",\"value\":\"")
            Base64.append(data, to: &sink.bytes)
            put("\"")
        }
        put("}")
        return true
    }

    private func append(time: Int32) {
        put("\"")
        TimeText.append(time, to: &sink.bytes)
        put("\"")
    }

    @inline(__always)
    private func put(_ text: StaticString) {
        sink.bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }
}
