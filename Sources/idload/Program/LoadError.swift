internal import Console

/// Why a run did not take place.
struct LoadError: Error {
    let message: UserMessage
    let exitCode: Console.ExitCode

    init(_ message: UserMessage, exitCode: Console.ExitCode = .failed) {
        self.message = message
        self.exitCode = exitCode
    }

    /// Says on standard error what went wrong; returns how to end.
    func tell(_ language: Language) -> Console.ExitCode {
        var errors = StandardOutput(.error)
        // Nobody to tell where standard error itself cannot be written.
        try? errors.writeLine(message.rendered(program: "idload", language: language))
        try? errors.flush()
        return exitCode
    }

    /// How to end after `body`; why it failed, if it does, is told on standard error.
    static func told(
        _ language: Language,
        _ body: () throws(LoadError) -> Console.ExitCode
    ) -> Console.ExitCode {
        do throws(LoadError) {
            return try body()
        } catch {
            return error.tell(language)
        }
    }
}
