/// Reads JSON from its first byte to its last.
struct JSONTreeReader {
    private let text: [UInt8]
    /// How many bytes have been read.
    private(set) var position = 0

    init(_ text: [UInt8]) { self.text = text }

    /// Whether nothing but white space is left.
    var isAtEnd: Bool {
        mutating get {
            skipSpace()
            return position == text.count
        }
    }

    /// The next value; nil where there is none.
    mutating func value(depth: Int) -> JSONTree? {
        skipSpace()
        guard depth > 0, position < text.count else { return nil }
        switch text[position] {
        case UInt8(ascii: "{"): return object(depth: depth)
        case UInt8(ascii: "["): return array(depth: depth)
        case UInt8(ascii: "\""): return string().map { .string($0) }
        default: return word()
        }
    }

    private mutating func object(depth: Int) -> JSONTree? {
        var members: [JSONTree.Member] = []
        let isRead = list(until: "}") { reader in
            reader.skipSpace()
            guard let name = reader.string(), reader.takes(":"), let value = reader.value(depth: depth - 1) else {
                return false
            }
            members.append(JSONTree.Member(name, value))
            return true
        }
        return isRead ? .object(members) : nil
    }

    private mutating func array(depth: Int) -> JSONTree? {
        var elements: [JSONTree] = []
        let isRead = list(until: "]") { reader in
            guard let value = reader.value(depth: depth - 1) else { return false }
            elements.append(value)
            return true
        }
        return isRead ? .array(elements) : nil
    }

    /// Reads elements with commas between, from the opening bracket to `end`.
    private mutating func list(
        until end: Unicode.Scalar,
        _ element: (inout JSONTreeReader) -> Bool
    ) -> Bool {
        position += 1
        if takes(end) { return true }
        repeat {
            guard element(&self) else { return false }
        } while takes(",")
        return takes(end)
    }

    private mutating func string() -> String? {
        guard takes("\"") else { return nil }
        var bytes: [UInt8] = []
        while position < text.count {
            let byte = text[position]
            position += 1
            if byte == UInt8(ascii: "\"") { return String(validating: bytes, as: UTF8.self) }
            guard byte == UInt8(ascii: "\\") else {
                bytes.append(byte)
                continue
            }
            guard let character = escaped() else { return nil }
            bytes += Array(String(character).utf8)
        }
        return nil
    }

    private mutating func escaped() -> Unicode.Scalar? {
        guard position < text.count else { return nil }
        let byte = text[position]
        position += 1
        switch byte {
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
        case UInt8(ascii: "u"): return codePoint()
        default: return nil
        }
    }

    private mutating func codePoint() -> Unicode.Scalar? {
        guard let first = unit() else { return nil }
        guard UTF16.isLeadSurrogate(first) else { return Unicode.Scalar(first) }
        guard text[position...].starts(with: "\\u".utf8) else { return nil }
        position += 2
        guard let second = unit(), UTF16.isTrailSurrogate(second) else { return nil }
        return UTF16.decode(UTF16.EncodedScalar([first, second]))
    }

    private mutating func unit() -> UInt16? {
        guard text.count - position >= 4 else { return nil }
        defer { position += 4 }
        return UInt16(String(decoding: text[position..<position + 4], as: UTF8.self), radix: 16)
    }

    private mutating func word() -> JSONTree? {
        let start = position
        while position < text.count, !Self.endsWord(text[position]) { position += 1 }
        let word = String(decoding: text[start..<position], as: UTF8.self)
        return ["true", "false", "null"].contains(word) || Double(word) != nil ? .word(word) : nil
    }

    private static func endsWord(_ byte: UInt8) -> Bool {
        byte <= 0x20 || byte == UInt8(ascii: ",") || byte == UInt8(ascii: "]") || byte == UInt8(ascii: "}")
    }

    private mutating func takes(_ character: Unicode.Scalar) -> Bool {
        skipSpace()
        guard position < text.count, text[position] == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    private mutating func skipSpace() {
        while position < text.count, [0x20, 0x09, 0x0A, 0x0D].contains(text[position]) { position += 1 }
    }
}
