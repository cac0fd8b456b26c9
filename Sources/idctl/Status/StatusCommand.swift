internal import ArgumentParser
internal import Console
internal import EventLoop
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
                  idctl status --data /var/lib/hanjiang --watch 2

                Exit code 0: the node is ready; 1: it runs but is not ready; 7: it cannot be reached; 130: --watch was
                ended by Ctrl-C.
                """,
                """
                示例：
                  idctl status --config node.toml
                  idctl status --data /var/lib/hanjiang --watch 2

                退出码 0：节点就绪；1：在运行但未就绪；7：无法连接；130：以 Ctrl-C 结束 --watch。
                """
            )
        )
    }

    @OptionGroup var node: NodeOptions

    @Flag(help: Speech.help("Print the node's JSON.", "输出节点的 JSON。"))
    var json = false

    @Flag(help: Speech.help("Print the node's metrics (Prometheus text).", "输出节点的指标（Prometheus 文本）。"))
    var metrics = false

    @Flag(help: Speech.help("Print everything the node says, not one screen.", "输出节点的全部状态项，不限一屏。"))
    var all = false

    @Flag(
        help: Speech.help(
            "Show it again and again, with rates, until Ctrl-C: --watch, --watch 5.",
            "持续刷新并显示速率，Ctrl-C 结束：--watch、--watch 5。"
        )
    )
    var watch = false

    @Option(
        help: Speech.help(
            "With --watch: how often; each second if left out.",
            "与 --watch 同用：间隔秒数，默认 1。",
            name: "seconds"
        )
    )
    var every: String?

    @OptionGroup var speech: SpeechOptions

    /// Seconds between two states.
    private static let (secondsUsual, secondsAllowed) = (1.0, 0.1...86_400.0)

    func validate() throws {
        if metrics, json || all || watch {
            throw ValidationError(
                Speech.words(
                    "--metrics excludes --json, --all and --watch",
                    "--metrics 不能与 --json、--all、--watch 同时使用"
                )
            )
        }
        if json, all {
            throw ValidationError(Speech.words("--json and --all exclude each other", "--json 与 --all 不能同时使用"))
        }
        guard let every else { return }
        guard watch else { throw ValidationError(Speech.words("--every needs --watch", "--every 需要 --watch")) }
        guard let seconds = Double(every), Self.secondsAllowed.contains(seconds) else {
            let (english, chinese) = ("--watch is from 0.1 to 86400 seconds", "--watch 的间隔为 0.1 至 86400 秒")
            throw ValidationError(Speech.words("\(english), not “\(every)”", "\(chinese)，而不是“\(every)”"))
        }
    }

    func perform(_ session: Session) throws(CommandFailure) -> ProgramExit {
        let socket = try node.places().controlSocket
        if watch {
            let interval = Duration.seconds(every.flatMap { Double($0) } ?? Self.secondsUsual)
            let form: StatusWatch.Form = json ? .json : all ? .all : .screen
            var watch = StatusWatch(socket, every: interval, form: form, session: session)
            return try watch.run()
        }
        let text = try ControlAsking.ask(socket, metrics ? .metrics : .status)
        if metrics {
            try session.write(text)
            return .done
        }
        let report = try StatusReport(text, place: socket)
        if json {
            try session.write(text + (text.last == 0x0A ? [] : [0x0A]))
        } else {
            try session.print(all ? report.lines() : screen(report, session))
        }
        try session.finish()
        guard report.isReady else { throw CommandFailure(.notReady(socket)) }
        return .done
    }

    private func screen(_ report: StatusReport, _ session: Session) -> [String] {
        let now = UInt64(clamping: SystemClock.coarseRealtimeSeconds())
        let rates = StatusRates(from: nil, to: report, seconds: 0)
        return StatusScreen(report, rates: rates, language: session.language, unixSeconds: now).lines
    }
}
