internal import ArgumentParser
internal import Console
internal import Resolution
internal import ResolutionClient
internal import ResolutionProtocol

/// `idctl template list`: the templates of a prefix.
struct TemplateListCommand: IdctlCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "list",
            abstract: Speech.words("List a prefix's templates.", "列出前缀的模板。"),
            discussion: Speech.words(
                """
                Examples:
                  idctl template list --server 192.0.2.7:2641 --auth 300:0.NA/88.118.8 --key-file key.pem
                  idctl template list --prefix 88.118.8 --config node.toml
                """,
                """
                示例：
                  idctl template list --server 192.0.2.7:2641 --auth 300:0.NA/88.118.8 --key-file key.pem
                  idctl template list --prefix 88.118.8 --config node.toml
                """
            )
        )
    }

    @Flag(help: Speech.help("Print JSON Lines.", "输出 JSON Lines。"))
    var json = false

    @OptionGroup var options: TemplateOptions
    @OptionGroup var speech: SpeechOptions

    func perform(_ session: Session) throws(CommandFailure) -> ProgramExit {
        let prefix = try options.prefix()
        let templates = try options.administration.administrator(session).perform(prefix) {
            (asking) throws(AdministrationError) in
            var names: [[UInt8]] = []
            try asking.list(prefix) { part in
                // A template has its own name and nothing behind it.
                names += part.filter { TemplateName.head(of: $0)?.count == $0.count }
                return true
            }
            var templates: [RegisteredTemplate] = []
            for name in names {
                if let found = try RegisteredTemplate.find(name, asking) { templates.append(found) }
            }
            return templates
        }
        try show(templates, session)
        return .done
    }

    private func show(_ templates: [RegisteredTemplate], _ session: Session) throws(CommandFailure) {
        guard !json else {
            for template in templates { try session.write(TemplateReport.json(template)) }
            return
        }
        var table = Table([
            Table.Column(session.words("version", "版本")), Table.Column(session.words("identifier", "标识")),
            Table.Column(session.words("items", "项数"), .right), Table.Column(session.words("state", "状态")),
            Table.Column(session.words("description", "说明")),
        ])
        for found in templates {
            let template = found.template
            table.add([
                TerminalText.safe(template.version), TerminalText.safe(found.identifier), "\(template.items.count)",
                TemplateReport.state(template, session), TerminalText.safe(template.description),
            ])
        }
        try session.print(table.lines())
    }
}
