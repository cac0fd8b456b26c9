import ArgumentParser
import Console
import ResolutionProtocol
import Testing

@testable import idctl

@Suite struct BatchRunTests {
    private static func run(
        _ script: String,
        keepsGoing: Bool = false,
        options: [String] = [],
        isJSON: Bool = true,
        isScriptInput: Bool = false
    ) throws -> (exit: Console.ExitCode, outcomes: [BatchRun.Outcome], run: BatchRun) {
        let terminal = Terminal(isTerminal: false, isDecorated: false)
        let session = Session(
            language: .english,
            outputTerminal: terminal,
            errorTerminal: terminal,
            options: .take(from: options)
        )
        var run = BatchRun(session: session, keepsGoing: keepsGoing, isJSON: isJSON, isScriptInput: isScriptInput)
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

    /// What a context says of a command line, by its message's code; nil: nothing.
    private static func complaint(_ words: [String], isJSON: Bool, isScriptInput: Bool) throws -> String? {
        let command = try #require(try Idctl.parseAsRoot(words) as? any IdctlCommand)
        let capture = isJSON ? OutputCapture() : nil
        let context = BatchContext(options: GlobalOptions(), capture: capture, isScriptInput: isScriptInput)
        do throws(CommandFailure) { try context.check(command) } catch {
            #expect(error.exit == .usage)
            return error.messages.first?.code.description
        }
        return nil
    }

    @Test(arguments: [
        ["import", "-", "--format", "csv", "--data", "d"], ["import", "f.csv", "--mapping", "-", "--data", "d"],
        ["verify", "-", "--format", "csv"], ["restore", "-", "--check"], ["key", "show", "-"],
        ["id", "create", "88.118/x", "--from", "-", "--config", "c"],
        ["id", "set", "88.118/x", "--from=-", "--config", "c"],
        ["prefix", "home", "--from", "-", "--data", "d"], ["prefix", "unhome", "--from", "-", "--data", "d"],
        ["prefix", "delegate", "--from", "-", "--data", "d", "--site", "192.0.2.7:2641"],
        ["prefix", "host", "--from", "-", "--data", "d"], ["prefix", "enable", "--from", "-", "--data", "d"],
        ["prefix", "disable", "--from", "-", "--data", "d"],
        ["prefix", "limit", "--from", "-", "--identifiers", "1", "--data", "d"],
        ["template", "create", "-", "--data", "d"], ["template", "check", "-", "--data", "d"],
        ["template", "update", "-", "--data", "d"],
    ])
    func `A13 what reads standard input is refused where that is the script`(words: [String]) throws {
        #expect(try Self.complaint(words, isJSON: false, isScriptInput: true) == "E-BATCH-007")
        #expect(try Self.complaint(words, isJSON: true, isScriptInput: false) == nil)
    }

    @Test(arguments: [
        ["export", "--data", "d"], ["export", "--data", "d", "--output", "-"], ["backup", "--data", "d", "--to", "-"],
        ["import", "f.csv", "--data", "d", "--rejects", "-"],
        ["import", "f.csv", "--config", "c", "--receipts", "-"],
    ])
    func `C1 nothing is written between lines of JSON`(words: [String]) throws {
        #expect(try Self.complaint(words, isJSON: true, isScriptInput: false) == "E-BATCH-008")
        #expect(try Self.complaint(words, isJSON: false, isScriptInput: true) == nil)
        #expect(try Self.complaint(["backup", "--data", "d", "--to", "f"], isJSON: true, isScriptInput: true) == nil)
    }

    @Test func `C1 a script is refused such a command before the command does anything`() throws {
        let outcomes = try Self.run("export --data /none\nimport - --data /none --format csv", keepsGoing: true)
        #expect(outcomes.outcomes.map(\.exit) == [.usage, .failed])
        let second = try Self.run("import - --data /none --format csv", isJSON: false, isScriptInput: true)
        #expect(second.outcomes.map(\.exit) == [.usage])
    }

    @Test func `C5 an outcome does not repeat a secret`() throws {
        let script = "id create 88.118/x --value '301 HS_SECKEY topsecret' --config c"
        let outcome = try #require(try Self.run(script).outcomes.first)
        let terminal = Terminal(isTerminal: false, isDecorated: false)
        let session = Session(language: .english, outputTerminal: terminal, errorTerminal: terminal)
        let (text, json) = (outcome.text(session), String(decoding: outcome.json(), as: UTF8.self))
        #expect(text.hasSuffix(": id create 88.118/x --value *** --config c"), "\(text)")
        #expect(!json.contains("topsecret") && json.contains(#""--value","***","--config""#), "\(json)")
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
        let context = BatchContext(options: GlobalOptions(), capture: nil, isScriptInput: false)
        let inScript = Session(
            language: .english,
            outputTerminal: terminal,
            errorTerminal: terminal,
            batch: context
        )
        #expect(inScript.noInput)
        #expect(throws: CommandFailure.self) { try Question.ask("?", before: .one, Question.Answered(), inScript) }
    }
}
