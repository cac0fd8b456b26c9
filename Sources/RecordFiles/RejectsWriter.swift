/// Writes the rejects file: the refused rows in the input's format, word for word, with `row`, `code` and `message`.
///
/// The three stand in front, so that they can be read however the row behind them is broken (in batch text on a line of
/// their own). Readers skip them: whoever has corrected the rows imports this file as it is.
package final class RejectsWriter {
    private let sink: RowSink
    private let format: RecordFormat
    /// What a spreadsheet refuses is written as CSV with its columns.
    private var isCSV: Bool { format == .csv || format == .spreadsheet }
    private let language: MessageLanguage
    /// Whether the input is itself a rejects file, whose rows have the three already.
    private let inputHasReasons: Bool
    /// How many data rows have been written.
    package private(set) var rowCount = 0

    /// A rejects file for what `reader` reads.
    package init(_ sink: RowSink, for reader: any RecordReader, language: MessageLanguage) {
        self.sink = sink
        self.language = language
        format = reader.format
        let header = reader.headerText
        let reasons = Array("row,code,message,".utf8)
        inputHasReasons = header.starts(with: reasons)
        guard isCSV else { return }
        sink.bytes += inputHasReasons ? [] : reasons
        sink.bytes += header
        sink.bytes.append(0x0A)
    }

    /// Writes what `reader` refused last.
    package func write(_ rejection: Rejection, from reader: any RecordReader) throws(RecordFileError) {
        let error = rejection.error
        reader.withCurrentText { text, isCut in
            text.withUnsafeBytes { raw in
                let bytes = raw.assumingMemoryBound(to: UInt8.self)
                append(bytes, firstRow: rejection.firstRow, errorRow: error.row, isCut: isCut, error)
            }
        }
        try sink.flushIfFull()
    }

    /// Writes a record that was read well and refused for another reason, with that reason's code and message.
    /// `text` is its text in the input, at `RecordRow.byteOffset` or, directly after reading, `withCurrentText`.
    package func write(firstRow: Int, code: String, message: String, text: RawSpan) throws(RecordFileError) {
        text.withUnsafeBytes { raw in
            let bytes = raw.assumingMemoryBound(to: UInt8.self)
            forEachRow(of: bytes) { row, position in
                append(row, number: firstRow + position, code: code, message: message, isCut: false)
            }
        }
        try sink.flushIfFull()
    }

    /// Writes what is still held back.
    package func finish() throws(RecordFileError) {
        try sink.flush()
    }

    private func append(
        _ text: UnsafeBufferPointer<UInt8>,
        firstRow: Int,
        errorRow: Int,
        isCut: Bool,
        _ error: RowError
    ) {
        let note = language == .english ? "; the row is cut here, see the input" : "；此处行已截断，请看输入文件"
        forEachRow(of: text) { row, position in
            let number = firstRow + position
            let isCulprit = number == errorRow
            let code = isCulprit ? error.code : .partOfRejectedRecord
            let message = isCulprit ? error.message(language) + (isCut ? note : "") : code.message(language)
            append(row, number: number, code: code.rawValue, message: message, isCut: isCut)
        }
    }

    /// Cuts a record's text into its rows.
    private func forEachRow(of text: UnsafeBufferPointer<UInt8>, _ body: (UnsafeBufferPointer<UInt8>, Int) -> Void) {
        guard isCSV else {
            body(text, 0)
            return
        }
        var scanner = CSVScanner()
        var start = 0
        var position = 0
        while start < text.count {
            let rest = UnsafeBufferPointer(rebasing: text[start...])
            var consumed = rest.count
            var isBlank = false
            if case .row(let rowByteCount, _) = scanner.scan(rest, isLast: true) {
                consumed = rowByteCount
                // The reader does not count such rows either.
                isBlank = scanner.fields.allSatisfy { $0.start == $0.end }
            } else if let line = LineScan.line(in: rest, from: 0, isLast: true) {
                consumed = line.consumed
            }
            let row = UnsafeBufferPointer(rebasing: rest[..<consumed])
            if !isBlank {
                body(UnsafeBufferPointer(rebasing: row[reasonsEnd(of: row, scanner.fields)...]), position)
                position += 1
            }
            start += consumed
        }
    }

    /// Where the row proper begins in a row of a rejects file.
    private func reasonsEnd(of row: UnsafeBufferPointer<UInt8>, _ fields: [CSVField]) -> Int {
        guard inputHasReasons, fields.count >= 3 else { return 0 }
        let end = fields[2].end
        let comma = end < row.count && row[end] == UInt8(ascii: "\"") ? end + 1 : end
        return min(comma + 1, row.count)
    }

    private func append(
        _ text: UnsafeBufferPointer<UInt8>,
        number: Int,
        code: String,
        message: String,
        isCut: Bool
    ) {
        var end = text.count
        while end > 0, text[end - 1] == 0x0A || text[end - 1] == 0x0D { end -= 1 }
        let row = UnsafeBufferPointer(rebasing: text[..<end])
        rowCount += 1
        switch format {
        case .csv, .spreadsheet: appendCSV(row, number, code, message)
        case .jsonLines: appendJSON(row, number, code, message, isCut: isCut)
        case .batchText: appendBatchText(row, number, code, message, isCut: isCut)
        }
        sink.bytes.append(0x0A)
    }

    private func appendCSV(_ row: UnsafeBufferPointer<UInt8>, _ number: Int, _ code: String, _ message: String) {
        CellText.append(Int64(number), to: &sink.bytes)
        sink.bytes += ",\(code),".utf8
        Array(message.utf8).withUnsafeBufferPointer { CSVCell.appendQuoted($0, to: &sink.bytes) }
        sink.bytes.append(UInt8(ascii: ","))
        sink.bytes.append(contentsOf: row)
    }

    /// The reason takes a line before the block, and a blank line ends it.
    private func appendBatchText(
        _ row: UnsafeBufferPointer<UInt8>,
        _ number: Int,
        _ code: String,
        _ message: String,
        isCut: Bool
    ) {
        sink.bytes += "\(BatchText.reasonMark)\(number) \(code) ".utf8
        // Excerpts have no control bytes, so that the reason stays one line.
        sink.bytes += message.utf8
        sink.bytes.append(0x0A)
        // Half a record would read as a record.
        if isCut || code == RowErrorCode.missingBlankLine.rawValue { sink.bytes += "\(BatchText.cutMark)".utf8 }
        sink.bytes.append(contentsOf: row)
        sink.bytes.append(0x0A)
    }

    /// Puts the three members first in the row's object; a row that is no object becomes the member `text`.
    private func appendJSON(
        _ row: UnsafeBufferPointer<UInt8>,
        _ number: Int,
        _ code: String,
        _ message: String,
        isCut: Bool
    ) {
        sink.bytes += "{\"row\":\(number),\"code\":\"\(code)\",\"message\":".utf8
        Array(message.utf8).withUnsafeBufferPointer { JSONText.append($0, to: &sink.bytes) }
        var cursor = JSONCursor(row)
        guard !isCut, cursor.takes("{") else {
            sink.bytes += ",\"text\":".utf8
            JSONText.append(row, to: &sink.bytes)
            sink.bytes.append(UInt8(ascii: "}"))
            return
        }
        cursor.skipIgnoredMembers()
        let rest = UnsafeBufferPointer(rebasing: row[cursor.position...])
        if cursor.peek() != UInt8(ascii: "}") { sink.bytes.append(UInt8(ascii: ",")) }
        sink.bytes.append(contentsOf: rest)
    }
}
