internal import Console

/// What a command has done to one identifier.
struct IdentifierOutcome {
    let identifier: [UInt8]
    let english: String
    let chinese: String

    /// Prints it.
    func show(_ session: Session, json: Bool) throws(CommandFailure) {
        guard json else {
            return try session.print([session.words(english, chinese) + " " + TerminalText.safe(identifier)])
        }
        var text = JSONText()
        text.object { json in
            json.key("identifier")
            json.string(identifier)
            json.key("outcome")
            json.string(english)
        }
        text.endLine()
        try session.write(text.take())
    }
}
