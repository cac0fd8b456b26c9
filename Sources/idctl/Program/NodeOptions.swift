internal import ArgumentParser
internal import Console
internal import NodeConfiguration

/// Which node is meant: by its configuration or by its data directory.
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
        guard config != nil || data != nil else {
            throw ValidationError(Speech.words("give --config FILE or --data DIR", "请给出 --config 文件 或 --data 目录"))
        }
    }

    /// The node's data directory and control socket.
    func places() throws(CommandFailure) -> (data: String, controlSocket: String) {
        if let config {
            let configuration = try ConfigurationLoading.load(config)
            return (configuration.node.data, configuration.controlSocketPath)
        }
        let data = data ?? "."
        return (data, data + (data.hasSuffix("/") ? "" : "/") + "control.sock")
    }
}
