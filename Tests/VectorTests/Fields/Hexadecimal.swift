/// Bytes as lower-case hexadecimal digits.
enum Hexadecimal {
    static func text(_ bytes: some Sequence<UInt8>) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    /// Whole octets; nil for an odd number of digits or anything else.
    static func bytes(_ text: String) -> [UInt8]? {
        let digits = text.utf8.map(digit)
        guard digits.count.isMultiple(of: 2), !digits.contains(nil) else { return nil }
        let nibbles = digits.compactMap { $0 }
        return stride(from: 0, to: nibbles.count, by: 2).map { nibbles[$0] << 4 | nibbles[$0 + 1] }
    }

    /// A number's digits, whose count may be odd: its octets without leading zeros.
    static func number(_ text: String) -> [UInt8]? {
        bytes(text.utf8.count.isMultiple(of: 2) ? text : "0" + text).map { Array($0.drop { $0 == 0 }) }
    }

    /// A number's octets as digits without leading zeros; "0" for none.
    static func numberText(_ bytes: [UInt8]) -> String {
        let digits = text(bytes).drop { $0 == "0" }
        return digits.isEmpty ? "0" : String(digits)
    }

    private static func digit(_ character: UInt8) -> UInt8? {
        switch character {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): character - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): character - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): character - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
