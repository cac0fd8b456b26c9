internal import ArgumentParser
internal import Console
internal import NodeConfiguration
internal import Resolution
internal import ResolutionClient
internal import ResolutionProtocol

/// `idctl template create`: registers a template.
struct TemplateCreateCommand: IdctlCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "create",
            abstract: Speech.words("Register a template.", "登记模板。"),
            discussion: Speech.words(
                """
                Examples:
                  idctl template create pump.json --server 192.0.2.7:2641 --auth 300:0.NA/88.118.8 --key-file key.pem
                  idctl template create pump.json --prefix 88.118.8 --config node.toml
                """,
                """
                示例：
                  idctl template create pump.json --server 192.0.2.7:2641 --auth 300:0.NA/88.118.8 --key-file key.pem
                  idctl template create pump.json --prefix 88.118.8 --config node.toml
                """
            )
        )
    }

    @Argument(help: Speech.help("The template, a file of JSON; - for standard input.", "模板文件（JSON）；- 表示标准输入。"))
    var file: String

    @Flag(help: Speech.help("Print JSON.", "输出 JSON。"))
    var json = false

    @OptionGroup var options: TemplateOptions
    @OptionGroup var speech: SpeechOptions

    func perform(_ session: Session) throws(CommandFailure) -> ProgramExit {
        let read = try TemplateFile(file)
        let prefix = try options.prefix(ofFile: read.prefix)
        let identifier = try TemplateOptions.identifier(prefix: prefix, version: read.template.version)
        var values = [RegisteredTemplate.value(read.template, prefix: prefix)]
        if let creator = options.administration.choice[.auth] {
            values.append(try AdministratorValue.make(creator, flag: "--auth"))
        }
        let all = values
        _ = try options.administration.administrator(session).perform(identifier) {
            (asking) throws(AdministrationError) in
            try asking.create(identifier, all)
        }
        try IdentifierOutcome(identifier: identifier, english: "created", chinese: "已创建").show(session, json: json)
        return .done
    }
}
