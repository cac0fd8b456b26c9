internal import ArgumentParser

/// `idctl prefix`: which prefixes a node keeps, in the directory of a node that is stopped.
struct PrefixCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "prefix",
            abstract: Speech.words("Home, delegate, list and give up prefixes.", "托管、委派、列出和取消前缀。"),
            discussion: Speech.words(
                """
                Examples:
                  idctl prefix home --data /var/lib/hanjiang 88.118.8
                  idctl prefix delegate --data /var/lib/hanjiang 88.118.9 --site 192.0.2.7:2641
                """,
                """
                示例：
                  idctl prefix home --data /var/lib/hanjiang 88.118.8
                  idctl prefix delegate --data /var/lib/hanjiang 88.118.9 --site 192.0.2.7:2641
                """
            ),
            subcommands: [
                PrefixHomeCommand.self, PrefixDelegateCommand.self, PrefixListCommand.self, PrefixUnhomeCommand.self,
            ]
        )
    }
}
