/// What a program tells a person: what happened, where, and what to do next, under a code that never changes.
///
/// A program keeps its own messages in its own files as values of this type; those that all three share are in
/// `UserMessage+Shared.swift`.
package struct UserMessage: Hashable, Sendable {
    /// The name to search for.
    package let code: MessageCode
    /// What happened, one sentence without a full stop.
    package let text: LocalizedText
    /// What to do next; `nil` where nothing can be done.
    package let advice: LocalizedText?
    /// Where it happened.
    package var place: MessagePlace?

    /// A message; give `adviceEnglish` and `adviceChinese` both or neither.
    package init(
        _ code: MessageCode,
        english: String,
        chinese: String,
        adviceEnglish: String? = nil,
        adviceChinese: String? = nil,
        at place: MessagePlace? = nil
    ) {
        self.code = code
        text = LocalizedText(english: english, chinese: chinese)
        switch (adviceEnglish, adviceChinese) {
        case (nil, nil): advice = nil
        case (let english, let chinese):
            advice = LocalizedText(english: english ?? chinese ?? "", chinese: chinese ?? english ?? "")
        }
        self.place = place
    }

    /// The same message, said of `place`.
    package func at(_ place: MessagePlace) -> UserMessage {
        var message = self
        message.place = place
        return message
    }

    /// `idctl: E-IMPORT-017: parts.csv:12: what happened — what to do next`: one line, safe for a terminal, no newline.
    package func rendered(program: String, language: Language) -> String {
        var line = "\(program): \(code): "
        if let place { line += "\(place): " }
        line += text[language]
        if let advice { line += " — \(advice[language])" }
        return TerminalText.safe(line)
    }
}
