internal import ArgumentParser
internal import Console

/// `idctl template`: data templates, which say what values the identifiers of one kind carry.
struct TemplateCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "template",
            abstract: Speech.words("Data templates: what identifiers of one kind carry.", "数据模板：一类标识包含哪些值。"),
            discussion: Speech.words(
                """
                Examples:
                  idctl template example > pump.json
                  idctl template create pump.json --server 192.0.2.7:2641 --auth 300:0.NA/88.118.8 --key-file key.pem
                  idctl import pumps.csv --data-template 1.0 --server 192.0.2.7:2641 --auth 300:0.NA/88.118.8 \\
                      --key-file key.pem

                A template is named by its version within its prefix, or by its identifier.
                """,
                """
                示例：
                  idctl template example > pump.json
                  idctl template create pump.json --server 192.0.2.7:2641 --auth 300:0.NA/88.118.8 --key-file key.pem
                  idctl import pumps.csv --data-template 1.0 --server 192.0.2.7:2641 --auth 300:0.NA/88.118.8 \\
                      --key-file key.pem

                模板由前缀内的版本号或其标识命名。
                """
            ),
            subcommands: [
                TemplateExampleCommand.self, TemplateCreateCommand.self, TemplateShowCommand.self,
                TemplateListCommand.self, TemplateCheckCommand.self, TemplateUpdateCommand.self,
                TemplateWithdrawCommand.self, TemplatePublishCommand.self, TemplateDeleteCommand.self,
            ]
        )
    }
}
