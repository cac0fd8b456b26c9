internal import Console

/// Asks a person whether to go on.
enum Question {
    /// Asks as `consent` says, on standard error; throws where the answer is no or nobody can be asked.
    static func ask(_ text: String, _ consent: Consent, _ session: Session) throws(CommandFailure) {
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
