/// A program's own speech: the help texts of its commands, which are made before a command has been read.
package protocol Speaking {
    /// What the help texts are worded in.
    static var language: Language { get }
}

extension Speaking {
    /// The wording in that language.
    package static func words(_ english: String, _ chinese: String) -> String {
        language == .chinese ? chinese : english
    }

    /// The beginning of a command's help: what a person may type.
    package static func examples(_ commands: String...) -> String {
        HelpText.examples(commands, language: language)
    }
}
