/// Whether a destroying command may go on, must ask, or must refuse (nobody to ask).
package enum Consent: Equatable, Sendable {
    /// What a command is about to destroy.
    package enum Extent: Equatable, Sendable {
        /// One identifier: a yes or no will do.
        case one
        /// Many identifiers, or all under a prefix: the person types this name.
        case many(name: String)
    }

    /// Go on without asking.
    case notNeeded
    /// Ask for y or N; anything but y is no.
    case askYesNo
    /// Ask for the name to be typed.
    case askName(String)
    /// Nobody can be asked: fail, and name the flag that would have answered.
    case refuse(flag: String)

    /// Decides by what is destroyed and what the command line said; `confirmed` is the value of `--confirm`.
    package static func needed(
        for extent: Extent,
        isDryRun: Bool,
        yes: Bool,
        confirmed: String?,
        noInput: Bool,
        inputIsTerminal: Bool
    ) -> Consent {
        if isDryRun { return .notNeeded }
        let canAsk = inputIsTerminal && !noInput
        switch extent {
        case .one:
            if yes { return .notNeeded }
            return canAsk ? .askYesNo : .refuse(flag: "--yes")
        case .many(let name):
            if let confirmed, confirmed.utf8.elementsEqual(name.utf8) { return .notNeeded }
            return canAsk && confirmed == nil ? .askName(name) : .refuse(flag: "--confirm \(name)")
        }
    }

    /// Whether `typed`, a line without its newline, lets the command go on.
    package func accepts(_ typed: String) -> Bool {
        switch self {
        case .notNeeded: true
        case .askYesNo: ["y", "Y", "yes", "是"].contains(typed)
        case .askName(let name): typed.utf8.elementsEqual(name.utf8)
        case .refuse: false
        }
    }
}
