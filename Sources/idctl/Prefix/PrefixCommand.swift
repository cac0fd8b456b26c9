internal import ArgumentParser
internal import Console

/// `idctl prefix`: which prefixes a node keeps, and on what terms; by a running node, else in its data directory.
struct PrefixCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "prefix",
            abstract: Speech.words("Allot, home, delegate, limit, list and give up prefixes.", "分配、托管、委派、限额、列出和取消前缀。"),
            discussion: Speech.words(
                """
                Examples:
                  idctl prefix allot 88.118.8 --admin-key owner.pem.pub --config node.toml
                  idctl prefix home --data /var/lib/hanjiang 88.118.8
                  idctl prefix delegate --data /var/lib/hanjiang 88.118.9 --site 192.0.2.7:2641
                """,
                """
                示例：
                  idctl prefix allot 88.118.8 --admin-key owner.pem.pub --config node.toml
                  idctl prefix home --data /var/lib/hanjiang 88.118.8
                  idctl prefix delegate --data /var/lib/hanjiang 88.118.9 --site 192.0.2.7:2641
                """
            ),
            subcommands: [
                PrefixAllotCommand.self, PrefixDelegateCommand.self, PrefixHostCommand.self, PrefixDisableCommand.self,
                PrefixEnableCommand.self, PrefixLimitCommand.self, PrefixDeleteCommand.self, PrefixShowCommand.self,
                PrefixListCommand.self, PrefixHomeCommand.self, PrefixUnhomeCommand.self,
            ]
        )
    }
}
