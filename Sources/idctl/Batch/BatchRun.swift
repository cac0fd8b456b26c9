internal import Console

/// Runs the commands of a script, one after the other, in this process.
struct BatchRun {
    /// What became of a command.
    struct Outcome {
        let line: BatchScript.Line
        let exit: ProgramExit
        let elapsed: Duration
        /// What it wrote to standard output, where that is kept.
        let output: OutputCapture?
    }

    let session: Session
    let keepsGoing: Bool
    /// Whether results are told as JSON Lines.
    let isJSON: Bool
    /// Whether the script is standard input.
    let isScriptInput: Bool
    private(set) var doneCount = 0
    private(set) var failedCount = 0

    init(session: Session, keepsGoing: Bool, isJSON: Bool, isScriptInput: Bool = false) {
        self.session = session
        self.keepsGoing = keepsGoing
        self.isJSON = isJSON
        self.isScriptInput = isScriptInput
    }

    /// Runs `lines`, hands the outcome of each on to `tell`, and says how the script ends. Stops after a command that
    /// fails, unless it keeps going, and after the one under way at Ctrl-C.
    mutating func run(
        _ lines: [BatchScript.Line],
        tell: (Outcome) throws(CommandFailure) -> Void
    ) throws(CommandFailure) -> ProgramExit {
        for line in lines {
            if Interruption.isRequested { return .interrupted }
            let outcome = run(line)
            if outcome.exit == .done { doneCount += 1 } else { failedCount += 1 }
            try tell(outcome)
            if outcome.exit == .interrupted { return .interrupted }
            if outcome.exit != .done, !keepsGoing { return outcome.exit }
        }
        if Interruption.isRequested { return .interrupted }
        return failedCount > 0 ? .partlyDone : .done
    }

    private func run(_ line: BatchScript.Line) -> Outcome {
        let start = ContinuousClock.now
        let context = BatchContext(
            options: session.options,
            capture: isJSON ? OutputCapture() : nil,
            isScriptInput: isScriptInput
        )
        let invocation = Invocation(
            line.words,
            environment: session.environment,
            logins: session.logins,
            batch: context
        )
        let exit = invocation.run()
        return Outcome(line: line, exit: exit, elapsed: ContinuousClock.now - start, output: context.capture)
    }
}
