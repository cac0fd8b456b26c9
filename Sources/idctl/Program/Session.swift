internal import Console

/// What a command speaks through: its language, its two streams and what they can show.
final class Session {
    /// The language of everything said to a person.
    let language: Language
    /// What standard output can show.
    let outputTerminal: Terminal
    /// What standard error can show.
    let errorTerminal: Terminal
    /// The options of every command.
    let options: GlobalOptions
    /// The environment's variables.
    let environment: ProcessEnvironment
    /// The servers that are logged in to.
    let logins: Logins
    /// What a script of commands has in common; nil: this is a command of its own.
    let batch: BatchContext?
    private var output = StandardOutput(.output)
    private var errors = StandardOutput(.error, capacity: 1)

    init(
        language: Language,
        outputTerminal: Terminal,
        errorTerminal: Terminal,
        options: GlobalOptions = GlobalOptions(),
        environment: ProcessEnvironment = ProcessEnvironment([:]),
        logins: Logins = Logins(),
        batch: BatchContext? = nil
    ) {
        self.language = language
        self.outputTerminal = outputTerminal
        self.errorTerminal = errorTerminal
        self.options = options
        self.environment = environment
        self.logins = logins
        self.batch = batch
    }

    /// Whether nobody is to be asked anything: `--no-input`, and always in a script.
    var noInput: Bool { options.noInput || batch != nil }

    /// Writes bytes to standard output.
    func write(_ bytes: [UInt8]) throws(CommandFailure) {
        if let capture = batch?.capture { return capture.take(bytes) }
        do throws(OutputError) { try output.write(bytes) } catch { throw CommandFailure(error) }
    }

    /// Writes lines to standard output.
    func print(_ lines: [String]) throws(CommandFailure) {
        for line in lines { try write(Array((line + "\n").utf8)) }
    }

    /// Prints what a command came to; with `--quiet` nothing where all is well, as a timer's mail is to say.
    func conclude(_ lines: [String], isAllWell: Bool) throws(CommandFailure) {
        if !options.isQuiet || !isAllWell { try print(lines) }
    }

    /// Writes what is held back; only now is it sure that everything arrived.
    func finish() throws(CommandFailure) {
        do throws(OutputError) { try output.flush() } catch { throw CommandFailure(error) }
    }

    /// Tells a person something on standard error.
    func tell(_ message: UserMessage) {
        let isWarning = message.code.description.utf8.first == UInt8(ascii: "W")
        let line = message.rendered(program: "idctl", language: language)
        prompt(errorTerminal.painted(line, isWarning ? .yellow : .red) + "\n")
    }

    /// Tells a person what is good to know and nothing to act upon.
    func inform(_ message: UserMessage) {
        if !options.isQuiet { tell(message) }
    }

    /// Writes to standard error what need not be read: progress, a summary.
    func note(_ text: String) {
        if !options.isQuiet { prompt(text) }
    }

    /// Writes text to standard error as it is.
    func prompt(_ text: String) {
        // Nobody can be told that standard error is gone.
        try? errors.write(text)
    }

    /// The wording in the session's language.
    func words(_ english: String, _ chinese: String) -> String {
        language == .chinese ? chinese : english
    }
}
