/// One thing that is wrong with a configuration file: what, where, and what to do about it, in both languages.
package struct ConfigurationProblem: Hashable, Sendable {
    /// What kind of thing is wrong; each has its code.
    package enum Kind: String, Sendable, CaseIterable {
        /// The file cannot be opened or read.
        case unreadable = "E-CONFIG-001"
        /// The file is larger than any configuration.
        case tooLarge = "E-CONFIG-002"
        /// The file is not UTF-8 text.
        case notText = "E-CONFIG-003"
        /// The text is not TOML.
        case syntax = "E-CONFIG-004"
        /// There is no such key or table.
        case unknownKey = "E-CONFIG-005"
        /// The value is another kind of thing, such as text for a number.
        case wrongKind = "E-CONFIG-006"
        /// The kind is right and the value is not.
        case notAllowed = "E-CONFIG-007"
        /// A required key is not there.
        case missing = "E-CONFIG-008"
        /// Two settings do not go together.
        case contradiction = "E-CONFIG-009"
    }

    /// What kind of thing is wrong.
    package let kind: Kind
    /// The file as it was named.
    package let file: String
    /// Where in the file; `nil` where the file as a whole is meant.
    package let position: SourcePosition?
    /// The key or table, such as `listen[2].port`; empty where none is meant.
    package let keyPath: String
    /// What is wrong.
    package let text: Wording
    /// What to do about it.
    package let advice: Wording?

    /// The stable code, such as `E-CONFIG-005`.
    package var code: String { kind.rawValue }

    /// `node.toml:12:3`, or the file alone.
    package var place: String {
        position.map { "\(file):\($0.line):\($0.column)" } ?? file
    }
}
