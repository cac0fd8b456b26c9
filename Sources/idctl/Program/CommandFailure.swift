internal import Console

/// Why a command did not do all of what it was asked: what a person is told, and how the program ends.
struct CommandFailure: Error {
    /// What to say, the most important last; nothing where silence is right.
    let messages: [UserMessage]
    /// How the program ends.
    let exit: ProgramExit

    init(_ messages: [UserMessage], exit: ProgramExit) {
        self.messages = messages
        self.exit = exit
    }

    init(_ message: UserMessage, exit: ProgramExit = .failed) {
        self.init([message], exit: exit)
    }

    /// A reader that has gone ends the program in silence; anything else is told.
    init(_ error: OutputError) {
        switch error {
        case .readerGone: self.init([], exit: .done)
        case .failed(let number): self.init(.cannotWriteOutput(errorNumber: number))
        }
    }

    /// Ctrl-C; `resume` says how to go on.
    static func interrupted(resume: LocalizedText? = nil) -> CommandFailure {
        CommandFailure(.interrupted(resume: resume), exit: .interrupted)
    }
}
