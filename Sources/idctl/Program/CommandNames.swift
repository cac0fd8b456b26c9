internal import ArgumentParser
internal import Console

/// The commands by name, for the suggestion after a mistyped one.
enum CommandNames {
    /// The commands of the first level.
    static let all = Idctl.configuration.subcommands.map { $0._commandName } + ["help"]

    /// What to say when the first word is no command; `nil` where it is one, or there is none.
    static func complaint(about arguments: [String]) -> UserMessage? {
        guard let word = arguments.first(where: { !$0.hasPrefix("-") }), arguments.first == word else { return nil }
        guard all.contains(word) else { return .unknownWord(word, among: all) }
        return complaintOfGroup(arguments)
    }

    /// The command that `arguments` begin with the words of; the root of all where they name none.
    static func command(of arguments: [String]) -> any ParsableCommand.Type {
        var command: any ParsableCommand.Type = Idctl.self
        for word in arguments {
            guard let next = command.configuration.subcommands.first(where: { $0._commandName == word }) else { break }
            command = next
        }
        return command
    }

    /// What to say when the second word is none, behind one that groups commands.
    private static func complaintOfGroup(_ arguments: [String]) -> UserMessage? {
        guard arguments.count > 1, !arguments[1].hasPrefix("-"),
            let group = Idctl.configuration.subcommands.first(where: { $0._commandName == arguments[0] })
        else { return nil }
        let known = group.configuration.subcommands.map { $0._commandName }
        guard !known.isEmpty, !known.contains(arguments[1]) else { return nil }
        return .unknownWord(arguments[1], among: known)
    }
}
