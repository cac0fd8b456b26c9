internal import ArgumentParser
internal import Console
internal import Resolution

/// `idctl prefix limit`: how many identifiers prefixes may have, and how many changes each second.
struct PrefixLimitCommand: IdctlCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "limit",
            abstract: Speech.words("Limit prefixes.", "设置前缀限额。"),
            discussion: Speech.examples(
                "idctl prefix limit 88.118.8 --identifiers 1000000 --config node.toml",
                "idctl prefix limit 88.118.8 --writes-per-second 500 --config node.toml"
            )
        )
    }

    @OptionGroup var choice: PrefixChoice

    @Option(help: Speech.help("The most identifiers; 0: no limit.", "标识数上限；0 表示不限。"))
    var identifiers: UInt64?

    @Option(help: Speech.help("The most changes each second; 0: no limit.", "每秒变更数上限；0 表示不限。"))
    var writesPerSecond: UInt32?

    @OptionGroup var speech: SpeechOptions

    func validate() throws {
        guard identifiers == nil, writesPerSecond == nil else { return }
        throw ValidationError(
            Speech.words("give --identifiers or --writes-per-second", "请给出 --identifiers 或 --writes-per-second")
        )
    }

    func perform(_ session: Session) throws(CommandFailure) -> ProgramExit {
        let outcome = try PrefixTermsChange(choice, origin: "idctl prefix limit").perform {
            $0.identifierCountMax = identifiers
            $0.writesPerSecondMax = writesPerSecond
        }
        return try outcome.show(session, "limited", "已设置限额")
    }
}
