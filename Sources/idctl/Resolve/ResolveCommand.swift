internal import ArgumentParser
internal import Console
internal import EventLoop
internal import ResolutionClient
internal import ResolutionProtocol

/// `idctl resolve`: asks a server for an identifier's values.
struct ResolveCommand: IdctlCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "resolve",
            abstract: Speech.words("Resolve an identifier.", "解析标识。"),
            discussion: Speech.words(
                """
                Examples:
                  idctl resolve 88.118.8/JXDY2106023 --server 127.0.0.1:2641
                  idctl resolve 88.118.8/JXDY2106023 --type URL --json
                """,
                """
                示例：
                  idctl resolve 88.118.8/JXDY2106023 --server 127.0.0.1:2641
                  idctl resolve 88.118.8/JXDY2106023 --type URL --json
                """
            )
        )
    }

    @Argument(help: Speech.help("The identifier, such as 88.118.8/JXDY2106023.", "标识，例如 88.118.8/JXDY2106023。"))
    var identifier: String

    @Option(help: Speech.help("The server to ask.", "要询问的服务器。", name: "host:port"))
    var server: String?

    @Option(help: Speech.help("A node's configuration: ask its first listener.", "节点配置：询问其第一个监听地址。", name: "file"))
    var config: String?

    @Flag(help: Speech.help("Ask over TCP alone.", "只用 TCP。"))
    var tcp = false

    @Flag(help: Speech.help("Ask over UDP alone.", "只用 UDP。"))
    var udp = false

    @Option(help: Speech.help("Only values of this type; may be repeated.", "只要此类型的值，可重复。"))
    var type: [String] = []

    @Option(help: Speech.help("Only the value with this index; may be repeated.", "只要此索引的值，可重复。"))
    var index: [UInt32] = []

    @Flag(help: Speech.help("Print JSON.", "输出 JSON。"))
    var json = false

    @Flag(help: Speech.help("Say how the answer came.", "说明应答的经过。"))
    var explain = false

    @OptionGroup var speech: SpeechOptions

    func validate() throws {
        if tcp && udp {
            throw ValidationError(Speech.words("--tcp and --udp exclude each other", "--tcp 与 --udp 不能同时使用"))
        }
    }

    func perform(_ session: Session) throws(CommandFailure) -> ProgramExit {
        let report = try ask(ServerChoice.address(server: server, configurationPath: config))
        if json {
            try session.write(report.json(isExplained: explain))
        } else {
            try session.print(report.lines(language: session.language))
            if explain {
                try session.print([""] + Explanation.lines(of: report, language: session.language))
            }
        }
        return ResponseMeaning.exit(for: report.code)
    }

    private func ask(_ address: SocketAddress) throws(CommandFailure) -> AnswerReport {
        let name = try IdentifierWording.checked(identifier)
        let transport: AskTransport = tcp ? .tcp : udp ? .udp : .automatic
        let client = BlockingClient(server: address, transport: transport)
        let request = Message.resolution(of: name, indexes: index, types: type.map { Array($0.utf8) })
        let start = ContinuousClock.now
        do throws(AskError) {
            let (answer, carrier) = try client.askWithCarrier(request)
            let elapsed = ContinuousClock.now - start
            return AnswerReport(
                identifier: name,
                server: "\(address)",
                carrier: carrier,
                answer: answer,
                elapsed: elapsed,
                sendings: carrier == .udp ? Self.sendings(in: elapsed, waits: client.timeouts.udpWaits) : 1
            )
        } catch {
            throw CommandFailure(.noAnswer(error), exit: error.failure.isUnreachable ? .outcomeUnknown : .failed)
        }
    }

    /// How often a question was sent that was answered after `elapsed`, with `waits` in milliseconds between.
    static func sendings(in elapsed: Duration, waits: [Int]) -> Int {
        var end = Duration.zero
        var count = 1
        for wait in waits.dropLast() {
            end += .milliseconds(wait)
            if elapsed >= end { count += 1 }
        }
        return count
    }
}
