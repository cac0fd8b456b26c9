internal import ArgumentParser
internal import Console
internal import Resolution

/// `idctl prefix enable`.
struct PrefixEnableCommand: IdctlCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "enable",
            abstract: Speech.words("Enable prefixes.", "启用前缀。"),
            discussion: Speech.examples(
                "idctl prefix enable 88.118.8 --config node.toml",
                "idctl prefix enable --from prefixes.txt --config node.toml"
            )
        )
    }

    @OptionGroup var choice: PrefixChoice

    @OptionGroup var speech: SpeechOptions

    func perform(_ session: Session) throws(CommandFailure) -> ProgramExit {
        let outcome = try PrefixTermsChange(choice, origin: "idctl prefix enable").perform { $0.status = .enabled }
        return try outcome.show(session, "enabled", "已启用")
    }
}
