internal import ArgumentParser
internal import Console

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
        let shown = TerminalText.safe(named.prefix)
        let question = session.words("Withdrawing \(shown) for good.", "将永久注销 \(shown)。")
        try Question.ask(question, before: .many(name: prefix), Question.Answered(name: confirm), session)
        let unknown = try PrefixKeeper.with(node) { (keeper) throws(CommandFailure) in
            try PrefixChanges(keeper, origin: "idctl prefix delete").unhome([named], evenWithIdentifiers: false)
        }
        guard unknown.isEmpty else { throw CommandFailure(.unknownPrefixes(unknown), exit: .notFound) }
        try session.print([session.words("withdrawn \(shown)", "已注销 \(shown)")])
        return .done
    }
}
