internal import ArgumentParser
internal import Console

/// `idctl key`: keys of administrators.
struct KeyCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "key",
            abstract: Speech.words("Make and show keys.", "生成和查看密钥。"),
            discussion: Speech.words(
                """
                Examples:
                  idctl key new --type sm2 --out admin.pem
                  idctl key show admin.pem
                """,
                """
                示例：
                  idctl key new --type sm2 --out admin.pem
                  idctl key show admin.pem
                """
            ),
            subcommands: [KeyNewCommand.self, KeyShowCommand.self]
        )
    }
}
