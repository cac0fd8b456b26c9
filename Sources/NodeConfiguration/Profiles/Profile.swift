/// A profile of `idctl`: which node is meant, and as whom it is asked. Secrets are only named by their files.
package struct Profile: Sendable {
    /// A setting as it stands in the file: a path may be relative to it.
    package struct Entry: Hashable, Sendable {
        package let text: String
        package let line: Int
    }

    /// The `NAME` of `[profile.NAME]`.
    package let name: String
    /// Where its table begins.
    package let line: Int
    /// What it says.
    package let entries: [ProfileSetting: Entry]

    /// The settings without their places.
    package var texts: [ProfileSetting: String] { entries.mapValues(\.text) }

    /// Bytes of a name at most.
    package static let nameByteCountMax = 64

    /// Whether a profile may be called `name`: letters, digits, `-` and `_` of ASCII, which TOML takes without quotes.
    package static func isName(_ name: String) -> Bool {
        !name.isEmpty && name.utf8.count <= nameByteCountMax
            && name.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
                case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"): true
                default: false
                }
            }
    }

    /// What such a name is, as “give …” goes on.
    package static let nameExpectation = Wording(
        "a name of letters, digits, - and _, at most \(nameByteCountMax)",
        "由字母、数字、- 和 _ 组成的名称，不超过 \(nameByteCountMax) 个字符"
    )
}
