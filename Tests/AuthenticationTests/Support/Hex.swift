/// Bytes in the spelling of published examples: hexadecimal digits, blanks where they please.
func hex(_ text: String) -> [UInt8] {
    let digits = text.compactMap(\.hexDigitValue).map { UInt8($0) }
    return stride(from: 0, to: digits.count - 1, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
}

extension [UInt8] {
    /// The same once for each bit, with that bit changed.
    var withEachBitFlipped: [(bit: Int, bytes: [UInt8])] {
        (0..<count * 8).map { bit in
            var bytes = self
            bytes[bit / 8] ^= 0x80 >> UInt8(bit % 8)
            return (bit, bytes)
        }
    }
}
