internal import ArgumentParser
internal import Console
internal import Glibc

/// A command line: its options and settings, what it speaks through, and its way to an exit code.
struct Invocation {
    private let options: GlobalOptions
    private let settings: Settings
    let session: Session

    /// Reads what `arguments` and the environment say, whatever the command is. In a script `batch` is what its
    /// commands have in common.
    init(
        _ arguments: [String],
        environment: ProcessEnvironment,
        logins: Logins,
        batch: BatchContext? = nil
    ) {
        var options = GlobalOptions.take(from: arguments)
        if let batch { options.inherit(batch.options) }
        self.options = options
        settings = SettingsReading(options: options, environment: environment).settings()
        session = Session(
            language: settings.language(option: options.language, environment: environment),
            outputTerminal: Terminal(descriptor: 1, environment: environment, noColour: options.noColour),
            errorTerminal: Terminal(descriptor: 2, environment: environment, noColour: options.noColour),
            options: options,
            environment: environment,
            logins: logins,
            batch: batch
        )
    }

    /// Carries the command out and tells what went wrong.
    func run() -> ProgramExit {
        let (session, settings) = (session, settings)
        return Settings.$current.withValue(settings) {
            Speech.$language.withValue(session.language) {
                do throws(CommandFailure) {
                    return try perform()
                } catch {
                    // What was printed before the failure is still the user's.
                    try? session.finish()
                    for message in error.messages { session.tell(message) }
                    return error.exit
                }
            }
        }
    }

    private func perform() throws(CommandFailure) -> ProgramExit {
        if let unknown = options.unknownLanguage {
            let expected = LocalizedText(english: "zh or en", chinese: "zh 或 en")
            throw CommandFailure(.unusableArgument("--lang", value: unknown, expected: expected), exit: .usage)
        }
        if let message = CommandNames.complaint(about: options.rest) { throw CommandFailure(message, exit: .usage) }
        var command: any ParsableCommand
        do {
            command = try Idctl.parseAsRoot(options.rest)
            // Help, and commands that only group others, are the parser's own: running them says what to print.
            if !(command is any IdctlCommand) { try command.run() }
        } catch {
            return try say(error)
        }
        guard let command = command as? any IdctlCommand else { return .done }
        try session.batch?.check(command)
        let exit = try command.perform(session)
        try session.finish()
        return exit
    }

    /// Help and version go to standard output; a wrong command line is told and ends with 64.
    private func say(_ error: any Error) throws(CommandFailure) -> ProgramExit {
        guard Idctl.exitCode(for: error).isSuccess else {
            // Neither sentence may repeat it.
            if ShownWords.holdsSecretKey(options.rest) { throw ValueOptions.secretKeyGiven }
            let help = Idctl.helpMessage(for: CommandNames.command(of: options.rest))
            if let message = UnknownFlag.complaint(in: options.rest, help: help) {
                throw CommandFailure(message, exit: .usage)
            }
            throw CommandFailure(.wrongCommandLine(Idctl.message(for: error)), exit: .usage)
        }
        try session.print(HelpText.lines(Idctl.fullMessage(for: error), language: session.language))
        try session.finish()
        return .done
    }
}
