/// Base64 as JSON values want it (RFC 4648): padded standard, or base64url without padding.
enum Base64Text {
    /// Padded standard base64.
    static func standard(_ bytes: [UInt8]) -> String {
        encoded(bytes, alphabet: standardAlphabet, isPadded: true)
    }

    /// Base64url without padding, for keys (RFC 7518 §2).
    static func url(_ bytes: [UInt8]) -> String {
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
}
