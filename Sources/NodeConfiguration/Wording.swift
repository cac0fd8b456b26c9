/// The same words in English and in Chinese.
package struct Wording: Hashable, Sendable {
    /// The English words.
    package let english: String
    /// The Chinese words.
    package let chinese: String

    init(_ english: String, _ chinese: String) {
        self.english = english
        self.chinese = chinese
    }
}
