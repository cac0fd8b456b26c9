/// Full-width forms of ASCII, as a keyboard set to Chinese types them.
enum FullWidthText {
    /// `text` in ASCII where its beginning, up to the first `/`, is typed in full width; nil where it is not.
    ///
    /// A suffix behind a prefix in ASCII keeps its full-width characters: they may be meant.
    static func folded(_ text: [UInt8]) -> [UInt8]? {
        guard let string = String(validating: text, as: UTF8.self) else { return nil }
        let head = string.unicodeScalars.prefix { $0 != "/" && $0 != "\u{FF0F}" }
        let isSeparated = string.unicodeScalars.contains("\u{FF0F}")
        guard let first = head.first, head.contains(where: { ascii(of: $0) != nil }) || isSeparated,
            ("0"..."9").contains(ascii(of: first) ?? first)
        else { return nil }
        var folded = String.UnicodeScalarView()
        for scalar in string.unicodeScalars { folded.append(ascii(of: scalar) ?? scalar) }
        return Array(String(folded).utf8)
    }

    /// The ASCII character that `scalar` is the full-width form of; a Chinese full stop stands for a dot.
    private static func ascii(of scalar: Unicode.Scalar) -> Unicode.Scalar? {
        switch scalar.value {
        case 0xFF01...0xFF5E: Unicode.Scalar(scalar.value - 0xFEE0)
        case 0x3002, 0xFF61: "."
        default: nil
        }
    }
}
