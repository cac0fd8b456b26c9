internal import ArgumentParser
internal import Console
internal import NodeConfiguration

/// `idnode check-config`: every problem with its line, or what is in effect.
struct CheckConfigCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "check-config",
            abstract: Speech.words("Check a configuration file.", "检查配置文件。"),
            discussion: Speech.examples(
                "idnode check-config --config /etc/hanjiang/node.toml",
                "idnode check-config --config node.toml --effective"
            )
        )
    }

    @Option(help: Speech.help("Configuration file.", "配置文件。", name: "file"), completion: .file())
    var config: String
    @Flag(help: Speech.help("Print what is in effect, defaults included.", "输出生效的全部配置，包括默认值。"))
    var effective = false
    @OptionGroup var language: LanguageOption

    func run() throws {
        let language = language.chosen()
        try reporting(language) { () throws(Failure) in
            let configuration = try NodeConfiguration.loaded(config)
            _ = try NodeTLS(configuration.tls)
            try Uplink.check(configuration.federation)
            var output = StandardOutput(.output)
            let fine = language == .chinese ? "\(config)：没有问题" : "\(config): no problems"
            try? output.writeLine(effective ? configuration.effective : fine)
            try? output.flush()
        }
    }
}

extension NodeConfiguration {
    /// Reads the file at `path`; all its problems become messages.
    static func loaded(_ path: String) throws(Failure) -> NodeConfiguration {
        do throws(ConfigurationError) {
            return try load(path: path)
        } catch {
            throw Failure(error.problems.map(UserMessage.init))
        }
    }
}

extension UserMessage {
    /// A problem of the configuration, where it is.
    init(_ problem: ConfigurationProblem) {
        self.init(
            MessageCode(problem.code),
            english: problem.text.english,
            chinese: problem.text.chinese,
            adviceEnglish: problem.advice?.english,
            adviceChinese: problem.advice?.chinese,
            at: MessagePlace(file: problem.file, line: problem.position?.line, column: problem.position?.column)
        )
    }
}
