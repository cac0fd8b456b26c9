internal import ArgumentParser
internal import Console
internal import Resolution

/// `idctl prefix disable`.
struct PrefixDisableCommand: IdctlCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "disable",
            abstract: Speech.words("Disable prefixes: askers are told that they are disabled.", "停用前缀：询问者会得知其已停用。"),
            discussion: Speech.examples(
                "idctl prefix disable 88.118.8 --config node.toml",
                "idctl prefix disable --from prefixes.txt --config node.toml"
            )
        )
    }

    @OptionGroup var choice: PrefixChoice

    @OptionGroup var speech: SpeechOptions

    func perform(_ session: Session) throws(CommandFailure) -> ProgramExit {
        let outcome = try PrefixTermsChange(choice, origin: "idctl prefix disable").perform { $0.status = .disabled }
        return try outcome.show(session, "disabled", "已停用")
    }
}
