internal import ArgumentParser
internal import Console
internal import EventLoop
internal import NodeConfiguration

/// `idnode run`: the node in the foreground, until a signal ends it.
struct RunCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "run",
            abstract: Speech.words("Run the node until SIGTERM or Ctrl-C.", "运行节点，直到 SIGTERM 或 Ctrl-C。"),
            discussion: Speech.examples(
                "idnode run --config /etc/hanjiang/node.toml",
                "idnode run --config node.toml --lang zh"
            )
        )
    }

    @Option(help: Speech.help("Configuration file.", "配置文件。", name: "file"), completion: .file())
    var config: String
    @OptionGroup var language: LanguageOption

    func run() throws {
        EventLoop.ignoreBrokenPipeSignal()
        // Before any thread starts: threads inherit the mask, and the signals wait for the main thread.
        let signals = NodeSignals()
        try reporting(language.chosen()) { () throws(Failure) in
            let configuration = try NodeConfiguration.loaded(config)
            let node = try Node(configuration: configuration, configurationPath: config)
            try node.run(until: signals)
        }
    }
}
