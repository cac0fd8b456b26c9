/// Why a value cannot be used for a key.
struct SettingFault: Error {
    enum Reason {
        /// It is another kind of thing.
        case wrongKind
        /// The kind is right and the value is not.
        case notAllowed
    }

    let reason: Reason
    /// What is expected, as “give …” goes on.
    let expected: Wording
    /// Which element of a list, counted from 0.
    var index: Int?
    /// The node at fault where it is not the whole value.
    var node: TOMLNode?
    /// The word that was probably meant.
    var nearest: String?

    init(_ reason: Reason, expected: Wording, nearest: String? = nil) {
        self.reason = reason
        self.expected = expected
        self.nearest = nearest
    }
}
