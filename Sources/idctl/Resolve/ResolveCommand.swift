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
        let reading = IdentifierReading(Array(identifier.utf8))
        _ = try IdentifierWording.checked(reading.identifier)
        if !reading.changes.isEmpty { session.tell(.readDifferently(reading)) }
        let route = try ServerRoute.find(server: server, configurationPath: config)
        let explanation = ask(reading, route)
        guard case .success(let report) = explanation.outcome else { return try fail(explanation, session) }
        if json {
            try session.write(report.json(explain ? explanation : nil))
        } else {
            try session.print(report.lines(language: session.language))
            if explain { try session.print([""] + explanation.lines(language: session.language)) }
        }
        return ResponseMeaning.exit(for: report.code)
    }

    /// Asks, and notes the time of each step where that is to be told.
    private func ask(_ reading: IdentifierReading, _ route: ServerRoute) -> Explanation {
        let transport: AskTransport = tcp ? .tcp : udp ? .udp : .automatic
        let client = BlockingClient(server: route.address, transport: transport)
        let types = type.map { Array($0.utf8) }
        let request = Message.resolution(of: reading.identifier, indexes: index, types: types)
        let start = SystemClock.monotonicNanoseconds()
        var trace = explain ? AskTrace(now: start) : nil
        let outcome: Result<AnswerReport, AskError>
        do throws(AskError) {
            let (answer, carrier) = try client.ask(request, tracing: &trace)
            let server = "\(route.address)"
            outcome = .success(
                AnswerReport(identifier: reading.identifier, server: server, carrier: carrier, answer: answer)
            )
        } catch {
            outcome = .failure(error)
        }
        return Explanation(
            reading: reading,
            route: route,
            transport: transport,
            flags: request.header.flags,
            trace: trace ?? AskTrace(now: start),
            outcome: outcome
        )
    }

    /// No answer came: what was tried is told where that is wanted.
    private func fail(_ explanation: Explanation, _ session: Session) throws(CommandFailure) -> ProgramExit {
        guard case .failure(let error) = explanation.outcome else { return .failed }
        let message = UserMessage.noAnswer(error)
        if explain {
            if json {
                try session.write(explanation.failureJSON(message))
            } else {
                try session.print(explanation.lines(language: session.language))
            }
        }
        throw CommandFailure(message, exit: error.failure.isUnreachable ? .outcomeUnknown : .failed)
    }
}
