internal import ArgumentParser
internal import Console
internal import NodeConfiguration

/// Which node is meant: by its configuration or by its data directory. What no flag says, the settings say.
struct NodeOptions: ParsableArguments {
    @Option(help: Speech.help("The node's configuration.", "节点配置文件。", name: "file"), completion: .file())
    var config: String?

    @Option(help: Speech.help("The node's data directory.", "节点数据目录。", name: "dir"), completion: .directory)
    var data: String?

    init() {}

    init(config: String?, data: String?) {
        self.config = config
        self.data = data
    }

    func validate() throws {
        guard config == nil || data == nil else {
            throw ValidationError(Speech.words("--config and --data exclude each other", "--config 与 --data 不能同时使用"))
        }
        let settings = Settings.current
        guard settings.failure != nil || !settings.node(flags).isEmpty else {
            throw ValidationError(Speech.words("give --config FILE or --data DIR", "请给出 --config 文件 或 --data 目录"))
        }
    }

    private var flags: Settings.Level { .flags([.config: config, .data: data]) }

    /// The node's configuration or data directory, by flag, environment or profile; neither: nobody said.
    func chosen() throws(CommandFailure) -> (config: String?, data: String?) {
        let node = try Settings.current.checked().node(flags)
        return (node[.config]?.text, node[.data]?.text)
    }

    /// The node's data directory and control socket.
    func places() throws(CommandFailure) -> (data: String, controlSocket: String) {
        let node = try chosen()
        if let config = node.config {
            let configuration = try ConfigurationLoading.load(config)
            return (configuration.node.data, configuration.controlSocketPath)
        }
        let data = node.data ?? "."
        return (data, data + (data.hasSuffix("/") ? "" : "/") + "control.sock")
    }
}
