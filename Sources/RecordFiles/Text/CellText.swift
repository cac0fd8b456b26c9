/// The texts both formats share: numbers, lifetimes, permissions.
enum CellText {
    /// A decimal number with an optional minus; `nil` for another shape or over 18 digits.
    @inline(__always)
    static func integer(_ text: UnsafeBufferPointer<UInt8>) -> Int64? {
        let isNegative = text.first == UInt8(ascii: "-")
        let first = isNegative ? 1 : 0
        guard text.count > first, text.count - first <= 18 else { return nil }
        var value: Int64 = 0
        for position in first..<text.count {
            let digit = text[position] &- 0x30
            guard digit <= 9 else { return nil }
            value = value * 10 + Int64(digit)
        }
        return isNegative ? -value : value
    }

    /// An index, 1 … 2³¹-1.
    static func index(_ text: UnsafeBufferPointer<UInt8>) -> UInt32? {
        guard let value = integer(text) else { return nil }
        return index(value)
    }

    /// As above, of a number.
    static func index(_ value: Int64) -> UInt32? {
        (1...0x7FFF_FFFF).contains(value) ? UInt32(value) : nil
    }

    /// Sets a value's lifetime from seconds (relative) or a UTC time (absolute); false if it is neither.
    static func setTTL(_ text: UnsafeBufferPointer<UInt8>, of value: inout ValueRow) -> Bool {
        if let moment = TimeText.seconds(text) {
            value.ttl = moment
            value.ttlIsAbsolute = true
            return true
        }
        guard let number = integer(text), let seconds = Int32(exactly: number) else { return false }
        value.ttl = seconds
        return true
    }

    /// Four digits 0 and 1 (up to eight for bits that have no meaning yet), or `*` for all four.
    static func permissions(_ text: UnsafeBufferPointer<UInt8>) -> UInt8? {
        if text.count == 1, text[0] == UInt8(ascii: "*") { return 0x0F }
        guard (4...8).contains(text.count) else { return nil }
        var mask: UInt8 = 0
        for byte in text {
            guard byte == 0x30 || byte == 0x31 else { return nil }
            mask = mask << 1 | (byte - 0x30)
        }
        return mask
    }

    /// Appends permissions as four digits, eight where a bit beyond them is set.
    static func append(permissions: UInt8, to bytes: inout [UInt8]) {
        let digitCount: UInt8 = permissions > 0x0F ? 8 : 4
        for position in 0..<digitCount {
            bytes.append(0x30 + (permissions >> (digitCount - 1 - position) & 1))
        }
    }

    /// Appends a decimal number.
    static func append(_ number: Int64, to bytes: inout [UInt8]) {
        if number < 0 { bytes.append(UInt8(ascii: "-")) }
        let start = bytes.count
        var rest = number.magnitude
        repeat {
            bytes.append(0x30 + UInt8(rest % 10))
            rest /= 10
        } while rest > 0
        bytes[start...].reverse()
    }

    /// Whether a spreadsheet wrote this cell as a number in exponent form, `8.81E+10`.
    static func isExponentNumber(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let exponent = text.firstIndex(where: { $0 | 0x20 == UInt8(ascii: "e") }) else { return false }
        var mantissa = text[..<exponent]
        var power = text[(exponent + 1)...]
        if let sign = mantissa.first, isSign(sign) { mantissa.removeFirst() }
        if let sign = power.first, isSign(sign) { power.removeFirst() }
        let dotCount = mantissa.count { $0 == UInt8(ascii: ".") }
        guard let first = mantissa.first, isDigit(first), dotCount <= 1, !power.isEmpty else { return false }
        return mantissa.allSatisfy { isDigit($0) || $0 == UInt8(ascii: ".") } && power.allSatisfy(isDigit)
    }

    private static func isSign(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}
