internal import ArgumentParser
internal import Console
internal import EventLoop
internal import Resolution
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
                  idctl resolve 1.2.156.3088 --dns-resolver 127.0.0.1:53 --explain
                """,
                """
                示例：
                  idctl resolve 88.118.8/JXDY2106023 --server 127.0.0.1:2641
                  idctl resolve 88.118.8/JXDY2106023 --type URL --json
                  idctl resolve 1.2.156.3088 --dns-resolver 127.0.0.1:53 --explain
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

    @OptionGroup var schemes: SchemeOptions
    @OptionGroup var speech: SpeechOptions

    func validate() throws {
        if tcp && udp {
            throw ValidationError(Speech.words("--tcp and --udp exclude each other", "--tcp 与 --udp 不能同时使用"))
        }
    }

    func perform(_ session: Session) throws(CommandFailure) -> ProgramExit {
        let reading = Recognition(Array(identifier.utf8), try schemes.recognitionSettings())
        let oidRoot = try schemes.root()
        if case .objectIdentifierSystem(let labels) = reading.route, let resolver = try schemes.resolver() {
            let resolution = try NameResolution.ask(reading, labels: labels, resolver, oidRoot: oidRoot)
            return try tell(resolution, session)
        }
        try tell(reading, oidRoot: oidRoot, session)
        let route = try ServerRoute.find(server: server, configurationPath: config)
        let explanation = ask(reading, route, oidRoot: oidRoot)
        guard case .success(let report) = explanation.outcome else { return try fail(explanation, session) }
        if report.isStale { session.tell(.staleAnswer(from: report.server)) }
        if json {
            try session.write(report.json(explain ? explanation : nil))
        } else {
            try session.print(report.lines(language: session.language))
            if explain { try session.print([""] + explanation.lines(language: session.language)) }
        }
        return ResponseMeaning.exit(for: report.code)
    }

    /// Warns where something else is asked for than was typed, or meant; and ends here where it cannot be asked for.
    private func tell(_ reading: Recognition, oidRoot: String, _ session: Session) throws(CommandFailure) {
        do throws(CommandFailure) {
            _ = try IdentifierWording.checked(reading.asked)
        } catch {
            let facts = RecognitionFacts(recognition: reading, oidRoot: oidRoot, asksAsItStands: false)
            if explain, !json { try session.print(ExplainedFact.lines(facts.all, language: session.language)) }
            throw error
        }
        if reading.asked != reading.typed { session.tell(.readDifferently(reading)) }
        let isDoubtful = !reading.scheme.isOfHandleProtocol || !reading.alternatives.isEmpty
        if isDoubtful, !explain { session.tell(.recognisedOtherwise(reading, oidRoot: oidRoot)) }
    }

    /// Shows what a name server said of an OID.
    private func tell(_ resolution: NameResolution, _ session: Session) throws(CommandFailure) -> ProgramExit {
        guard let report = resolution.report else { return try fail(resolution, session) }
        if json {
            try session.write(report.json(explain ? resolution : nil))
        } else {
            try session.print(report.lines(language: session.language))
            if explain { try session.print([""] + resolution.lines(language: session.language)) }
        }
        if report.exit == .failed {
            throw CommandFailure(.nameServerRefused(report.answer.code, server: report.server), exit: .failed)
        }
        return report.exit
    }

    /// The name server gave no answer that can be used.
    private func fail(_ resolution: NameResolution, _ session: Session) throws(CommandFailure) -> ProgramExit {
        guard case .failure(let error) = resolution.outcome else { return .failed }
        let message = UserMessage.noAnswer(error)
        if explain, json {
            try session.write(resolution.failureJSON(message))
        } else if explain {
            try session.print(resolution.lines(language: session.language))
        }
        throw CommandFailure(message, exit: error.failure.isUnreachable ? .outcomeUnknown : .failed)
    }

    /// Asks, and notes the time of each step where that is to be told.
    private func ask(_ reading: Recognition, _ route: ServerRoute, oidRoot: String) -> Explanation {
        let transport: AskTransport = tcp ? .tcp : udp ? .udp : .automatic
        let client = BlockingClient(server: route.address, transport: transport)
        let types = type.map { Array($0.utf8) }
        let request = Message.resolution(of: reading.asked, indexes: index, types: types)
        let start = SystemClock.monotonicNanoseconds()
        var trace = explain ? AskTrace(now: start) : nil
        let outcome: Result<AnswerReport, AskError>
        do throws(AskError) {
            let (answer, carrier) = try client.ask(request, tracing: &trace)
            let server = "\(route.address)"
            outcome = .success(
                AnswerReport(identifier: reading.asked, server: server, carrier: carrier, answer: answer)
            )
        } catch {
            outcome = .failure(error)
        }
        return Explanation(
            reading: reading,
            oidRoot: oidRoot,
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
