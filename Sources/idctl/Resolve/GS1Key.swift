/// The keys of GS1 that are digits alone.
enum GS1Key {
    /// Whether `text` is a GTIN of 13 or 14 digits, or an element string that begins with one (`01` and 14 digits).
    ///
    /// The check digit decides; a factory's own number of that length passes it once in ten.
    static func isOne(_ text: [UInt8]) -> Bool {
        let digits = text.prefix { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
        if digits.count == text.count, digits.count == 13 || digits.count == 14 { return hasCheckDigit(digits) }
        guard text.starts(with: Array("01".utf8)), digits.count >= 16 else { return false }
        return hasCheckDigit(digits[2..<16])
    }

    /// Weights of 3 and 1 from the right, the check digit itself included (GS1 General Specifications §7.9).
    private static func hasCheckDigit(_ digits: ArraySlice<UInt8>) -> Bool {
        var sum = 0
        for (place, digit) in digits.reversed().enumerated() {
            sum += Int(digit - UInt8(ascii: "0")) * (place % 2 == 0 ? 1 : 3)
        }
        return sum % 10 == 0
    }
}
