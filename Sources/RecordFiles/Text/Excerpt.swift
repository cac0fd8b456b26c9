/// Makes a piece of foreign text fit for a message.
enum Excerpt {
    private static let byteCountMax = 40

    /// The beginning of `text`; control bytes and what is not ASCII-safe or UTF-8 come out escaped.
    static func of(_ text: UnsafeBufferPointer<UInt8>) -> String {
        var shown = ""
        let head = String(decoding: text.prefix(byteCountMax), as: UTF8.self)
        for scalar in head.unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator:
                shown += "\\u{" + String(scalar.value, radix: 16) + "}"
            default: shown.unicodeScalars.append(scalar)
            }
        }
        return text.count > byteCountMax ? shown + "…" : shown
    }
}
