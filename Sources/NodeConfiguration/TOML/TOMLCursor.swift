/// Walks over the bytes of a TOML document (v1.0.0) by its smallest parts: space, comments, ends of lines, keys.
struct TOMLCursor {
    let bytes: [UInt8]
    var offset = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { offset = 3 }
    }

    /// The byte at hand, `nil` at the end.
    var byte: UInt8? { offset < bytes.count ? bytes[offset] : nil }

    mutating func take(_ expected: UInt8) -> Bool {
        guard byte == expected else { return false }
        offset += 1
        return true
    }

    func failure(_ english: String, _ chinese: String, at place: Int? = nil) -> TOMLSyntaxError {
        TOMLSyntaxError(offset: place ?? offset, text: Wording(english, chinese))
    }

    mutating func skipSpace() {
        while byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") { offset += 1 }
    }

    /// Skips space, ends of lines and comments.
    mutating func skipBlank() throws(TOMLSyntaxError) {
        while true {
            skipSpace()
            try skipComment()
            guard takeLineEnd() else { return }
        }
    }

    /// What may follow a header or a value: a comment, and the end of the line.
    mutating func endStatement() throws(TOMLSyntaxError) {
        skipSpace()
        try skipComment()
        guard byte == nil || takeLineEnd() else {
            throw failure("nothing more may stand on this line", "此行末尾有多余内容")
        }
    }

    /// Takes `\n` or `\r\n`.
    mutating func takeLineEnd() -> Bool {
        if take(UInt8(ascii: "\n")) { return true }
        guard byte == UInt8(ascii: "\r"), offset + 1 < bytes.count, bytes[offset + 1] == UInt8(ascii: "\n") else {
            return false
        }
        offset += 2
        return true
    }

    private mutating func skipComment() throws(TOMLSyntaxError) {
        guard byte == UInt8(ascii: "#") else { return }
        while let byte, byte != UInt8(ascii: "\n") {
            if byte == UInt8(ascii: "\r"), offset + 1 < bytes.count, bytes[offset + 1] == UInt8(ascii: "\n") { return }
            if Self.isControl(byte) { throw failure("a control character in a comment", "注释中有控制字符") }
            offset += 1
        }
    }

    /// Reads `a."b c".'d'`: its parts, each with its offset.
    mutating func dottedKey() throws(TOMLSyntaxError) -> [TOMLKeyPart] {
        var parts: [TOMLKeyPart] = []
        repeat {
            skipSpace()
            let start = offset
            parts.append(TOMLKeyPart(name: try key(), offset: start))
            skipSpace()
        } while take(UInt8(ascii: "."))
        return parts
    }

    private mutating func key() throws(TOMLSyntaxError) -> String {
        if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") { return try lineString() }
        let start = offset
        while let byte, Self.isBare(byte) { offset += 1 }
        guard offset > start else {
            throw failure(
                "a name of letters, digits, _ and - is expected, or one in quotes",
                "此处应为由字母、数字、_ 和 - 组成或加引号的名称"
            )
        }
        return String(decoding: bytes[start..<offset], as: UTF8.self)
    }

    /// Control characters but the tab.
    static func isControl(_ byte: UInt8) -> Bool {
        (byte < 0x20 && byte != UInt8(ascii: "\t")) || byte == 0x7F
    }

    private static func isBare(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"): true
        default: false
        }
    }
}
