/// Base64 with padding (RFC 4648 §4).
enum Base64 {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    static func encode(_ bytes: [UInt8]) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count + 2) / 3 * 4)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            let bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
            for place in 0..<4 {
                text.append(place <= group.count ? alphabet[bits >> (18 - 6 * place) & 63] : UInt8(ascii: "="))
            }
        }
        return text
    }

    /// The bytes; nil when a character is neither of the alphabet nor blank, or the padding is not as it should be.
    static func decode(_ text: [UInt8]) -> [UInt8]? {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count / 4 * 3)
        var bits = 0
        var digitCount = 0
        var paddingCount = 0
        for character in text where character != 0x20 && character != 0x09 {
            guard character != UInt8(ascii: "=") else {
                paddingCount += 1
                continue
            }
            guard paddingCount == 0, let digit = digit(character) else { return nil }
            bits = (bits << 6 | digit) & 0xFFF_FFFF
            digitCount += 1
            // A byte is complete with the second, third and fourth digit of each group.
            let spareBitCount = 6 - 2 * ((digitCount + 3) % 4)
            if spareBitCount < 6 { bytes.append(UInt8(truncatingIfNeeded: bits >> spareBitCount)) }
        }
        let isWhole = digitCount % 4 != 1 && (digitCount + paddingCount) % 4 == 0 && paddingCount <= 2
        let spareBits = bits & ((1 << [0, 6, 4, 2][digitCount % 4]) - 1)
        return isWhole && spareBits == 0 ? bytes : nil
    }

    private static func digit(_ character: UInt8) -> Int? {
        switch character {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): Int(character - UInt8(ascii: "A"))
        case UInt8(ascii: "a")...UInt8(ascii: "z"): Int(character - UInt8(ascii: "a")) + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): Int(character - UInt8(ascii: "0")) + 52
        case UInt8(ascii: "+"): 62
        case UInt8(ascii: "/"): 63
        default: nil
        }
    }
}
