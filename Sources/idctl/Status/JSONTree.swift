/// A small JSON document (RFC 8259) read whole, its members in their order.
indirect enum JSONTree: Equatable {
    /// A member of an object.
    struct Member: Equatable {
        let name: String
        let value: JSONTree
    }

    case object([Member])
    case array([JSONTree])
    case string(String)
    /// A number, `true`, `false` or `null`, as it stands in the text.
    case word(String)

    /// Reads `text`; nil where it is no JSON document, or nested deeper than 64 levels.
    init?(_ text: [UInt8]) {
        var reader = JSONTreeReader(text)
        guard let tree = reader.value(depth: 64), reader.isAtEnd else { return nil }
        self = tree
    }

    /// The value of an object's member.
    subscript(name: String) -> JSONTree? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.name == name }?.value
    }

    /// Whether it is an object or an array.
    var isNested: Bool {
        switch self {
        case .object, .array: true
        case .string, .word: false
        }
    }
}
