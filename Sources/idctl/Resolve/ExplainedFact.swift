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

extension ExplainedFact {
    /// Facts as a table for a person: what each is about is written once for those that follow one another.
    static func lines(_ facts: [ExplainedFact], language: Language) -> [String] {
        var table = Table([Table.Column(""), Table.Column("")])
        var last = ""
        for fact in facts {
            table.add([fact.key == last ? "" : fact.name[language], fact.text[language]])
            last = fact.key
        }
        return table.lines()
    }

    /// One entry of `facts` in JSON.
    func write(to json: inout JSONText) {
        json.object { json in
            json.key("about")
            json.string(key)
            json.key("english")
            json.string(text.english)
            json.key("chinese")
            json.string(text.chinese)
        }
    }
}
