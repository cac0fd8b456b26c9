internal import ArgumentParser
internal import Console

/// `idctl id`: identifiers and their values, one at a time.
struct IdentifierCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "id",
            abstract: Speech.words(
                "Get, create, change, delete and list identifiers, and look back at them.",
                "查看、创建、变更、删除和列出标识，以及查看其历史。"
            ),
            discussion: Speech.examples(
                "idctl id create 88.118.8/JXDY2106023 --value '1 URL https://example.cn' "
                    + "--server 127.0.0.1:2641 --auth 300:0.NA/88.118.8 --key-file admin.pem",
                "idctl id get 88.118.8/JXDY2106023 --data /var/lib/hanjiang"
            )
                + Speech.words(
                    """


                    The first goes over the wire, as the owner of a key; the second by a running node's control \
                    socket, as its operator.
                    """,
                    """


                    前者通过网络，以密钥所有者身份；后者通过运行中节点的控制套接字，以运维身份。
                    """
                ),
            subcommands: [
                IdentifierGetCommand.self, IdentifierCreateCommand.self, IdentifierSetCommand.self,
                IdentifierDeleteCommand.self, IdentifierListCommand.self, IdentifierHistoryCommand.self,
                IdentifierDiffCommand.self,
            ]
        )
    }
}
