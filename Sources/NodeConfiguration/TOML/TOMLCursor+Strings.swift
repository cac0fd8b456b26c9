/// Strings of the four kinds.
extension TOMLCursor {
    /// Reads a string; begins at its quote.
    mutating func string() throws(TOMLSyntaxError) -> String {
        guard let quote = byte else { throw failure("a string is expected", "此处应为字符串") }
        let isLong = bytes[offset...].prefix(3).elementsEqual(repeatElement(quote, count: 3))
        return isLong ? try longString(quote) : try lineString()
    }

    /// Reads a string of one line.
    mutating func lineString() throws(TOMLSyntaxError) -> String {
        let (start, quote) = (offset, byte)
        offset += 1
        var text: [UInt8] = []
        while let byte, byte != quote {
            if byte == UInt8(ascii: "\\"), quote == UInt8(ascii: "\"") {
                try readEscape(into: &text)
            } else {
                guard !Self.isControl(byte) else { break }
                text.append(byte)
                offset += 1
            }
        }
        guard byte == quote, offset > start else {
            throw failure("the string is not closed on its line", "字符串未在本行内结束", at: start)
        }
        offset += 1
        return String(decoding: text, as: UTF8.self)
    }

    private mutating func longString(_ quote: UInt8) throws(TOMLSyntaxError) -> String {
        let start = offset
        offset += 3
        _ = takeLineEnd()
        var text: [UInt8] = []
        while let byte {
            if byte == quote {
                // A long string may end in one or two quotes of its own, right before the closing three.
                let run = bytes[offset...].prefix(5).prefix { $0 == quote }.count
                offset += run
                text += repeatElement(quote, count: run >= 3 ? run - 3 : run)
                if run >= 3 { return String(decoding: text, as: UTF8.self) }
            } else if byte == UInt8(ascii: "\\"), quote == UInt8(ascii: "\"") {
                if !skipFoldedLine() { try readEscape(into: &text) }
            } else {
                try readLongByte(byte, into: &text)
            }
        }
        throw failure("the string is not closed", "字符串没有结束", at: start)
    }

    private mutating func readLongByte(_ byte: UInt8, into text: inout [UInt8]) throws(TOMLSyntaxError) {
        if takeLineEnd() {
            text.append(UInt8(ascii: "\n"))
        } else {
            guard !Self.isControl(byte) else { throw failure("a control character in a string", "字符串中有控制字符") }
            text.append(byte)
            offset += 1
        }
    }

    /// Takes a backslash at the end of a line with all space and lines up to the next character.
    private mutating func skipFoldedLine() -> Bool {
        let start = offset
        offset += 1
        skipSpace()
        guard takeLineEnd() else {
            offset = start
            return false
        }
        repeat { skipSpace() } while takeLineEnd()
        return true
    }

    private mutating func readEscape(into text: inout [UInt8]) throws(TOMLSyntaxError) {
        let start = offset
        offset += 1
        let kind = byte
        offset += 1
        switch kind {
        case UInt8(ascii: "u"): text += try escapedScalar(digitCount: 4, from: start)
        case UInt8(ascii: "U"): text += try escapedScalar(digitCount: 8, from: start)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): text.append(kind ?? 0)
        default: throw failure("an unknown escape; write \\\\ for a backslash", "未知的转义；反斜杠请写作 \\\\", at: start)
        }
    }

    private mutating func escapedScalar(digitCount: Int, from start: Int) throws(TOMLSyntaxError) -> [UInt8] {
        var value: UInt32 = 0
        for _ in 0..<digitCount {
            // Eight digits fill the 32 bits and no more.
            guard let digit = byte.flatMap(Self.hexadecimalDigit) else {
                throw failure(
                    "\\u takes 4 hexadecimal digits and \\U takes 8",
                    "\\u 后应为 4 位、\\U 后应为 8 位十六进制数",
                    at: start
                )
            }
            value = value << 4 | digit
            offset += 1
        }
        guard let scalar = Unicode.Scalar(value) else {
            throw failure("not a Unicode character", "不是 Unicode 字符", at: start)
        }
        return Array(String(scalar).utf8)
    }

    private static func hexadecimalDigit(_ byte: UInt8) -> UInt32? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(byte - UInt8(ascii: "a") + 10)
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(byte - UInt8(ascii: "A") + 10)
        default: nil
        }
    }
}
