internal import ArgumentParser
internal import Console

/// `idctl profile`: which node is meant and as whom it is asked, under a name.
struct ProfileCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "profile",
            abstract: Speech.words("Keep settings under a name.", "以名称保存连接设置。"),
            discussion: Speech.words(
                """
                Examples:
                  idctl profile add plant --server 192.0.2.7:2641 --auth 300:0.NA/88.118.8 --key-file owner.pem
                  idctl profile use plant

                A profile names files with keys and secrets and never holds one.
                """,
                """
                示例：
                  idctl profile add plant --server 192.0.2.7:2641 --auth 300:0.NA/88.118.8 --key-file owner.pem
                  idctl profile use plant

                配置档只记录密钥文件的路径，从不保存密钥本身。
                """
            ),
            subcommands: [
                ProfileAddCommand.self, ProfileListCommand.self, ProfileShowCommand.self, ProfileUseCommand.self,
                ProfileRemoveCommand.self,
            ]
        )
    }
}
