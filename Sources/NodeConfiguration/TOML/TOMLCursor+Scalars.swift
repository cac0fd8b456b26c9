/// Values that are neither strings nor made of others.
extension TOMLCursor {
    /// Reads a truth value or a whole number exactly. Fractions, dates and times are told by their looks only: no
    /// setting has one.
    mutating func scalar() throws(TOMLSyntaxError) -> TOMLNode {
        let start = offset
        while let byte, Self.isScalarByte(byte) { offset += 1 }
        let token = Array(bytes[start..<offset])
        if token.elementsEqual("true".utf8) { return .boolean(true) }
        if token.elementsEqual("false".utf8) { return .boolean(false) }
        if let node = try wholeNumber(token, at: start) { return node }
        let digits = token.drop { $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-") }
        let isNamed = digits.elementsEqual("inf".utf8) || digits.elementsEqual("nan".utf8)
        guard isNamed || (digits.first.map(Self.isDigit) == true && digits.allSatisfy(Self.isNumberByte)),
            token.count - digits.count <= 1
        else {
            throw failure("a value is expected; text stands in quotes", "此处应为取值；文本须加引号", at: start)
        }
        guard digits.count > 1, isNamed || digits.contains(where: { !Self.isDigit($0) && $0 != UInt8(ascii: "_") })
        else {
            throw failure("not a whole number", "不是整数", at: start)
        }
        skipTimeOfDay(after: digits)
        return .other(Wording("a fraction, a date or a time", "小数、日期或时间"))
    }

    /// A date may be followed by one space and a time.
    private mutating func skipTimeOfDay(after token: ArraySlice<UInt8>) {
        let isDate = token.count == 10 && token.count { $0 == UInt8(ascii: "-") } == 2
        guard isDate, byte == UInt8(ascii: " "), offset + 1 < bytes.count, Self.isDigit(bytes[offset + 1]) else {
            return
        }
        offset += 1
        while let byte, Self.isScalarByte(byte) { offset += 1 }
    }

    /// The number that `token` is, `nil` if it does not look like one.
    private func wholeNumber(_ token: [UInt8], at start: Int) throws(TOMLSyntaxError) -> TOMLNode? {
        let isSigned = token.first == UInt8(ascii: "+") || token.first == UInt8(ascii: "-")
        var digits = token.dropFirst(isSigned ? 1 : 0)
        var radix = 10
        if !isSigned, digits.first == UInt8(ascii: "0"), let base = digits.dropFirst().first.flatMap(Self.radix) {
            radix = base
            digits = digits.dropFirst(2)
        } else if digits.count > 1, digits.first == UInt8(ascii: "0") {
            return nil
        }
        guard Self.areDigits(digits, radix: radix) else { return nil }
        let text = String(decoding: digits.filter { $0 != UInt8(ascii: "_") }, as: UTF8.self)
        let sign = token.first == UInt8(ascii: "-") ? "-" : ""
        guard let value = Int(sign + text, radix: radix) else {
            throw failure("the number is too large", "数值过大", at: start)
        }
        return .integer(value)
    }

    /// Digits with single underscores between them.
    private static func areDigits(_ digits: ArraySlice<UInt8>, radix: Int) -> Bool {
        let groups = digits.split(separator: UInt8(ascii: "_"), omittingEmptySubsequences: false)
        return groups.allSatisfy { group in
            !group.isEmpty && group.allSatisfy { Int(String(Unicode.Scalar($0)), radix: radix) != nil }
        }
    }

    private static func radix(of byte: UInt8) -> Int? {
        switch byte {
        case UInt8(ascii: "x"): 16
        case UInt8(ascii: "o"): 8
        case UInt8(ascii: "b"): 2
        default: nil
        }
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
    }

    /// What numbers, dates and times are made of.
    private static func isNumberByte(_ byte: UInt8) -> Bool {
        isDigit(byte) || "_.:+-eEtTzZ".utf8.contains(byte)
    }

    private static func isScalarByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "+"): true
        case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: ":"): true
        default: false
        }
    }
}
