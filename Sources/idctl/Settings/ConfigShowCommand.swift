internal import ArgumentParser
internal import Console

/// `idctl config show`: every setting, its value and where it came from (C6).
struct ConfigShowCommand: IdctlCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "show",
            abstract: Speech.words("Show every setting and where it came from.", "查看各项设置及其来源。"),
            discussion: Speech.words(
                """
                Examples:
                  idctl config show --origin
                  idctl config show --profile plant --json

                A flag is stronger than the environment (IDCTL_SERVER, IDCTL_KEY_FILE, …), and that than the profile.
                """,
                """
                示例：
                  idctl config show --origin
                  idctl config show --profile plant --json

                优先级：命令行选项、环境变量（IDCTL_SERVER、IDCTL_KEY_FILE 等）、配置档。
                """
            )
        )
    }

    @Flag(help: Speech.help("Say where each value came from.", "显示每个值的来源。"))
    var origin = false

    @Flag(help: Speech.help("Print JSON.", "输出 JSON。"))
    var json = false

    @OptionGroup var speech: SpeechOptions

    func perform(_ session: Session) throws(CommandFailure) -> ProgramExit {
        let settings = try Settings.current.checked()
        let listing = SettingListing(settings, language: session.language, option: session.options.language)
        if json {
            try session.write(listing.json(withOrigin: origin))
        } else {
            try session.print(listing.lines(session, withOrigin: origin))
        }
        return .done
    }
}
