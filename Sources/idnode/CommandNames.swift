internal import ArgumentParser
internal import Console

/// The commands by name, for the suggestion after a mistyped one.
enum CommandNames {
    /// The command that `arguments` begin with the name of; the root where they name none.
    static func command(of arguments: [String]) -> any ParsableCommand.Type {
        IDNode.configuration.subcommands.first { $0._commandName == arguments.first } ?? IDNode.self
    }

    /// What to say when the first word is no command; `nil` where it is one, or there is none.
    static func complaint(about arguments: [String]) -> UserMessage? {
        guard let word = arguments.first, !word.hasPrefix("-") else { return nil }
        let known = IDNode.configuration.subcommands.map { $0._commandName } + ["help"]
        return known.contains(word) ? nil : .unknownWord(word, among: known)
    }
}
