/// Typed access to the members of an object.
extension JSONTree {
    /// The member `name`; `null` is as good as absent.
    package func member(_ name: String) -> JSONTree? {
        let value = self[name]
        return value == .word("null") ? nil : value
    }

    /// The member `name`, which must be there.
    package func required(_ name: String) throws(JSONFormError) -> JSONTree {
        guard case .object = self else { throw .wrongKind(name) }
        guard let value = member(name) else { throw .missing(name) }
        return value
    }

    /// UTF-8 of a text.
    package func text(_ name: String) throws(JSONFormError) -> [UInt8] {
        guard case .string(let text) = try required(name) else { throw .wrongKind(name) }
        return Array(text.utf8)
    }

    /// A whole number without fraction and exponent that fits into `T`.
    package func number<T: FixedWidthInteger>(_ name: String) throws(JSONFormError) -> T {
        guard case .word(let word) = try required(name), let value = Int64(word) else { throw .wrongKind(name) }
        guard let number = T(exactly: value) else { throw .invalid(name) }
        return number
    }

    /// `true` or `false`; absent is false.
    package func flag(_ name: String) throws(JSONFormError) -> Bool {
        switch member(name) {
        case nil, .word("false"): false
        case .word("true"): true
        default: throw .wrongKind(name)
        }
    }

    /// What `read` makes of each element of a list; absent is empty.
    package func list<Item>(
        _ name: String,
        _ read: (JSONTree) throws(JSONFormError) -> Item
    ) throws(JSONFormError) -> [Item] {
        guard let value = member(name) else { return [] }
        guard case .array(let elements) = value else { throw .wrongKind(name) }
        var items: [Item] = []
        for element in elements { items.append(try read(element)) }
        return items
    }
}
