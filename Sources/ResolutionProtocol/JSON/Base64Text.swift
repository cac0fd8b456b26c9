/// Base64 as JSON values want it (RFC 4648): padded standard, or base64url without padding.
package enum Base64Text {
    /// Padded standard base64.
    package static func standard(_ bytes: [UInt8]) -> String {
        encoded(bytes, alphabet: standardAlphabet, isPadded: true)
    }

    /// Base64url without padding, for keys (RFC 7518 §2).
    package static func url(_ bytes: [UInt8]) -> String {
        encoded(bytes, alphabet: urlAlphabet, isPadded: false)
    }

    private static let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
    private static let standardAlphabet = Array((letters + "+/").utf8)
    private static let urlAlphabet = Array((letters + "-_").utf8)

    private static func encoded(_ bytes: [UInt8], alphabet: [UInt8], isPadded: Bool) -> String {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count + 2) / 3 * 4)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            let bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
            for place in 0...group.count { text.append(alphabet[bits >> (18 - 6 * place) & 63]) }
            if isPadded { text += Array(repeating: UInt8(ascii: "="), count: 3 - group.count) }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// The bytes of either spelling, with or without padding; nil where it is neither, or not canonical.
    package static func bytes(_ text: some Sequence<UInt8>) -> [UInt8]? {
        var digits = Array(text)
        let paddingCount = digits.reversed().prefix { $0 == UInt8(ascii: "=") }.count
        guard paddingCount <= 2, paddingCount == 0 || digits.count.isMultiple(of: 4) else { return nil }
        digits.removeLast(paddingCount)
        guard digits.count % 4 != 1 else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(digits.count / 4 * 3 + 2)
        var (bits, bitCount) = (0, 0)
        for character in digits {
            guard let digit = digit(character) else { return nil }
            bits = (bits << 6 | digit) & 0xFFFF
            bitCount += 6
            if bitCount >= 8 {
                bitCount -= 8
                bytes.append(UInt8(truncatingIfNeeded: bits >> bitCount))
            }
        }
        // Bits that stand for nothing are zero, so that each value has one spelling.
        return bits & (1 << bitCount - 1) == 0 ? bytes : nil
    }

    private static func digit(_ character: UInt8) -> Int? {
        switch character {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): Int(character) - 0x41
        case UInt8(ascii: "a")...UInt8(ascii: "z"): Int(character) - 0x61 + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): Int(character) - 0x30 + 52
        case UInt8(ascii: "+"), UInt8(ascii: "-"): 62
        case UInt8(ascii: "/"), UInt8(ascii: "_"): 63
        default: nil
        }
    }
}
