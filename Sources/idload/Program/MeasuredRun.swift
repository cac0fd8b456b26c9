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
        self.plan = counting?.partPlan ?? plan
        self.counting = counting
        self.questions = questions
        self.thresholds = thresholds
        self.facts = facts
        self.options = options
    }

    /// Runs, writes the result, and tells how to end.
    func end(_ terminal: Terminal, _ language: Language) throws(LoadError) -> Console.ExitCode {
        let files = try options.outputs.files()
        let ending = try run(terminal, language)
        var document = RunDocument(
            plan,
            ending.result,
            identifierCount: questions.knownCount,
            thresholds: thresholds,
            facts: facts,
            rows: ending.rows
        )
        document.abortedBy = ending.abortedBy
        document.count = ending.count
        try ResultOutputs.print(document, asJSON: options.outputs.json, language)
        try files.write(document, language)
        if let failure = ending.fileFailure { throw failure }
        let isSilent = ending.result.tally.answered == 0 && counting?.isNothingLeft != true
        guard !isSilent || ending.result.wasInterrupted else {
            let why: AskFailure? = ending.result.wasRefused ? .refused : nil
            throw LoadError(.unreachable(plan.targets[0], why: why), exitCode: .outcomeUnknown)
        }
        return document.exitCode
    }

    /// Asks, and shows, writes and judges each second.
    private func run(_ terminal: Terminal, _ language: Language) throws(LoadError) -> Ending {
        let crew = try LoadCrew.reach(plan, questions)
        let file = try options.csv.map { path throws(LoadError) in try SecondsFile(path: path) }
        file?.begin(facts)
        var live = LiveLine(terminal: terminal, language: language)
        var totals = RunningTotals(warmupSeconds: plan.warmupSeconds)
        var rows = SecondRows(plannedSeconds: Double(plan.nanoseconds) / 1e9)
        var abortedBy: Threshold?
        // Its own waiting for a processor would be read as the server's.
        ThreadPace.prompt.adopt()
        let result = try crew.tellingRun { second in
            totals.add(second)
            live.show(second, progress: counting?.progress(totals))
            file?.add(second)
            rows.add(second)
            counting?.note(totals)
            if options.abortOnFail, abortedBy == nil { abortedBy = broken(by: totals) }
        }
        live.end()
        let count = try counting.map { counting throws(LoadError) in try counting.end(result, totals) }
        return Ending(result: result, abortedBy: abortedBy, fileFailure: file?.failure, count: count, rows: rows)
    }

    /// The first condition that can no longer hold, for which the run then ends.
    private func broken(by totals: RunningTotals) -> Threshold? {
        let result = totals.result(of: plan)
        guard let first = thresholds.first(where: { $0.isBroken(by: result) }) else { return nil }
        plan.stop.request()
        return first
    }
}
