/// Writes the text format of Handle.Net's batch tool: a `CREATE` block for each record.
///
/// Time stamps have no place in it and are left out. Data that a line of text cannot hold goes as `BASE64`, which is
/// ours.
package final class BatchTextWriter: RecordWriter {
    private let sink: RowSink
    private var indexScratch: [UInt32] = []
    private var text: [UInt8] = []

    /// Writes to `sink`.
    package init(_ sink: RowSink) { self.sink = sink }

    package func write(_ row: borrowing RecordRow) throws(RecordFileError) {
        try row.checkRepresentable(indexScratch: &indexScratch)
        let start = sink.bytes.count
        do throws(RowErrorCode) {
            try append(row)
            // Without the blank line, as the reader counts.
            guard sink.bytes.count - start - 1 <= RecordLimits.recordByteCountMax else { throw .recordTooLong }
        } catch {
            sink.bytes.removeLast(sink.bytes.count - start)
            throw .unrepresentable(error)
        }
        try sink.flushIfFull()
    }

    package func finish() throws(RecordFileError) {
        try sink.flush()
    }

    private func append(_ row: borrowing RecordRow) throws(RowErrorCode) {
        guard !row.values.isEmpty else { throw .noValues }
        put("CREATE ")
        try row.bytes.withUnsafeBufferPointer { bytes throws(RowErrorCode) in
            let identifier = UnsafeBufferPointer(rebasing: bytes[row.identifier])
            guard BatchText.isRestOfLine(identifier) else { throw .blankNotHeld }
            sink.bytes.append(contentsOf: identifier)
            put("\n")
            for value in row.values { try append(value, bytes) }
        }
        put("\n")
    }

    private func append(_ value: ValueRow, _ bytes: UnsafeBufferPointer<UInt8>) throws(RowErrorCode) {
        guard value.references.isEmpty else { throw .referencesNotHeld }
        guard value.permissions <= 0x0F else { throw .badPermissions }
        let type = UnsafeBufferPointer(rebasing: bytes[value.type])
        guard BatchText.isWord(type) else { throw .blankNotHeld }
        CellText.append(Int64(value.index), to: &sink.bytes)
        put(" ")
        sink.bytes.append(contentsOf: type)
        put(" ")
        if value.ttlIsAbsolute {
            TimeText.append(value.ttl, to: &sink.bytes)
        } else {
            CellText.append(Int64(value.ttl), to: &sink.bytes)
        }
        put(" ")
        CellText.append(permissions: value.permissions, to: &sink.bytes)
        try append(data: UnsafeBufferPointer(rebasing: bytes[value.data]), of: type)
        put("\n")
    }

    private func append(data: UnsafeBufferPointer<UInt8>, of type: UnsafeBufferPointer<UInt8>) throws(RowErrorCode) {
        text.removeAll(keepingCapacity: true)
        if type.equalsFolded("hs_admin"), BatchStructures.appendText(ofAdministrator: data, to: &text) {
            put(" ADMIN ")
        } else if type.equalsFolded("hs_vlist"), BatchStructures.appendText(ofList: data, to: &text) {
            put(" LIST ")
        } else if TextCheck.isPlain(data), data.isEmpty || BatchText.isRestOfLine(data) {
            text.append(contentsOf: data)
            put(" UTF8 ")
        } else {
            Base64.append(data, to: &text)
            put(" BASE64 ")
        }
        guard text.count <= RecordLimits.fieldByteCountMax else { throw .fieldTooLong }
        sink.bytes += text
    }

    @inline(__always)
    private func put(_ text: StaticString) {
        sink.bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }
}
