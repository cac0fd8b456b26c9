internal import ArgumentParser
internal import Console

/// The commands by name, for the suggestion after a mistyped one.
enum CommandNames {
    /// The commands of the first level.
    static let all = Idctl.configuration.subcommands.map { $0._commandName } + ["help"]

    /// What to say when the first word is no command; `nil` where it is one, or there is none.
    static func complaint(about arguments: [String]) -> UserMessage? {
        guard let word = arguments.first(where: { !$0.hasPrefix("-") }), arguments.first == word else { return nil }
        guard !all.contains(word) else { return word == "prefix" ? prefixComplaint(arguments) : nil }
        return .unknownWord(word, among: all)
    }

    private static func prefixComplaint(_ arguments: [String]) -> UserMessage? {
        guard arguments.count > 1, !arguments[1].hasPrefix("-") else { return nil }
        let known = PrefixCommand.configuration.subcommands.map { $0._commandName }
        return known.contains(arguments[1]) ? nil : .unknownWord(arguments[1], among: known)
    }
}
