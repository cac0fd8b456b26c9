internal import Console
internal import EventLoop
internal import ResolutionClient

/// A run at the rate that was asked for, from its sockets to its result.
struct MeasuredRun {
    /// What came of it beside the result.
    private struct Ending {
        var result: LoadResult
        var abortedBy: Threshold?
        var fileFailure: LoadError?
        var count: CountRun.Ending?
        var written: WriteFigures?
        var rows: SecondRows
    }

    private let plan: LoadPlan
    private let questions: QuestionSet
    private let thresholds: [Threshold]
    private let facts: RunFacts
    private let options: LoadOptions
    private let counting: CountRun?

    init(
        _ plan: LoadPlan,
        _ questions: QuestionSet,
        thresholds: [Threshold],
        facts: RunFacts,
        _ options: LoadOptions,
        counting: CountRun?
    ) {
        var plan = counting?.partPlan ?? plan
        plan.rateChanges = options.rateChanges(for: plan)
        self.plan = plan
        self.counting = counting
        self.questions = questions
        self.thresholds = thresholds
        self.facts = facts
        self.options = options
    }

    /// Runs, writes the result, and tells how to end.
    func end(_ terminal: Terminal, _ language: Language) throws(LoadError) -> Console.ExitCode {
        let files = try options.outputs.files()
        defer { questions.stream?.close() }
        let ending = try run(terminal, language)
        var document = RunDocument(
            plan,
            ending.result,
            identifierCount: questions.identifierCount,
            thresholds: thresholds,
            facts: facts,
            rows: ending.rows
        )
        document.abortedBy = ending.abortedBy
        document.count = ending.count
        document.written = ending.written
        try ResultOutputs.print(document, asJSON: options.outputs.json, language)
        try files.write(document, language)
        if let failure = ending.fileFailure ?? questions.stream?.failure { throw failure }
        let isSilent = ending.result.tally.answered == 0 && counting?.isNothingLeft != true
        guard !isSilent || ending.result.wasInterrupted else {
            let why: AskFailure? = ending.result.wasRefused ? .refused : nil
            throw LoadError(.unreachable(plan.targets[0], why: why), exitCode: .outcomeUnknown)
        }
        return document.exitCode
    }

    /// Asks, and shows, writes and judges each second.
    private func run(_ terminal: Terminal, _ language: Language) throws(LoadError) -> Ending {
        let reach = try RunReach(plan, socketPath: options.pace.controlSocket, language)
        defer { reach.close() }
        let crew = try LoadCrew.reach(plan, questions)
        let file = try options.csv.map { path throws(LoadError) in try SecondsFile(path: path) }
        file?.begin(facts)
        var live = LiveLine(terminal: terminal, language: language)
        if options.keys.replay != "-", let help = reach.open(terminal) { live.say(help[language]) }
        var totals = RunningTotals(warmupSeconds: plan.warmupSeconds)
        // How long a closed loop takes for a number of questions nobody knows.
        let isOpenEnded = counting != nil && !plan.isOpen
        var rows = SecondRows(plannedSeconds: isOpenEnded ? 0 : Double(plan.nanoseconds) / 1e9)
        var abortedBy: Threshold?
        // Its own waiting for a processor would be read as the server's.
        ThreadPace.prompt.adopt()
        SocketWatch.keepTimersExact()
        var result = try crew.tellingRun { second in
            totals.add(second)
            reach.note(second, totals)
            live.show(second, progress: counting?.progress(totals))
            file?.add(second)
            rows.add(second)
            counting?.note(totals)
            if options.abortOnFail, abortedBy == nil { abortedBy = broken(by: totals) }
        }
        live.end()
        reach.close()
        crew.end()
        let reviews = crew.review(plan)
        for (target, review) in reviews { result.note(review, at: target) }
        let count = try counting.map { counting throws(LoadError) in try counting.end(result, totals) }
        return Ending(
            result: result,
            abortedBy: abortedBy,
            fileFailure: file?.failure,
            count: count,
            written: WriteFigures(of: reviews),
            rows: rows
        )
    }

    /// The first condition that can no longer hold, for which the run then ends.
    private func broken(by totals: RunningTotals) -> Threshold? {
        let result = totals.result(of: plan)
        guard let first = thresholds.first(where: { $0.isBroken(by: result) }) else { return nil }
        plan.stop.request()
        return first
    }
}
