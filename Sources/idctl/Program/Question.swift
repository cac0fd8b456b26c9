internal import Console
internal import Glibc

/// Asks a person whether to go on.
enum Question {
    /// What the command line says before anybody is asked.
    struct Answered {
        /// `--yes`: a yes or no is not asked for.
        var isYes = false
        /// `--confirm`: the name that would be typed.
        var name: String?
        /// Whether standard input is taken for something else.
        var isInputTaken = false
    }

    /// Asks before `extent` is destroyed, unless the command line has answered; nobody is asked with `--no-input`, in a
    /// script, or where standard input is no terminal.
    static func ask(
        _ text: String,
        before extent: Consent.Extent,
        _ answered: Answered,
        _ session: Session
    ) throws(CommandFailure) {
        let consent = Consent.needed(
            for: extent,
            isDryRun: false,
            yes: answered.isYes,
            confirmed: answered.name,
            noInput: session.noInput || answered.isInputTaken,
            inputIsTerminal: isatty(0) == 1
        )
        try ask(text, consent, session)
    }

    /// Asks as `consent` says, on standard error; throws where the answer is no or nobody can be asked.
    private static func ask(_ text: String, _ consent: Consent, _ session: Session) throws(CommandFailure) {
        let prompt: String
        switch consent {
        case .notNeeded: return
        case .refuse(let flag): throw CommandFailure(.cannotAsk(flag: flag), exit: .usage)
        case .askYesNo: prompt = session.words("Go on? [y/N] ", "是否继续？[y/N] ")
        case .askName(let name):
            prompt = session.words("Type “\(name)” to go on: ", "请键入“\(name)”以继续：")
        }
        session.prompt(text + " " + prompt)
        guard let typed = readLine(), consent.accepts(typed) else { throw .interrupted() }
    }
}
