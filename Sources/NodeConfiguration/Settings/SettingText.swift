/// A setting that is written as text and checked by having been read.
protocol SettingText: Sendable, Equatable {
    /// `nil` where `text` is not one.
    init?(text: String)
    /// The form that reads back to an equal value.
    var text: String { get }
    /// What is expected, as “give …” goes on.
    static var expectation: Wording { get }
}
