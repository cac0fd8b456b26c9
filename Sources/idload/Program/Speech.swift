internal import ArgumentParser
internal import Console

/// The language of help texts, which are made before a command has been read.
enum Speech: Speaking {
    /// What the command line says of it.
    static let argument = LanguageArgument.ofThisProcess()
    /// Decided once, by the command line and the locale.
    static let language = Language.chosen(option: argument.language, environment: .ofThisProcess())

    /// Help for an option or argument.
    static func help(_ english: String, _ chinese: String, name: String? = nil) -> ArgumentHelp {
        ArgumentHelp(words(english, chinese), valueName: name)
    }
}
