internal import ArgumentParser
internal import Console
internal import ResolutionClient
internal import ResolutionProtocol

/// `idctl status`: how a running node is, by its control socket. Ends with 0 only when the node is ready.
struct StatusCommand: IdctlCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "status",
            abstract: Speech.words("Show how a running node is.", "显示运行中节点的状态。"),
            discussion: Speech.words(
                """
                Examples:
                  idctl status --config node.toml
                  idctl status --data /var/lib/hanjiang --json

                Exit code 0: the node is ready; 1: it runs but is not ready; 7: it cannot be reached.
                """,
                """
                示例：
                  idctl status --config node.toml
                  idctl status --data /var/lib/hanjiang --json

                退出码 0：节点就绪；1：在运行但未就绪；7：无法连接。
                """
            )
        )
    }

    @OptionGroup var node: NodeOptions

    @Flag(help: Speech.help("Print the node's JSON.", "输出节点的 JSON。"))
    var json = false

    @Flag(help: Speech.help("Print the node's metrics (Prometheus text).", "输出节点的指标（Prometheus 文本）。"))
    var metrics = false

    @OptionGroup var speech: SpeechOptions

    func validate() throws {
        guard json, metrics else { return }
        throw ValidationError(Speech.words("--json and --metrics exclude each other", "--json 与 --metrics 不能同时使用"))
    }

    func perform(_ session: Session) throws(CommandFailure) -> ProgramExit {
        let socket = try node.places().controlSocket
        let text = try ControlAsking.ask(socket, metrics ? .metrics : .status)
        if metrics {
            try session.write(text)
            return .done
        }
        let report = try StatusReport(text, place: socket)
        if json {
            try session.write(text + (text.last == 0x0A ? [] : [0x0A]))
        } else {
            try session.print(report.lines())
        }
        try session.finish()
        guard report.isReady else { throw CommandFailure(.notReady(socket)) }
        return .done
    }
}
