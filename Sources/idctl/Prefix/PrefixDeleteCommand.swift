internal import ArgumentParser
internal import Console
internal import Glibc

/// `idctl prefix delete`: a prefix is withdrawn for good; its row stays, so that it is not allotted again by mistake.
struct PrefixDeleteCommand: IdctlCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "delete",
            abstract: Speech.words("Withdraw a prefix that has no identifiers.", "注销没有标识的前缀。"),
            discussion: Speech.examples(
                "idctl prefix delete 88.118.8 --config node.toml",
                "idctl prefix delete 88.118.8 --confirm 88.118.8 --no-input --config node.toml"
            )
        )
    }

    @Argument(help: Speech.help("The prefix, such as 88.118.8.", "前缀，例如 88.118.8。"))
    var prefix: String

    @OptionGroup var node: NodeOptions

    @Option(help: Speech.help("The prefix again, in place of typing it.", "再次给出前缀，代替键入。", name: "prefix"))
    var confirm: String?

    @OptionGroup var speech: SpeechOptions

    func perform(_ session: Session) throws(CommandFailure) -> ProgramExit {
        let named = try NamedPrefix.checked(prefix)
        let consent = Consent.needed(
            for: .many(name: prefix),
            isDryRun: false,
            yes: false,
            confirmed: confirm,
            noInput: session.noInput,
            inputIsTerminal: isatty(0) == 1
        )
        let shown = TerminalText.safe(named.prefix)
        try Question.ask(session.words("Withdrawing \(shown) for good.", "将永久注销 \(shown)。"), consent, session)
        let unknown = try PrefixKeeper.with(node) { (keeper) throws(CommandFailure) in
            try PrefixChanges(keeper, origin: "idctl prefix delete").unhome([named], evenWithIdentifiers: false)
        }
        guard unknown.isEmpty else { throw CommandFailure(.unknownPrefixes(unknown), exit: .notFound) }
        try session.print([session.words("withdrawn \(shown)", "已注销 \(shown)")])
        return .done
    }
}
