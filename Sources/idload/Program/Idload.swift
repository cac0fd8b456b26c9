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
        that a target that stalls cannot hide it. The questions are held in memory, about 100 bytes each.
        """
    private static let chinese = """
        查询按计划发送，不等待应答（开环），默认每秒 1,000 个；使用 --closed 时收到应答才发送下一个。响应时间从计划\
        发送时刻起算，目标停顿无法被掩盖。查询保存在内存中，每个约 100 字节。
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
        let plan = try options.plan()
        let thresholds = try options.thresholds()
        let questions = try options.questions(for: plan)
        let facts = RunFacts(
            commandLine: CommandLine.arguments,
            version: Version.line,
            host: .ofThisMachine(),
            seed: plan.seed
        )
        let outputs = try ResultOutputs(histogram: options.histogram, report: options.report)
        var secondsFailure: LoadError?
        var rows = SecondRows(plannedSeconds: Double(plan.nanoseconds) / 1e9)
        let result = try load(plan, questions, facts, terminal, language, &rows, secondsFailure: &secondsFailure)
        let report = LoadReport(
            plan: plan,
            result: result,
            thresholds: thresholds,
            questionCount: questions.knownCount,
            facts: facts,
            rows: rows
        )
        try ResultOutputs.print(report.document, asJSON: options.json, language)
        try outputs.write(report.document, language)
        if let secondsFailure { throw secondsFailure }
        guard result.tally.answered > 0 || result.wasInterrupted else {
            let why: AskFailure? = result.wasRefused ? .refused : nil
            throw LoadError(.unreachable(plan.targets[0], why: why), exitCode: .outcomeUnknown)
        }
        return report.exitCode
    }

    /// Runs, and shows, keeps and writes each second.
    private func load(
        _ plan: LoadPlan,
        _ questions: QuestionSet,
        _ facts: RunFacts,
        _ terminal: Terminal,
        _ language: Language,
        _ rows: inout SecondRows,
        secondsFailure: inout LoadError?
    ) throws(LoadError) -> LoadResult {
        let crew: LoadCrew
        do throws(UnreachableTarget) {
            crew = try LoadCrew(plan: plan, questions: questions)
        } catch {
            if case .notSecured = error.failure { throw LoadError(.notSecured(error.target.address, error.failure)) }
            throw LoadError(.unreachable(error.target, why: error.failure), exitCode: .outcomeUnknown)
        }
        let file = try options.csv.map { path throws(LoadError) in try SecondsFile(path: path) }
        file?.begin(facts)
        var live = LiveLine(terminal: terminal, language: language)
        // Its own waiting for a processor would be read as the server's.
        ThreadPace.prompt.adopt()
        let result: LoadResult
        do throws(EventLoopError) {
            result = try crew.run { second in
                live.show(second)
                file?.add(second)
                rows.add(second)
            }
        } catch {
            throw LoadError(.noThread(error))
        }
        live.end()
        secondsFailure = file?.failure
        return result
    }
}
