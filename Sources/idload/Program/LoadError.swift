internal import Console

/// Why a run did not take place.
struct LoadError: Error {
    let message: UserMessage
    let exitCode: Console.ExitCode

    init(_ message: UserMessage, exitCode: Console.ExitCode = .failed) {
        self.message = message
        self.exitCode = exitCode
    }
}
