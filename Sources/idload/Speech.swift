internal import ArgumentParser
internal import Console

/// The language of help texts, which are made before a command has been read.
enum Speech {
    /// What the command line says of it.
    static let argument = LanguageArgument(takingFrom: Array(CommandLine.arguments.dropFirst()))
    /// Decided once, by the command line and the locale.
    static let language = Language.chosen(option: argument.language, environment: .ofThisProcess())

    /// The wording in that language.
    static func words(_ english: String, _ chinese: String) -> String {
        language == .chinese ? chinese : english
    }

    /// The beginning of a command's help: what a person may type.
    static func examples(_ commands: String...) -> String {
        HelpText.examples(commands, language: language)
    }

    /// Help for an option or argument.
    static func help(_ english: String, _ chinese: String, name: String? = nil) -> ArgumentHelp {
        ArgumentHelp(words(english, chinese), valueName: name)
    }

    /// What to say of a `--lang` that names no language we speak.
    static var complaint: UserMessage? {
        argument.unknown.map {
            .unusableArgument("--lang", value: $0, expected: LocalizedText(english: "zh or en", chinese: "zh 或 en"))
        }
    }
}
