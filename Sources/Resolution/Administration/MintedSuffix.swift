/// A suffix that nobody has used: a random UUID (RFC 9562 version 4), lower case with dashes (operations.md §5).
enum MintedSuffix {
    static func make(using generator: inout some RandomNumberGenerator) -> [UInt8] {
        var octets = (0..<16).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
        octets[6] = octets[6] & 0x0F | 0x40
        octets[8] = octets[8] & 0x3F | 0x80
        var text: [UInt8] = []
        for (position, octet) in octets.enumerated() {
            if [4, 6, 8, 10].contains(position) { text.append(UInt8(ascii: "-")) }
            text.append(digit(octet >> 4))
            text.append(digit(octet & 0x0F))
        }
        return text
    }

    private static func digit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }
}
