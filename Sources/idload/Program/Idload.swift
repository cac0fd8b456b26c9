internal import ArgumentParser
internal import Console
internal import EventLoop
internal import ResolutionClient

/// The load tool: how many resolutions a second, how fast, and is every answer right. Its commands work on results.
struct Idload: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "idload",
            abstract: Speech.words(
                "Puts a node under load, and checks every answer.",
                "对节点施加负载，并核对每个应答。"
            ),
            discussion: Speech.examples(
                "idload 127.0.0.1:2641 --replay sample.txt --rate 10k",
                "idload 127.0.0.1:2641 --closed 64 --once --verify full --expect registry.csv"
            ) + "\n\n" + Speech.words(english, chinese),
            version: Version.text,
            subcommands: NamedCommands.all
        )
    }

    private static let english = """
        Questions are sent by a schedule that does not wait for answers (open loop), 1,000 a second unless told \
        otherwise; --closed sends the next one when an answer has come. Times are counted from the planned sending, so \
        that a target that stalls cannot hide it. Identifiers are held in memory, about 100 bytes each; a list of \
        --replay that is asked for in its order is read while the run goes on.
        """
    private static let chinese = """
        查询按计划发送，不等待应答（开环），默认每秒 1,000 个；使用 --closed 时收到应答才发送下一个。响应时间从计划\
        发送时刻起算，目标停顿无法被掩盖。标识保存在内存中，每个约 100 字节；按顺序查询的 \
        --replay 列表则边运行边读取。
        """

    @OptionGroup var options: LoadOptions

    func run() throws {
        StandardOutput.ignoreClosedPipes()
        Interruption.takeOn()
        let terminal = Terminal(descriptor: 2, environment: .ofThisProcess(), noColour: false)
        throw ArgumentParser.ExitCode(end(Speech.language, terminal: terminal).rawValue)
    }

    /// Measures, says what went wrong if anything did, and tells how to end.
    private func end(_ language: Language, terminal: Terminal) -> Console.ExitCode {
        LoadError.told(language) { () throws(LoadError) in try measure(language, terminal: terminal) }
    }

    private func measure(_ language: Language, terminal: Terminal) throws(LoadError) -> Console.ExitCode {
        var plan = try options.plan()
        let file = options.counting.state.map { StateFile(path: $0) }
        try file?.lock()
        let earlier = try file?.read()
        if options.seed == nil, let earlier { plan.seed = earlier.seed }
        let thresholds = try options.thresholds()
        let limits = try options.search.thresholds()
        let search = try options.search.settings(for: plan)
        let questions = try options.questions(for: plan)
        let facts = RunFacts(
            commandLine: CommandLine.arguments,
            version: Version.line,
            host: .ofThisMachine(),
            seed: plan.seed
        )
        if let search {
            let run = SearchRun(plan, questions, settings: search, limits: limits, facts: facts)
            return try run.end(terminal, language, asJSON: options.outputs.json)
        }
        let isCounted = plan.questionCountMax != nil || options.counting.control != nil
        let control = options.counting.control
        let counting =
            isCounted ? try CountRun(plan, questions, control: control, file: file, from: earlier) : nil
        let run = MeasuredRun(plan, questions, thresholds: thresholds, facts: facts, options, counting: counting)
        return try run.end(terminal, language)
    }
}
