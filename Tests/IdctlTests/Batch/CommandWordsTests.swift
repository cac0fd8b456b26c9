import Console
import Testing

@testable import idctl

@Suite struct CommandWordsTests {
    @Test(arguments: [
        ("", []), ("   \t", []), ("# all of it", []), ("a  b\tc", ["a", "b", "c"]), ("a #b", ["a"]), ("a#b", ["a#b"]),
        ("'a b'c \"d e\"", ["a bc", "d e"]), ("'' \"\"", ["", ""]), ("a\\ b \\#c \\\\", ["a b", "#c", "\\"]),
        (#"'a\b' "a\b \" \\""#, [#"a\b"#, #"a\b " \"#]), ("--value '1 DESC 水 泵'", ["--value", "1 DESC 水 泵"]),
        ("$HOME *", ["$HOME", "*"]),
    ])
    func `A13 a line is cut into words as a shell does`(line: String, words: [String]) throws {
        #expect(try CommandWords.of(line) == words)
    }

    @Test(arguments: [
        ("id get 'x", CommandWords.Fault.openQuote(column: 8)), ("泵 \"", .openQuote(column: 3)),
        (#"a \"#, .nothingEscaped(column: 3)), (#""a\""#, .openQuote(column: 1)),
    ])
    func `A13 a quote that does not end is told where it begins`(line: String, fault: CommandWords.Fault) {
        #expect(throws: fault) { try CommandWords.of(line) }
    }

    @Test func `A13 a script's commands keep the numbers of their lines`() throws {
        let text = "# first\r\nid get 'a b'\r\n\nresolve x"
        let lines = try BatchScript(Array(text.utf8), path: "s").lines
        #expect(lines.map(\.number) == [2, 4])
        #expect(lines.map(\.words) == [["id", "get", "a b"], ["resolve", "x"]])
    }

    @Test func `A13 every line that cannot be read is told, up to a bound`() throws {
        let long = String(repeating: "x", count: BatchScript.lineByteCountMax)
        #expect(try BatchScript(Array(long.utf8), path: "s").lines.count == 1)
        var bytes = Array("a '\n\(long)x\nb \\\n".utf8) + [0xFF, 0x0A]
        let failure = try #require(throws: CommandFailure.self) { try BatchScript(bytes, path: "s") }
        #expect(failure.exit == .usage)
        #expect(failure.messages.map(\.code) == ["E-BATCH-001", "E-BATCH-003", "E-BATCH-002", "E-BATCH-004"])
        #expect(failure.messages.map { $0.place?.description ?? "" } == ["s:1:3", "s:2", "s:3:3", "s:4"])
        bytes = Array(String(repeating: "'\n", count: 1_000).utf8)
        let many = try #require(throws: CommandFailure.self) { try BatchScript(bytes, path: "s") }
        #expect(many.messages.count == 20)
    }
}
