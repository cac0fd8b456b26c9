import Console
import ResolutionProtocol
import Testing

@testable import idctl

@Suite struct BatchRunTests {
    private static func run(
        _ script: String,
        keepsGoing: Bool = false,
        options: [String] = []
    ) throws -> (exit: Console.ExitCode, outcomes: [BatchRun.Outcome], run: BatchRun) {
        let terminal = Terminal(isTerminal: false, isDecorated: false)
        let session = Session(
            language: .english,
            outputTerminal: terminal,
            errorTerminal: terminal,
            options: .take(from: options)
        )
        var run = BatchRun(session: session, keepsGoing: keepsGoing, isJSON: true)
        var outcomes: [BatchRun.Outcome] = []
        let lines = try BatchScript(Array(script.utf8), path: "s").lines
        let exit = try run.run(lines) { outcomes.append($0) }
        return (exit, outcomes, run)
    }

    @Test func `A13 a script stops at the first command that fails, or goes on`() throws {
        let script = "config show\nkey show /none/key\nconfig show --json\n"
        let stopped = try Self.run(script)
        #expect(stopped.exit == .failed && stopped.outcomes.map(\.exit) == [.done, .failed])
        let all = try Self.run(script, keepsGoing: true)
        #expect(all.exit == .partlyDone && all.outcomes.map(\.exit) == [.done, .failed, .done])
        #expect(all.run.doneCount == 2 && all.run.failedCount == 1)
        #expect(try Self.run("config show").exit == .done)
        #expect(try Self.run("").exit == .done)
    }

    @Test func `A13 a script in a script is refused, and so is a command that is none`() throws {
        let outcomes = try Self.run("batch s\nresolv x\nid delete 88.118/x --yes=1\n", keepsGoing: true).outcomes
        #expect(outcomes.map(\.exit) == [.usage, .usage, .usage])
    }

    @Test func `A13 each line has its result in JSON, its output in it`() throws {
        let outcome = try #require(
            try Self.run("# first\nconfig show --json", options: ["--lang", "zh"]).outcomes.first
        )
        let json = try #require(JSONTree(outcome.json().dropLast().map { $0 }))
        #expect(json["line"] == .word("2") && json["exitCode"] == .word("0"))
        #expect(json["command"] == .array([.string("config"), .string("show"), .string("--json")]))
        guard case .string(let output)? = json["output"] else {
            Issue.record("\(json)")
            return
        }
        #expect(output.contains(#"{"name":"lang","value":"zh"}"#), "the script's options are the command's: \(output)")
    }

    @Test func `A13 output is kept up to a bound`() {
        let capture = OutputCapture()
        capture.take(Array(repeating: 0x41, count: OutputCapture.byteCountMax))
        #expect(!capture.isCut)
        capture.take([0x42])
        #expect(capture.isCut && capture.bytes.count == OutputCapture.byteCountMax)
    }

    @Test func `C4 in a script, and with --no-input, nobody is asked`() throws {
        let terminal = Terminal(isTerminal: true, isDecorated: false)
        let usual = Session(language: .english, outputTerminal: terminal, errorTerminal: terminal)
        #expect(!usual.noInput)
        let options = GlobalOptions.take(from: ["id", "--no-input", "delete", "-q"])
        #expect(options.noInput && options.isQuiet && options.rest == ["id", "delete"])
        let told = Session(language: .english, outputTerminal: terminal, errorTerminal: terminal, options: options)
        #expect(told.noInput)
        let context = BatchContext(options: GlobalOptions(), capture: nil)
        let inScript = Session(
            language: .english,
            outputTerminal: terminal,
            errorTerminal: terminal,
            batch: context
        )
        #expect(inScript.noInput)
        #expect(throws: CommandFailure.self) { try Question.ask("?", .refuse(flag: "--yes"), inScript) }
    }
}
