internal import Console
internal import EventLoop
internal import ResolutionClient

/// A search from its sockets to its result.
struct SearchRun {
    private let plan: LoadPlan
    private let questions: QuestionSet
    private let settings: RateSearch.Settings
    private let limits: [Threshold]
    private let facts: RunFacts

    init(
        _ plan: LoadPlan,
        _ questions: QuestionSet,
        settings: RateSearch.Settings,
        limits: [Threshold],
        facts: RunFacts
    ) {
        self.plan = plan
        self.questions = questions
        self.settings = settings
        self.limits = limits
        self.facts = facts
    }

    /// Searches, writes the result, and tells how to end.
    func end(_ terminal: Terminal, _ language: Language, asJSON: Bool) throws(LoadError) -> Console.ExitCode {
        let crew = try LoadCrew.reach(plan, questions)
        ThreadPace.prompt.adopt()
        SocketWatch.keepTimersExact()
        let line = SearchLine(terminal: terminal, language: language)
        let trial = LoadTrial(crew, limits: limits) { line.show($0) }
        let search = RateSearch(settings) { rate, seconds in
            let outcome = trial.run(ratePerSecond: rate, seconds: seconds)
            line.end(outcome, SearchReport.verdictText(of: outcome))
            return outcome
        }
        let result = search.run()
        crew.end()
        let reviews = crew.review(plan)
        if let failure = trial.failure { throw failure }
        let report = SearchReport(
            plan: plan,
            limits: limits,
            result: result,
            questionCount: questions.knownCount,
            facts: facts,
            written: WriteFigures(of: reviews)
        )
        if asJSON {
            try ResultOutputs.print(report.json)
        } else {
            try ResultOutputs.print(lines: report.lines(language))
        }
        if report.exitCode == .outcomeUnknown {
            let why: AskFailure? = trial.wasRefused ? .refused : nil
            throw LoadError(.unreachable(plan.targets[0], why: why), exitCode: .outcomeUnknown)
        }
        return report.exitCode
    }
}
