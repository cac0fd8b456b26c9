internal import ArgumentParser
internal import Console
internal import Glibc

/// From the process's arguments to its exit code.
@main
enum Program {
    static func main() {
        if let complaint = Speech.argument.complaint ?? CommandNames.complaint(about: Speech.argument.rest) {
            Glibc.exit(ParserEnding.refuse(complaint, program: "idnode", language: Speech.language).rawValue)
        }
        do {
            var command = try IDNode.parseAsRoot(Speech.argument.rest)
            try command.run()
        } catch let code as ArgumentParser.ExitCode {
            Glibc.exit(code.rawValue)
        } catch {
            Glibc.exit(end(error).rawValue)
        }
    }

    /// Help and version are shown; a wrong command line is told.
    private static func end(_ error: any Error) -> Console.ExitCode {
        guard IDNode.exitCode(for: error).isSuccess else {
            let help = IDNode.helpMessage(for: CommandNames.command(of: Speech.argument.rest))
            let message = UnknownFlag.complaint(in: Speech.argument.rest, help: help)
            return ParserEnding.refuse(
                message ?? .wrongCommandLine(IDNode.message(for: error)),
                program: "idnode",
                language: Speech.language
            )
        }
        return ParserEnding.show(IDNode.fullMessage(for: error), language: Speech.language)
    }
}
