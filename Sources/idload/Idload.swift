internal import ArgumentParser
internal import Console
internal import EventLoop
internal import ResolutionClient

/// The load tool: how many resolutions a second, how fast, and is every answer right.
@main
struct Idload: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "idload",
        abstract: "Puts a node under load, and checks every answer.",
        discussion: """
            Examples:
              idload 127.0.0.1:2641 --replay sample.txt
              idload 127.0.0.1:2641 --protocol tcp --once --verify full --expect registry.csv

            This form of the tool has one load: a closed loop, which sends the next question when an answer has \
            come or a question is given up. Identifiers are chosen evenly. The questions are held in memory, \
            about 100 bytes each.

            Exit codes: 0 done, 7 nobody answers, 10 a condition of --fail is not met, 64 usage, 130 interrupted.
            """
    )

    @OptionGroup var options: LoadOptions

    func run() throws {
        StandardOutput.ignoreClosedPipes()
        Interruption.takeOn()
        let environment = ProcessEnvironment.ofThisProcess()
        let wanted = options.lang.flatMap { Language(tag: $0) }
        let language = Language.chosen(option: wanted, environment: environment)
        let terminal = Terminal(descriptor: 2, environment: environment, noColour: false)
        throw ArgumentParser.ExitCode(end(language, terminal: terminal).rawValue)
    }

    /// Measures, says what went wrong if anything did, and tells how to end.
    private func end(_ language: Language, terminal: Terminal) -> Console.ExitCode {
        do throws(LoadError) {
            return try measure(language, terminal: terminal)
        } catch {
            var errors = StandardOutput(.error)
            // Nobody to tell where standard error itself cannot be written.
            try? errors.writeLine(error.message.rendered(program: "idload", language: language))
            try? errors.flush()
            return error.exitCode
        }
    }

    func validate() throws {
        if let lang = options.lang, Language(tag: lang) == nil {
            throw ValidationError("“\(lang)” cannot be used for --lang: give zh or en")
        }
    }

    private func measure(_ language: Language, terminal: Terminal) throws(LoadError) -> Console.ExitCode {
        let plan = try options.plan()
        let thresholds = try options.thresholds()
        let questions = try options.questions(for: plan)
        let carrier: any LoadCarrier
        do throws(AskFailure) {
            carrier = try LoadRun.open(plan)
        } catch {
            throw LoadError(.unreachable(plan.target, carrier: plan.carrier, why: error), exitCode: .outcomeUnknown)
        }
        var live = LiveLine(terminal: terminal, language: language)
        let run = LoadRun(plan: plan, questions: questions, carrier: carrier)
        let result = run.run { elapsed, tally in live.show(elapsedSeconds: elapsed, tally) }
        live.end()
        let report = LoadReport(
            plan: plan,
            result: result,
            thresholds: thresholds,
            questionCount: questions.knownCount,
            commandLine: CommandLine.arguments
        )
        try write(report, language)
        guard result.tally.answered > 0 || result.wasInterrupted else {
            let why: AskFailure? = result.wasRefused ? .refused : nil
            throw LoadError(.unreachable(plan.target, carrier: plan.carrier, why: why), exitCode: .outcomeUnknown)
        }
        return report.exitCode
    }

    private func write(_ report: LoadReport, _ language: Language) throws(LoadError) {
        var output = StandardOutput(.output)
        do throws(OutputError) {
            if options.json {
                try output.write(report.json)
            } else {
                for line in report.lines(language) { try output.writeLine(line) }
            }
            try output.flush()
        } catch {
            guard case .failed(let code) = error else { return }
            throw LoadError(.cannotWriteOutput(errorNumber: code))
        }
    }
}
