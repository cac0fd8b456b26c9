internal import ArgumentParser
internal import Console
internal import EventLoop
internal import NodeConfiguration
internal import Resolution
internal import ResolutionClient
internal import ResolutionProtocol

/// `idctl template check`: what an edition of a template would do to what is registered, without changing anything.
struct TemplateCheckCommand: IdctlCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "check",
            abstract: Speech.words(
                "Say what an edition of a template would break.",
                "检查模板新版会使哪些已有标识不合规。"
            ),
            discussion: Speech.words(
                """
                Examples:
                  idctl template check pump.json
                  idctl template check pump.json --server 192.0.2.7:2641 --auth 300:0.NA/88.118.8 --key-file key.pem

                Without a server the file alone is checked. Exit codes: 0 nothing would break; 5 something would.
                """,
                """
                示例：
                  idctl template check pump.json
                  idctl template check pump.json --server 192.0.2.7:2641 --auth 300:0.NA/88.118.8 --key-file key.pem

                不给出服务器时只检查文件。退出码：0 无影响；5 有标识将不合规。
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
        Interruption.takeOn()
        let read = try TemplateFile(file)
        guard options.isServerNamed else {
            try show(TemplateCheck(), session)
            return .done
        }
        let prefix = try options.prefix(ofFile: read.prefix)
        let check = try TemplateCheck(read.template, prefix: prefix, options.administration, session)
        try show(check, session)
        return check.isHarmless ? .done : .conflict
    }

    private func show(_ check: TemplateCheck, _ session: Session) throws(CommandFailure) {
        if json {
            try session.write(check.json(session))
        } else {
            try session.print(check.lines(session))
        }
    }
}

extension TemplateOptions {
    /// Whether there is somebody to ask.
    fileprivate var isServerNamed: Bool {
        let choice = administration.choice
        return choice.isLocal || choice[.server] != nil || choice[.config] != nil
    }
}
