/// What a program prints when it is asked about itself.
package enum HelpText {
    /// The lines of the parser's `text`; a command's help is worded in `language`, and ends with the exit codes.
    ///
    /// Version, completion scripts and the like stay as they are.
    package static func lines(_ text: String, language: Language) -> [String] {
        guard text.hasPrefix("OVERVIEW: ") else { return [text] }
        return [ParserWording.help(text, language: language), ""] + ExitCode.helpLines(language)
    }

    /// The beginning of a command's help: what a person may type, each of `commands` on a line of its own.
    ///
    /// One that is too wide for a terminal goes on in the next line, with a backslash as a shell wants it: the parser
    /// would else break it where it cannot be pasted.
    package static func examples(_ commands: [String], language: Language) -> String {
        let heading = language == .chinese ? "示例：" : "Examples:"
        return ([heading] + commands.flatMap(lines(ofExample:))).joined(separator: "\n")
    }

    private static let exampleColumnMax = 78

    private static func lines(ofExample command: String) -> [String] {
        var lines: [String] = []
        var line = " "
        for word in words(of: command) {
            if DisplayWidth.cells(of: line) + DisplayWidth.cells(of: word) + 3 > exampleColumnMax {
                lines.append(line + " \\")
                line = "     "
            }
            line += " " + word
        }
        return lines + [line]
    }

    /// The words of `command`, an option and what belongs to it as one.
    private static func words(of command: String) -> [String] {
        command.split(separator: " ").reduce(into: []) { words, word in
            if word.hasPrefix("--") || words.isEmpty {
                words.append(String(word))
            } else {
                words[words.count - 1] += " " + word
            }
        }
    }
}
