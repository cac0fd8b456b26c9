/// One vector of a file.
package struct Vector: Sendable {
    /// Unique in its file.
    package let name: String
    /// Its group inside the file, which says what its fields are.
    package let kind: String
    /// All members, as they stand in the file.
    package var members: [String: JSONValue]

    /// Reads a vector; nil when it is no object, or has no name, no kind or no fields.
    package init?(_ value: JSONValue) {
        guard case .object(let members) = value, case .string(let name)? = members["name"],
            case .string(let kind)? = members["kind"], case .object? = members["fields"]
        else { return nil }
        self.name = name
        self.kind = kind
        self.members = members
    }

    /// The decoded content.
    package var fields: JSONValue { members["fields"] ?? .null }

    /// Whether encoding gives the same bytes each time; absent means that it does.
    package var isDeterministic: Bool {
        fields["deterministic"] != .bool(false) && members["deterministic"] != .bool(false)
    }
}
