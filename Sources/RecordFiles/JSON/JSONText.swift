/// Writes JSON strings.
enum JSONText {
    private static let quote = UInt8(ascii: "\"")
    private static let backslash = UInt8(ascii: "\\")

    /// Appends `text` as a JSON string with its quotes.
    static func append(_ text: UnsafeBufferPointer<UInt8>, to bytes: inout [UInt8]) {
        bytes.append(quote)
        var start = 0
        for position in text.indices {
            let byte = text[position]
            guard byte < 0x20 || byte == quote || byte == backslash else { continue }
            bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[start..<position]))
            appendEscape(of: byte, to: &bytes)
            start = position + 1
        }
        bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[start...]))
        bytes.append(quote)
    }

    private static func appendEscape(of byte: UInt8, to bytes: inout [UInt8]) {
        bytes.append(backslash)
        switch byte {
        case quote, backslash: bytes.append(byte)
        case 0x0A: bytes.append(UInt8(ascii: "n"))
        case 0x0D: bytes.append(UInt8(ascii: "r"))
        case 0x09: bytes.append(UInt8(ascii: "t"))
        default:
            bytes.append(contentsOf: "u00".utf8)
            bytes.append(Hexadecimal.character(byte >> 4))
            bytes.append(Hexadecimal.character(byte & 0x0F))
        }
    }

    /// Appends `[{"handle":…,"index":…}]`.
    static func append(
        references: ArraySlice<ReferenceRow>,
        of row: UnsafeBufferPointer<UInt8>,
        to bytes: inout [UInt8]
    ) {
        bytes.append(UInt8(ascii: "["))
        for (position, reference) in references.enumerated() {
            bytes.append(contentsOf: position == 0 ? "{\"handle\":".utf8 : ",{\"handle\":".utf8)
            append(UnsafeBufferPointer(rebasing: row[reference.identifier]), to: &bytes)
            bytes.append(contentsOf: ",\"index\":".utf8)
            CellText.append(Int64(reference.index), to: &bytes)
            bytes.append(UInt8(ascii: "}"))
        }
        bytes.append(UInt8(ascii: "]"))
    }
}
