/// Makes text that came from elsewhere harmless to a terminal and honest to the eye.
///
/// What a terminal would act upon is shown escaped: `\n`, `\t`, `\x1B`, `\u{202E}`; a byte that is not UTF-8 as `\xFF`.
package enum TerminalText {
    /// `bytes` as text of one line that can be written to any terminal. A backslash stays as it is.
    package static func safe(_ bytes: [UInt8]) -> String {
        if bytes.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return String(decoding: bytes, as: UTF8.self) }
        var text = ""
        for piece in UTF8Pieces(bytes) {
            switch piece {
            case .scalar(let scalar) where !HiddenScalar.contains(scalar): text.unicodeScalars.append(scalar)
            case .scalar(let scalar): text += escaped(scalar)
            case .illFormed(let bytes): for byte in bytes { text += "\\x" + hexadecimal(UInt32(byte), digits: 2) }
            }
        }
        return text
    }

    /// `text` as text of one line that can be written to any terminal.
    package static func safe(_ text: String) -> String {
        safe(Array(text.utf8))
    }

    private static func escaped(_ scalar: Unicode.Scalar) -> String {
        switch scalar.value {
        case 0x0A: "\\n"
        case 0x0D: "\\r"
        case 0x09: "\\t"
        case 0...0x7F: "\\x" + hexadecimal(scalar.value, digits: 2)
        default: "\\u{" + hexadecimal(scalar.value, digits: 4) + "}"
        }
    }

    private static func hexadecimal(_ value: UInt32, digits: Int) -> String {
        let text = String(value, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
    }
}
