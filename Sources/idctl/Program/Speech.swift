internal import ArgumentParser
internal import Console

/// The language of help texts, which are made before a command has been read.
enum Speech {
    /// That of the command which is being read; elsewhere decided by the command line and the locale.
    @TaskLocal static var language = Language.chosen(
        option: GlobalOptions.take(from: Array(CommandLine.arguments.dropFirst())).language,
        environment: .ofThisProcess()
    )

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
}
