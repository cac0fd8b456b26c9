/// The content of a cell.
enum CSVCell {
    /// Appends the content of `field` with `""` read as one quote, and says where it went.
    @inline(__always)
    @discardableResult
    static func append(
        _ field: CSVField,
        of row: UnsafeBufferPointer<UInt8>,
        to bytes: inout [UInt8]
    ) -> Range<Int> {
        let start = bytes.count
        let text = UnsafeBufferPointer(rebasing: row[field.start..<field.end])
        if field.hasDoubledQuotes {
            appendUndoubled(text, to: &bytes)
        } else {
            bytes.append(contentsOf: text)
        }
        return start..<bytes.count
    }

    @inline(never)
    private static func appendUndoubled(_ text: UnsafeBufferPointer<UInt8>, to bytes: inout [UInt8]) {
        var position = 0
        while position < text.count {
            bytes.append(text[position])
            // The scanner has seen to it that quotes inside a cell come in pairs.
            position += text[position] == UInt8(ascii: "\"") ? 2 : 1
        }
    }
}
