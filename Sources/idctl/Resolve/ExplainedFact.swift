internal import Console

/// One thing that is told about how an answer came.
struct ExplainedFact {
    /// Its name in JSON, which never changes.
    let key: String
    /// What it is about.
    let name: LocalizedText
    /// What there is to say.
    let text: LocalizedText

    init(_ key: String, _ english: String, _ chinese: String, _ text: LocalizedText) {
        self.key = key
        name = LocalizedText(english: english, chinese: chinese)
        self.text = text
    }

    /// One that reads the same in both languages.
    init(_ key: String, _ english: String, _ chinese: String, _ text: String) {
        self.init(key, english, chinese, LocalizedText(english: text, chinese: text))
    }
}
