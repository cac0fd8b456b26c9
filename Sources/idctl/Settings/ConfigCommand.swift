internal import ArgumentParser
internal import Console

/// `idctl config`: the settings of this program.
struct ConfigCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "config",
            abstract: Speech.words("Show the settings of this program.", "查看本程序的设置。"),
            discussion: Speech.examples("idctl config show --origin", "idctl config show --json"),
            subcommands: [ConfigShowCommand.self]
        )
    }
}
