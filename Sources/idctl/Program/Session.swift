internal import Console

/// What a command speaks through: its language, its two streams and what they can show.
final class Session {
    /// The language of everything said to a person.
    let language: Language
    /// What standard output can show.
    let outputTerminal: Terminal
    /// What standard error can show.
    let errorTerminal: Terminal
    private var output = StandardOutput(.output)
    private var errors = StandardOutput(.error, capacity: 1)

    init(language: Language, outputTerminal: Terminal, errorTerminal: Terminal) {
        self.language = language
        self.outputTerminal = outputTerminal
        self.errorTerminal = errorTerminal
    }

    /// Writes bytes to standard output.
    func write(_ bytes: [UInt8]) throws(CommandFailure) {
        do throws(OutputError) { try output.write(bytes) } catch { throw CommandFailure(error) }
    }

    /// Writes lines to standard output.
    func print(_ lines: [String]) throws(CommandFailure) {
        for line in lines { try write(Array((line + "\n").utf8)) }
    }

    /// Writes what is held back; only now is it sure that everything arrived.
    func finish() throws(CommandFailure) {
        do throws(OutputError) { try output.flush() } catch { throw CommandFailure(error) }
    }

    /// Tells a person something on standard error.
    func tell(_ message: UserMessage) {
        let isWarning = message.code.description.utf8.first == UInt8(ascii: "W")
        let line = message.rendered(program: "idctl", language: language)
        note(errorTerminal.painted(line, isWarning ? .yellow : .red) + "\n")
    }

    /// Writes text to standard error as it is, a progress line for example.
    func note(_ text: String) {
        // Nobody can be told that standard error is gone.
        try? errors.write(text)
    }

    /// The wording in the session's language.
    func words(_ english: String, _ chinese: String) -> String {
        language == .chinese ? chinese : english
    }
}
