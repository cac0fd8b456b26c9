internal import ArgumentParser

/// A command of this program: what it does once its arguments have been read.
protocol IdctlCommand: ParsableCommand {
    /// Does it, and says how the program ends.
    func perform(_ session: Session) throws(CommandFailure) -> ProgramExit
}
