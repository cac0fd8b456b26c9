internal import ArgumentParser
internal import Console

/// The root of all commands.
struct Idctl: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "idctl",
            abstract: Speech.words("Resolve identifiers and administer a node.", "解析标识，管理节点。"),
            discussion: Speech.words(
                """
                Examples:
                  idctl resolve 88.118.8/JXDY2106023 --server 127.0.0.1:2641
                  idctl import --data /var/lib/hanjiang parts.csv
                """,
                """
                示例：
                  idctl resolve 88.118.8/JXDY2106023 --server 127.0.0.1:2641
                  idctl import --data /var/lib/hanjiang parts.csv
                """
            ),
            version: Version.text,
            subcommands: [
                ResolveCommand.self, TraceCommand.self, ImportCommand.self, ExportCommand.self, VerifyCommand.self,
                CountCommand.self,
                LedgerCommand.self, FederationCommand.self, StatusCommand.self, GuardianCommand.self,
                PrefixCommand.self,
                IdentifierCommand.self, KeyCommand.self,
                TemplateCommand.self,
                VerifyDatabaseCommand.self, BackupCommand.self,
                RestoreCommand.self, BatchCommand.self, ProfileCommand.self, ConfigCommand.self,
            ]
        )
    }
}
