internal import ArgumentParser

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

                Exit codes: 0 done, 1 failed, 3 not found, 4 not permitted, 5 conflict, 6 partly done,
                7 node unreachable, 64 usage, 130 interrupted.
                """,
                """
                示例：
                  idctl resolve 88.118.8/JXDY2106023 --server 127.0.0.1:2641
                  idctl import --data /var/lib/hanjiang parts.csv

                退出码：0 完成，1 失败，3 未找到，4 无权限，5 冲突，6 部分完成，7 节点不可达，64 用法错误，130 被中断。
                """
            ),
            version: Version.text,
            subcommands: [
                ResolveCommand.self, ImportCommand.self, ExportCommand.self, VerifyCommand.self, CountCommand.self,
                StatusCommand.self, PrefixCommand.self, IdentifierCommand.self, KeyCommand.self,
                TemplateCommand.self,
                VerifyDatabaseCommand.self, BackupCommand.self,
                RestoreCommand.self, BatchCommand.self, ProfileCommand.self, ConfigCommand.self,
            ]
        )
    }
}
