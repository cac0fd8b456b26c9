internal import ArgumentParser
internal import Console
internal import Glibc

/// From the process's arguments to its exit code.
@main
enum Program {
    static func main() {
        if let complaint = Speech.argument.complaint {
            Glibc.exit(ParserEnding.refuse(complaint, program: "idload", language: Speech.language).rawValue)
        }
        do {
            var command = try NamedCommands.root(for: Speech.argument.rest).parseAsRoot(Speech.argument.rest)
            try command.run()
        } catch let code as ArgumentParser.ExitCode {
            Glibc.exit(code.rawValue)
        } catch {
            Glibc.exit(end(error).rawValue)
        }
    }

    /// Help and version are shown; a wrong command line is told.
    private static func end(_ error: any Error) -> Console.ExitCode {
        guard Idload.exitCode(for: error).isSuccess else {
            let help = Idload.helpMessage(for: NamedCommands.command(of: Speech.argument.rest) ?? Idload.self)
            let message = UnknownFlag.complaint(in: Speech.argument.rest, help: help)
            return ParserEnding.refuse(
                message ?? .wrongCommandLine(Idload.message(for: error)),
                program: "idload",
                language: Speech.language
            )
        }
        return ParserEnding.show(Idload.fullMessage(for: error), language: Speech.language)
    }
}
