internal import ArgumentParser
internal import Console
internal import EventLoop
internal import Resolution
internal import ResolutionClient
internal import ResolutionProtocol

/// `idctl template update`: the next edition of a template takes the place of the registered one.
struct TemplateUpdateCommand: IdctlCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "update",
            abstract: Speech.words("Replace a template by its next edition.", "以新版替换模板。"),
            discussion: Speech.words(
                """
                Examples:
                  idctl template update pump.json --server 192.0.2.7:2641 --auth 300:0.NA/88.118.8 --key-file key.pem
                  idctl template update pump.json --prefix 88.118.8 --config node.toml

                Items may be added and disabled, not removed, and keep their types. Refused with exit code 5 where
                existing identifiers would not comply any more.
                """,
                """
                示例：
                  idctl template update pump.json --server 192.0.2.7:2641 --auth 300:0.NA/88.118.8 --key-file key.pem
                  idctl template update pump.json --prefix 88.118.8 --config node.toml

                可新增或停用项，不可删除项或变更其类型。若会使已有标识不合规则拒绝，退出码为 5。
                """
            )
        )
    }

    @Argument(help: Speech.help("The template, a file of JSON; - for standard input.", "模板文件（JSON）；- 表示标准输入。"))
    var file: String

    @Flag(
        help: Speech.help(
            "Go on though existing identifiers do not comply any more; they stay as they are.",
            "即使已有标识不再合规也继续；这些标识保持不变。"
        )
    )
    var allowBreaking = false

    @Flag(help: Speech.help("Print JSON.", "输出 JSON。"))
    var json = false

    @OptionGroup var options: TemplateOptions
    @OptionGroup var speech: SpeechOptions

    func perform(_ session: Session) throws(CommandFailure) -> ProgramExit {
        Interruption.takeOn()
        let read = try TemplateFile(file)
        let prefix = try options.prefix(ofFile: read.prefix)
        let identifier = try TemplateOptions.identifier(prefix: prefix, version: read.template.version)
        let registered = try requireHarmless(read.template, identifier, prefix, session)
        try registered.replace(by: read.template, options.administration.administrator(session))
        try IdentifierOutcome(identifier: identifier, english: "changed", chinese: "已变更").show(session, json: json)
        return .done
    }

    /// The registered template, where this edition may take its place.
    private func requireHarmless(
        _ template: DataTemplate,
        _ identifier: [UInt8],
        _ prefix: [UInt8],
        _ session: Session
    ) throws(CommandFailure) -> RegisteredTemplate {
        guard !allowBreaking else {
            return try RegisteredTemplate.get(identifier, from: options.administration.administrator(session))
        }
        let check = try TemplateCheck(template, prefix: prefix, options.administration, session)
        guard let registered = check.registered else {
            throw CommandFailure(.noSuchTemplate(identifier), exit: .notFound)
        }
        guard check.isHarmless else {
            session.note(check.lines(session).joined(separator: "\n") + "\n")
            throw CommandFailure(
                check.faults.isEmpty ? .breaksIdentifiers(identifier) : .badEvolution(identifier),
                exit: .conflict
            )
        }
        return registered
    }
}
