/// Bytes written as hexadecimal digits; spaces do not count.
func bytes(_ lines: String...) -> [UInt8] {
    let digits = lines.joined().utf8.filter { $0 != UInt8(ascii: " ") }.map { digit in
        digit < UInt8(ascii: "a") ? digit - UInt8(ascii: "0") : digit - UInt8(ascii: "a") + 10
    }
    return stride(from: 0, to: digits.count - 1, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
}
