extension CSVCell {
    /// Appends `text` as a cell, quoted where it has to be. If `isSpreadsheetSafe`, a text that a spreadsheet would take
    /// for a formula gets a `'` in front.
    static func append(_ text: UnsafeBufferPointer<UInt8>, to bytes: inout [UInt8], isSpreadsheetSafe: Bool) {
        if isSpreadsheetSafe, let first = text.first, startsFormula(first) {
            var safe = [UInt8(ascii: "'")]
            safe.append(contentsOf: text)
            safe.withUnsafeBufferPointer { append($0, to: &bytes, isSpreadsheetSafe: false) }
        } else if needsQuotes(text) {
            appendQuoted(text, to: &bytes)
        } else {
            bytes.append(contentsOf: text)
        }
    }

    /// Appends `text` as a quoted cell.
    static func appendQuoted(_ text: UnsafeBufferPointer<UInt8>, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text {
            bytes.append(byte)
            if byte == UInt8(ascii: "\"") { bytes.append(byte) }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private static func startsFormula(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "=") || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "@")
    }

    /// Commas, quotes and line ends need them; blanks at the ends get them because some programs trim bare cells.
    private static func needsQuotes(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        if text.first == 0x20 || text.last == 0x20 { return true }
        for byte in text where byte <= 0x2C {
            if byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\"") || byte == 0x0A || byte == 0x0D { return true }
        }
        return false
    }
}
