internal import Console

/// Why a run did not take place.
struct LoadError: Error {
    let message: UserMessage
    let exitCode: Console.ExitCode

    init(_ message: UserMessage, exitCode: Console.ExitCode = .failed) {
        self.message = message
        self.exitCode = exitCode
    }

    /// How to end after `body`; why it failed, if it does, is told on standard error.
    static func told(
        _ language: Language,
        _ body: () throws(LoadError) -> Console.ExitCode
    ) -> Console.ExitCode {
        do throws(LoadError) {
            return try body()
        } catch {
            var errors = StandardOutput(.error)
            // Nobody to tell where standard error itself cannot be written.
            try? errors.writeLine(error.message.rendered(program: "idload", language: language))
            try? errors.flush()
            return error.exitCode
        }
    }
}
