internal import ArgumentParser

/// The commands beside a run, by name. A run has none: its first word is its target.
struct NamedCommands: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: Idload._commandName,
            abstract: Idload.configuration.abstract,
            discussion: Idload.configuration.discussion,
            version: Version.text,
            subcommands: all
        )
    }

    /// To add one: here.
    static let all: [any ParsableCommand.Type] = [
        CompareCommand.self, MergeCommand.self, ReportCommand.self, ReconcileCommand.self, HostileCommand.self,
    ]

    /// The command that `arguments` name; nil: a run.
    static func command(of arguments: [String]) -> (any ParsableCommand.Type)? {
        all.first { $0._commandName == arguments.first }
    }

    /// What parses `arguments`: the parser would take the name of a command for a target.
    static func root(for arguments: [String]) -> any ParsableCommand.Type {
        arguments.first == "help" || command(of: arguments) != nil ? NamedCommands.self : Idload.self
    }
}
