/// Writes elements of DER (X.690 §10).
enum DERWriter {
    static func element(_ tag: UInt8, _ contents: [UInt8]) -> [UInt8] {
        [tag] + length(contents.count) + contents
    }

    static func sequence(_ elements: [[UInt8]]) -> [UInt8] {
        element(DERTag.sequence, elements.flatMap { $0 })
    }

    /// The number that `bytes` are, unsigned and big-endian.
    static func unsignedInteger(_ bytes: [UInt8]) -> [UInt8] {
        let digits = Array(bytes.drop { $0 == 0 })
        let needsZero = digits.first.map { $0 >= 0x80 } ?? true
        return element(DERTag.integer, (needsZero ? [0] : []) + digits)
    }

    static func octetString(_ bytes: [UInt8]) -> [UInt8] {
        element(DERTag.octetString, bytes)
    }

    private static func length(_ byteCount: Int) -> [UInt8] {
        guard byteCount >= 0x80 else { return [UInt8(byteCount)] }
        let octets = Array(withUnsafeBytes(of: byteCount.bigEndian) { Array($0) }.drop { $0 == 0 })
        return [0x80 | UInt8(octets.count)] + octets
    }
}
