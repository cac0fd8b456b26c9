/// The bytes that `text` says in hexadecimal digits; blanks do not count. An odd number of digits lacks a zero in
/// front.
func bytes(_ text: String) -> [UInt8] {
    var digits = text.compactMap { $0.hexDigitValue.map { UInt8($0) } }
    if digits.count % 2 == 1 { digits.insert(0, at: 0) }
    return stride(from: 0, to: digits.count - 1, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
}

/// Lower-case hexadecimal digits of `bytes`.
func hex(_ bytes: [UInt8]) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
}
