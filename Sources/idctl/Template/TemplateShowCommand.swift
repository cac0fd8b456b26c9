internal import ArgumentParser
internal import Console
internal import Resolution
internal import ResolutionClient
internal import ResolutionProtocol

/// `idctl template show`: what a template says.
struct TemplateShowCommand: IdctlCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "show",
            abstract: Speech.words("Show a template.", "查看模板。"),
            discussion: Speech.words(
                """
                Examples:
                  idctl template show 1.0 --prefix 88.118.8 --server 192.0.2.7:2641
                  idctl template show 88.118.8/META_d0ff5974b6 --server 192.0.2.7:2641 --json > pump.json
                """,
                """
                示例：
                  idctl template show 1.0 --prefix 88.118.8 --server 192.0.2.7:2641
                  idctl template show 88.118.8/META_d0ff5974b6 --server 192.0.2.7:2641 --json > pump.json
                """
            )
        )
    }

    @Argument(help: Speech.help("The template: its version or its identifier.", "模板：版本号或标识。"))
    var name: String

    @Flag(help: Speech.help("Print the template as JSON.", "以 JSON 输出模板。"))
    var json = false

    @OptionGroup var options: TemplateOptions
    @OptionGroup var speech: SpeechOptions

    func perform(_ session: Session) throws(CommandFailure) -> ProgramExit {
        let identifier = try options.identifier(named: name)
        let found = try RegisteredTemplate.get(identifier, from: options.administration.administrator(session))
        if json {
            try session.write(TemplateReport.json(found))
        } else {
            try session.print(TemplateReport.lines(found, session))
        }
        return .done
    }
}
