/// Reads JSON Lines: one object per line. Whatever is wrong with a line, the next one begins after its line end.
package final class JSONLinesReader: RecordReader {
    package let format = RecordFormat.jsonLines
    package let headerText: [UInt8] = []
    package private(set) var rowCount = 0
    private let source: RowSource
    /// Number of the line at the window's beginning.
    private var line = 1
    /// What the record given last takes of the window: it is consumed by the next call.
    private var currentByteCount = 0
    /// The beginning of a line too long for the window, which has been consumed already.
    private var cutText: [UInt8] = []
    private var indexScratch: [UInt32] = []

    /// Reads `source` from where it stands.
    package init(_ source: RowSource) {
        self.source = source
    }

    package var progress: (byteOffset: Int, byteCount: Int?) { (source.byteOffset, source.byteCount) }

    package func next(into row: inout RecordRow) throws(RecordFileError) -> ReadOutcome {
        advance()
        while true {
            if source.window.isEmpty, try !source.fill() { return .end }
            guard let found = try LineScan.line(in: source) else {
                rowCount += 1
                return try rejectTooLong()
            }
            currentByteCount = found.consumed
            let text = UnsafeBufferPointer(rebasing: source.window[..<found.byteCount])
            if text.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) {
                line += 1
                source.consume(found.consumed)
                currentByteCount = 0
                continue
            }
            rowCount += 1
            return take(text, &row)
        }
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

    private func advance() {
        if currentByteCount > 0 || !cutText.isEmpty { line += 1 }
        source.consume(currentByteCount)
        currentByteCount = 0
        if !cutText.isEmpty { cutText.removeAll() }
    }

    private func take(_ text: UnsafeBufferPointer<UInt8>, _ row: inout RecordRow) -> ReadOutcome {
        row.reset()
        if let position = TextCheck.firstFault(text) {
            return reject(text[position] == 0 ? .nulByte : .notUTF8, path: "", text, position)
        }
        var parser = JSONRecordParser(text)
        do throws(RowErrorCode) {
            try parser.parse(into: &row)
        } catch {
            return reject(error, path: parser.path, text, parser.position)
        }
        if row.hasDuplicateIndex(scratch: &indexScratch) { return reject(.duplicateIndex, path: "values", text, 0) }
        row.row = rowCount
        row.rowCount = 1
        row.line = line
        row.byteOffset = source.byteOffset
        row.byteCount = currentByteCount
        return .record
    }

    @inline(never)
    private func reject(
        _ code: RowErrorCode,
        path: String,
        _ text: UnsafeBufferPointer<UInt8>,
        _ position: Int
    ) -> ReadOutcome {
        let start = max(0, min(position, text.count) - 16)
        let error = RowError(
            code: code,
            row: rowCount,
            line: line,
            byteOffset: source.byteOffset,
            column: path,
            excerpt: Excerpt.of(UnsafeBufferPointer(rebasing: text[start...]))
        )
        return .rejected(Rejection(error: error, firstRow: rowCount, rowCount: 1))
    }

    @inline(never)
    private func rejectTooLong() throws(RecordFileError) -> ReadOutcome {
        let head = UnsafeBufferPointer(rebasing: source.window.prefix(RecordLimits.cutTextByteCountMax))
        let outcome = reject(.recordTooLong, path: "", head, 0)
        cutText = Array(head)
        try LineScan.skipLine(of: source)
        return outcome
    }
}
