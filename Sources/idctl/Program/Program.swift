internal import ArgumentParser
internal import Console
internal import Glibc

/// From the process's arguments to its exit code.
@main
enum Program {
    static func main() {
        StandardOutput.ignoreClosedPipes()
        Glibc.exit(run(Array(CommandLine.arguments.dropFirst())).rawValue)
    }

    private static func run(_ arguments: [String]) -> ProgramExit {
        let options = GlobalOptions.take(from: arguments)
        let environment = ProcessEnvironment.ofThisProcess()
        let session = Session(
            language: Language.chosen(option: options.language, environment: environment),
            outputTerminal: Terminal(descriptor: 1, environment: environment, noColour: options.noColour),
            errorTerminal: Terminal(descriptor: 2, environment: environment, noColour: options.noColour)
        )
        do throws(CommandFailure) {
            return try perform(options, session)
        } catch {
            // What was printed before the failure is still the user's.
            try? session.finish()
            for message in error.messages { session.tell(message) }
            return error.exit
        }
    }

    private static func perform(_ options: GlobalOptions, _ session: Session) throws(CommandFailure) -> ProgramExit {
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
            return try say(error, about: options.rest, session)
        }
        guard let command = command as? any IdctlCommand else { return .done }
        let exit = try command.perform(session)
        try session.finish()
        return exit
    }

    /// Help and version go to standard output; a wrong command line is told and ends with 64.
    private static func say(
        _ error: any Error,
        about arguments: [String],
        _ session: Session
    ) throws(CommandFailure) -> ProgramExit {
        guard Idctl.exitCode(for: error).isSuccess else {
            let help = Idctl.helpMessage(for: CommandNames.command(of: arguments))
            if let message = UnknownFlag.complaint(in: arguments, help: help) {
                throw CommandFailure(message, exit: .usage)
            }
            throw CommandFailure(.wrongCommandLine(Idctl.message(for: error)), exit: .usage)
        }
        try session.print(HelpText.lines(Idctl.fullMessage(for: error), language: session.language))
        try session.finish()
        return .done
    }
}
