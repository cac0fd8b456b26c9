internal import ArgumentParser

/// The commands by name; a command line without one means `run`.
enum CommandNames {
    /// The command that `arguments` are of.
    static func command(of arguments: [String]) -> any ParsableCommand.Type {
        named(arguments.first) ?? RunCommand.self
    }

    /// `arguments` with what they leave out: help for a command line without a command is that of `run`, whose options
    /// are what most ask for.
    static func whole(_ arguments: [String]) -> [String] {
        ["-h", "--help"].contains(arguments.first) ? [RunCommand._commandName] + arguments : arguments
    }

    private static func named(_ word: String?) -> (any ParsableCommand.Type)? {
        Idload.configuration.subcommands.first { $0._commandName == word }
    }
}
