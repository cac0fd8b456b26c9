/// Full-width forms of ASCII, as a keyboard set to Chinese types them.
///
/// A text whose head, up to the first `/`, is typed in them is read in ASCII as a whole: the keyboard was in that mode.
/// A suffix behind a prefix in ASCII keeps its characters: they may be meant.
struct FullWidthText {
    /// What becomes of the text.
    enum Outcome {
        /// Nothing: there are no such characters.
        case plain
        /// Nothing, though the suffix has one at this offset.
        case suffixKept(offset: Int)
        /// It is read as this; the first such character stands at `offset`, the suffix's first at `suffixOffset`.
        case folded(TracedText, offset: Int, suffixOffset: Int?)
    }

    let outcome: Outcome

    /// Looks at `text`, which is left alone where it is not UTF-8.
    init(_ text: TracedText) {
        guard text.bytes.contains(where: { $0 >= 0x80 }), let string = String(validating: text.bytes, as: UTF8.self)
        else {
            outcome = .plain
            return
        }
        let places = Self.places(in: string)
        guard let first = places.head ?? places.suffix else {
            outcome = .plain
            return
        }
        if places.head == nil {
            outcome = .suffixKept(offset: first)
        } else if let folded = text.replacingScalars(Self.ascii) {
            outcome = .folded(folded, offset: first, suffixOffset: places.suffix)
        } else {
            outcome = .plain
        }
    }

    /// The offsets of the first such character up to the first separator, which counts to the head, and behind it.
    private static func places(in string: String) -> (head: Int?, suffix: Int?) {
        var head: Int?
        var suffix: Int?
        var offset = 0
        var isBehindSeparator = false
        for scalar in string.unicodeScalars {
            if ascii(of: scalar) != nil {
                if isBehindSeparator { suffix = suffix ?? offset } else { head = head ?? offset }
            }
            if scalar == "/" || scalar == "\u{FF0F}" { isBehindSeparator = true }
            offset += UTF8.width(scalar)
        }
        return (head, suffix)
    }

    /// The ASCII character that `scalar` is the full-width form of; a Chinese full stop stands for a dot.
    static func ascii(of scalar: Unicode.Scalar) -> UInt8? {
        switch scalar.value {
        case 0xFF01...0xFF5E: UInt8(truncatingIfNeeded: scalar.value - 0xFEE0)
        case 0x3002, 0xFF61: UInt8(ascii: ".")
        default: nil
        }
    }
}
