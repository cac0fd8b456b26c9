extension CSVReader {
    /// The first row of a file, cut into cells.
    struct HeaderRow {
        let cells: [[UInt8]]
        let text: [UInt8]
        let lineCount: Int
    }

    /// Reads and consumes the first row that is not blank.
    static func readHeader(_ source: RowSource, _ scanner: inout CSVScanner) throws(RecordFileError) -> HeaderRow {
        var lineCount = 0
        while true {
            let window = source.window
            if window.isEmpty, source.isAtEnd { throw .noHeader }
            switch scanner.scan(window, isLast: source.isAtEnd) {
            case .malformed(let code): throw .badHeader(code)
            case .unfinished:
                guard window.count < RecordLimits.recordByteCountMax else { throw .badHeader(.recordTooLong) }
                _ = try source.fill()
            case .row(let consumed, let rowLineCount):
                lineCount += rowLineCount
                let text = UnsafeBufferPointer(rebasing: window[..<consumed])
                let cells = scanner.fields.map { contents(of: $0, in: text) }
                if cells.allSatisfy(\.isEmpty) {
                    source.consume(consumed)
                    continue
                }
                guard TextCheck.firstFault(text) == nil else { throw .badHeader(.notUTF8) }
                var end = consumed
                while end > 0, text[end - 1] == 0x0A || text[end - 1] == 0x0D { end -= 1 }
                let header = HeaderRow(cells: cells, text: Array(text[..<end]), lineCount: lineCount)
                source.consume(consumed)
                return header
            }
        }
    }

    private static func contents(of field: CSVField, in text: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        var bytes: [UInt8] = []
        CSVCell.append(field, of: text, to: &bytes)
        return bytes
    }
}
