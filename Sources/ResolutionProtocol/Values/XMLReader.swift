/// Reads the one level of XML that an `HS_NAMESPACE` value has: a root element and its children.
///
/// Knows no document types and resolves no entities but the five of XML and numbers, so nothing expands. The work is
/// bounded by the bytes given; depth is counted, not recursed into.
struct XMLReader {
    /// A child of the root: its own text, its children's left out.
    struct Element {
        var name: [UInt8]
        var attributes: [String: [UInt8]] = [:]
        var text: [UInt8] = []
    }

    private struct Tag {
        var name: [UInt8]
        var attributes: [String: [UInt8]] = [:]
        var isEnd = false
        var isEmpty = false
    }

    private let bytes: [UInt8]
    private var position = 0
    private var rootIsEmpty = false

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Reads up to and including the root's start tag; returns its name.
    mutating func rootElement() throws(WireError) -> [UInt8] {
        _ = skipText()
        guard let tag = try nextTag(), !tag.isEnd else { throw .invalidField }
        rootIsEmpty = tag.isEmpty
        return tag.name
    }

    /// The next child of the root; nil at the root's end tag.
    mutating func nextChild() throws(WireError) -> Element? {
        guard !rootIsEmpty else { return nil }
        _ = skipText()
        guard let tag = try nextTag() else { throw .truncated }
        guard !tag.isEnd else { return nil }
        var element = Element(name: tag.name, attributes: tag.attributes)
        if !tag.isEmpty { element.text = try ownText() }
        return element
    }

    /// Text up to the end tag of the element that has just begun.
    private mutating func ownText() throws(WireError) -> [UInt8] {
        var text: [UInt8] = []
        var depth = 1
        while depth > 0 {
            let piece = skipText()
            if depth == 1 { text += try Self.decoded(piece) }
            guard let tag = try nextTag(collecting: depth == 1 ? { text += $0 } : { _ in }) else { throw .truncated }
            if tag.isEnd { depth -= 1 } else if !tag.isEmpty { depth += 1 }
        }
        return text
    }

    /// Steps over everything before the next "<" and lends it.
    private mutating func skipText() -> ArraySlice<UInt8> {
        let start = position
        while position < bytes.count, bytes[position] != UInt8(ascii: "<") { position += 1 }
        return bytes[start..<position]
    }

    /// The next tag, past comments, declarations and character data; nil at the end of the bytes.
    private mutating func nextTag(collecting characterData: ([UInt8]) -> Void = { _ in }) throws(WireError) -> Tag? {
        while position < bytes.count {
            if starts(with: "<!--") {
                position += 4  // so that "<!-->" does not end itself
                _ = try take(until: "-->")
            } else if starts(with: "<![CDATA[") {
                characterData(Array(try take(until: "]]>").dropFirst(9)))
            } else if starts(with: "<?") {
                _ = try take(until: "?>")
            } else if starts(with: "<!") {
                throw .invalidField
            } else {
                return try Self.tag(try takeTag())
            }
            characterData(try Self.decoded(skipText()))
        }
        return nil
    }

    private func starts(with text: StaticString) -> Bool {
        text.withUTF8Buffer { bytes[position...].starts(with: $0) }
    }

    /// Takes everything before `end` and steps over `end`.
    private mutating func take(until end: StaticString) throws(WireError) -> ArraySlice<UInt8> {
        let start = position
        while position < bytes.count, !starts(with: end) { position += 1 }
        guard position < bytes.count else { throw .truncated }
        let taken = bytes[start..<position]
        position += end.utf8CodeUnitCount
        return taken
    }

    /// Takes everything before the ">" that ends a tag and steps over it; one within quotes ends none.
    private mutating func takeTag() throws(WireError) -> ArraySlice<UInt8> {
        let start = position
        var quote: UInt8?
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            if let open = quote {
                if byte == open { quote = nil }
            } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                quote = byte
            } else if byte == UInt8(ascii: ">") {
                return bytes[start..<(position - 1)]
            }
        }
        throw .truncated
    }

    /// Reads what stands between "<" and ">".
    private static func tag(_ source: ArraySlice<UInt8>) throws(WireError) -> Tag {
        var rest = source.dropFirst()
        let isEnd = rest.first == UInt8(ascii: "/")
        if isEnd { rest = rest.dropFirst() }
        let isEmpty = rest.last == UInt8(ascii: "/")
        if isEmpty { rest = rest.dropLast() }
        let name = rest.prefix { !isSpace($0) }
        guard !name.isEmpty else { throw .invalidField }
        return Tag(
            name: Array(name),
            attributes: try attributes(rest[name.endIndex...]),
            isEnd: isEnd,
            isEmpty: isEmpty
        )
    }

    private static func attributes(_ source: ArraySlice<UInt8>) throws(WireError) -> [String: [UInt8]] {
        var attributes: [String: [UInt8]] = [:]
        var rest = source.drop(while: isSpace)
        while !rest.isEmpty {
            guard let equals = rest.firstIndex(of: UInt8(ascii: "=")) else { throw .invalidField }
            let name = rest[..<equals].filter { !isSpace($0) }
            rest = rest[(equals + 1)...].drop(while: isSpace)
            guard let quote = rest.first, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else {
                throw .invalidField
            }
            guard let end = rest.dropFirst().firstIndex(of: quote) else { throw .truncated }
            attributes[String(decoding: name, as: UTF8.self)] = try decoded(rest.dropFirst()[..<end])
            rest = rest[(end + 1)...].drop(while: isSpace)
        }
        return attributes
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
    }

    /// Text with its entities put in: the five of XML and numbers.
    private static func decoded(_ source: ArraySlice<UInt8>) throws(WireError) -> [UInt8] {
        var text: [UInt8] = []
        var rest = source
        while let ampersand = rest.firstIndex(of: UInt8(ascii: "&")) {
            text += rest[..<ampersand]
            guard let end = rest[ampersand...].firstIndex(of: UInt8(ascii: ";")) else { throw .invalidField }
            text += try character(named: String(decoding: rest[(ampersand + 1)..<end], as: UTF8.self))
            rest = rest[(end + 1)...]
        }
        return text + rest
    }

    private static func character(named name: String) throws(WireError) -> [UInt8] {
        switch name {
        case "amp": return [UInt8(ascii: "&")]
        case "lt": return [UInt8(ascii: "<")]
        case "gt": return [UInt8(ascii: ">")]
        case "quot": return [UInt8(ascii: "\"")]
        case "apos": return [UInt8(ascii: "'")]
        default: break
        }
        guard name.hasPrefix("#") else { throw .invalidField }
        let isHexadecimal = name.hasPrefix("#x")
        let digits = name.dropFirst(isHexadecimal ? 2 : 1)
        // No sign, which Swift would take, and no NUL, which XML has not.
        guard digits.first != "+", let number = UInt32(digits, radix: isHexadecimal ? 16 : 10), number != 0,
            let scalar = Unicode.Scalar(number)
        else { throw .invalidField }
        return Array(String(Character(scalar)).utf8)
    }
}
