internal import ArgumentParser
internal import Console

/// The language of help texts, which are made before a command has been read.
enum Speech: Speaking {
    /// That of the command which is being read; elsewhere decided by the command line and the locale.
    @TaskLocal static var language = Language.chosen(
        option: GlobalOptions.take(from: Array(CommandLine.arguments.dropFirst())).language,
        environment: .ofThisProcess()
    )

    /// Help for an option or argument.
    static func help(_ english: String, _ chinese: String, name: String? = nil) -> ArgumentHelp {
        ArgumentHelp(words(english, chinese), valueName: name)
    }
}
