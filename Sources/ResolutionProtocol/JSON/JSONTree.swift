/// A small JSON document (RFC 8259) read whole, its members in their order.
package indirect enum JSONTree: Equatable, Sendable {
    /// A member of an object.
    package struct Member: Equatable, Sendable {
        package let name: String
        package let value: JSONTree

        package init(_ name: String, _ value: JSONTree) {
            self.name = name
            self.value = value
        }
    }

    case object([Member])
    case array([JSONTree])
    case string(String)
    /// A number, `true`, `false` or `null`, as it stands in the text.
    case word(String)

    /// Reads `text`; nil where it is no JSON document, or nested deeper than 64 levels.
    package init?(_ text: [UInt8]) {
        var reader = JSONTreeReader(text)
        guard let tree = reader.value(depth: 64), reader.isAtEnd else { return nil }
        self = tree
    }

    /// How many bytes of `text` were read until it turned out to be no JSON document; nil: it is one.
    package static func faultOffset(in text: [UInt8]) -> Int? {
        var reader = JSONTreeReader(text)
        return reader.value(depth: 64) != nil && reader.isAtEnd ? nil : reader.position
    }

    /// The value of an object's member.
    package subscript(name: String) -> JSONTree? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.name == name }?.value
    }

    /// Whether it is an object or an array.
    package var isNested: Bool {
        switch self {
        case .object, .array: true
        case .string, .word: false
        }
    }
}

/// Making trees.
extension JSONTree {
    /// A whole number.
    package static func number(_ value: some BinaryInteger) -> JSONTree { .word(String(value)) }

    /// `true` or `false`.
    package static func boolean(_ value: Bool) -> JSONTree { .word(value ? "true" : "false") }

    /// Bytes that should be UTF-8; what is not becomes U+FFFD.
    package static func text(_ bytes: [UInt8]) -> JSONTree { .string(String(decoding: bytes, as: UTF8.self)) }
}
