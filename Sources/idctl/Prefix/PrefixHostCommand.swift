internal import ArgumentParser
internal import Console
internal import Resolution

/// `idctl prefix host`.
struct PrefixHostCommand: IdctlCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "host",
            abstract: Speech.words("Mark prefixes as hosted for their owners.", "把前缀标为已托管。"),
            discussion: Speech.examples(
                "idctl prefix host 88.118.8 --config node.toml",
                "idctl prefix host --from prefixes.txt --config node.toml"
            )
        )
    }

    @OptionGroup var choice: PrefixChoice

    @OptionGroup var speech: SpeechOptions

    func perform(_ session: Session) throws(CommandFailure) -> ProgramExit {
        let outcome = try PrefixTermsChange(choice, origin: "idctl prefix host").perform {
            $0.hosting = .hosted
            $0.state = .homed
        }
        return try outcome.show(session, "hosted", "已托管")
    }
}
