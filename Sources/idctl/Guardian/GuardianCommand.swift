internal import ArgumentParser
internal import Console

/// `idctl guardian`: which servers of delegated prefixes answer, and when they did not.
struct GuardianCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "guardian",
            abstract: Speech.words("Show which delegated nodes answer, and when they did not.", "查看已委派节点是否应答及其异常记录。"),
            discussion: Speech.examples(
                "idctl guardian show --config node.toml",
                "idctl guardian events --config node.toml --open"
            ),
            subcommands: [GuardianShowCommand.self, GuardianEventsCommand.self]
        )
    }
}
