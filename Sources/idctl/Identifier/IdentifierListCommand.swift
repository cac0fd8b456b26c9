internal import ArgumentParser
internal import Console
internal import ResolutionClient
internal import ResolutionProtocol

/// `idctl id list`: the identifiers of a prefix, as they come.
struct IdentifierListCommand: IdctlCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "list",
            abstract: Speech.words("List a prefix's identifiers.", "列出前缀下的标识。"),
            discussion: Speech.examples(
                "idctl id list 88.118.8 --config node.toml",
                "idctl id list 88.118.8 --json --data /var/lib/hanjiang"
            )
        )
    }

    @Argument(help: Speech.help("The prefix, such as 88.118.8.", "前缀，例如 88.118.8。"))
    var prefix: String

    @Flag(help: Speech.help("Print JSON Lines.", "输出 JSON Lines。"))
    var json = false

    @OptionGroup var options: AdministrationOptions
    @OptionGroup var speech: SpeechOptions

    func perform(_ session: Session) throws(CommandFailure) -> ProgramExit {
        let named = try NamedPrefix.checked(prefix)
        var failure: CommandFailure?
        try options.administrator(session).perform(named.prefix) { (asking) throws(AdministrationError) in
            try asking.list(named.prefix) { names in
                do throws(CommandFailure) { try show(names, session) } catch { failure = error }
                return failure == nil
            }
        }
        if let failure { throw failure }
        return .done
    }

    private func show(_ names: [[UInt8]], _ session: Session) throws(CommandFailure) {
        guard json else { return try session.print(names.map { TerminalText.safe($0) }) }
        var lines = JSONText()
        for name in names {
            lines.object { json in
                json.key("identifier")
                json.string(name)
            }
            lines.endLine()
        }
        try session.write(lines.take())
    }
}
