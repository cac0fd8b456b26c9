/// One sentence in the two languages our programs speak.
package struct LocalizedText: Hashable, Sendable {
    /// The English wording.
    package let english: String
    /// The Chinese wording.
    package let chinese: String

    /// A sentence that says the same thing twice.
    package init(english: String, chinese: String) {
        self.english = english
        self.chinese = chinese
    }

    /// The wording in `language`.
    package subscript(language: Language) -> String {
        switch language {
        case .chinese: chinese
        case .english: english
        }
    }
}
