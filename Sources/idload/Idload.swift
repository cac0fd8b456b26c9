internal import ArgumentParser
internal import Console
internal import EventLoop
internal import ResolutionClient

/// The load tool: how many resolutions a second, how fast, and is every answer right.
struct Idload: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "idload",
            abstract: Speech.words(
                "Puts a node under load, and checks every answer.",
                "对节点施加负载，并核对每个应答。"
            ),
            discussion: Speech.examples(
                "idload 127.0.0.1:2641 --replay sample.txt",
                "idload 127.0.0.1:2641 --protocol tcp --once --verify full --expect registry.csv"
            ) + "\n\n" + Speech.words(english, chinese),
            version: Version.text
        )
    }

    private static let english = """
        This form of the tool has one load: a closed loop, which sends the next question when an answer has \
        come or a question is given up. Identifiers are chosen evenly. The questions are held in memory, \
        about 100 bytes each.
        """
    private static let chinese = """
        目前只有一种负载：闭环，收到应答或放弃一个查询后才发送下一个。标识均匀选取。查询保存在内存中，\
        每个约 100 字节。
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
