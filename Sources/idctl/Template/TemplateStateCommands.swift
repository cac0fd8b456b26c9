internal import ArgumentParser
internal import Console
internal import Resolution
internal import ResolutionClient

/// `idctl template withdraw`: no new identifiers are made under a template.
struct TemplateWithdrawCommand: IdctlCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "withdraw",
            abstract: Speech.words("Make no new identifiers under a template.", "撤回模板：不再用于新标识。"),
            discussion: TemplateStateChange.examples("withdraw")
        )
    }

    @OptionGroup var change: TemplateStateChange

    func perform(_ session: Session) throws(CommandFailure) -> ProgramExit {
        try change.set(.withdrawn, session, english: "withdrawn", chinese: "已撤回")
    }
}

/// `idctl template publish`: takes a withdrawal back.
struct TemplatePublishCommand: IdctlCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "publish",
            abstract: Speech.words("Make new identifiers under a withdrawn template again.", "重新发布已撤回的模板。"),
            discussion: TemplateStateChange.examples("publish")
        )
    }

    @OptionGroup var change: TemplateStateChange

    func perform(_ session: Session) throws(CommandFailure) -> ProgramExit {
        try change.set(.published, session, english: "published", chinese: "已发布")
    }
}

/// `idctl template delete`: a withdrawn template goes; what was made under it stays as it is.
struct TemplateDeleteCommand: IdctlCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "delete",
            abstract: Speech.words("Delete a withdrawn template.", "删除已撤回的模板。"),
            discussion: TemplateStateChange.examples("delete")
        )
    }

    @Flag(help: Speech.help("Do not ask.", "不询问。"))
    var yes = false

    @OptionGroup var change: TemplateStateChange

    func perform(_ session: Session) throws(CommandFailure) -> ProgramExit {
        let identifier = try change.options.identifier(named: change.name)
        let shown = TerminalText.safe(identifier)
        let question = session.words("Deleting the template \(shown).", "将删除模板 \(shown)。")
        try Question.ask(question, before: .one, Question.Answered(isYes: yes), session)
        try change.options.administration.administrator(session).perform(identifier) {
            (asking) throws(AdministrationError) in
            try asking.delete(identifier)
        }
        try IdentifierOutcome(identifier: identifier, english: "deleted", chinese: "已删除")
            .show(session, json: change.json)
        return .done
    }
}

/// What commands have in common that change nothing but a template's state.
struct TemplateStateChange: ParsableArguments {
    @Argument(help: Speech.help("The template: its version or its identifier.", "模板：版本号或标识。"))
    var name: String

    @Flag(help: Speech.help("Print JSON.", "输出 JSON。"))
    var json = false

    @OptionGroup var options: TemplateOptions
    @OptionGroup var speech: SpeechOptions

    /// Gives the template its new state, and says so.
    func set(
        _ state: DataTemplate.State,
        _ session: Session,
        english: String,
        chinese: String
    ) throws(CommandFailure) -> ProgramExit {
        let identifier = try options.identifier(named: name)
        let found = try RegisteredTemplate.get(identifier, from: options.administration.administrator(session))
        var template = found.template
        template.state = state
        try found.replace(by: template, options.administration.administrator(session))
        try IdentifierOutcome(identifier: identifier, english: english, chinese: chinese).show(session, json: json)
        return .done
    }

    static func examples(_ verb: String) -> String {
        let commands = """
              idctl template \(verb) 1.0 --server 192.0.2.7:2641 --auth 300:0.NA/88.118.8 --key-file key.pem
              idctl template \(verb) 1.0 --prefix 88.118.8 --config node.toml
            """
        return Speech.words("Examples:\n", "示例：\n") + commands
    }
}
