/// How a program ends whose parser has read no command to carry out.
package enum ParserEnding {
    /// Prints what was asked for, help or the version, and returns 0.
    package static func show(_ text: String, language: Language) -> ExitCode {
        var output = StandardOutput(.output)
        do throws(OutputError) {
            for line in HelpText.lines(text, language: language) { try output.writeLine(line) }
            try output.flush()
        } catch {
            // A reader that has gone wanted no more.
            if case .failed = error { return .failed }
        }
        return .done
    }

    /// Tells what is wrong with the command line of `program`, and returns 64.
    package static func refuse(_ message: UserMessage, program: String, language: Language) -> ExitCode {
        var errors = StandardOutput(.error)
        // Nobody can be told that standard error is gone.
        try? errors.writeLine(message.rendered(program: program, language: language))
        try? errors.flush()
        return .usage
    }
}
