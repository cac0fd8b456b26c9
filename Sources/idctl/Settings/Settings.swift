internal import Console
internal import NodeConfiguration

/// What the environment and the chosen profile say of who is asked and as whom. A flag is stronger than the
/// environment, and that than the profile (C6).
struct Settings: Sendable {
    /// One place's settings.
    typealias Level = [ProfileSetting: GivenSetting]

    /// The variables of the environment, `IDCTL_SERVER` and so on.
    var environment: Level = [:]
    /// The chosen profile.
    var profile: Level = [:]
    /// The profile's name and who chose it; nil: none was chosen.
    var chosenProfile: GivenSetting?
    /// The file of the profiles; nil: there is none.
    var profileFile: String?
    /// Why they cannot be told. Only who needs them fails.
    var failure: CommandFailure?

    /// Those of the command that is being read or carried out: options are checked against them as they are parsed,
    /// and the parser hands nothing on.
    @TaskLocal static var current = Settings()

    /// The settings by which a node of this machine is found: `config` or `data`.
    func node(_ flags: Level) -> Level {
        for level in [flags, environment, profile] {
            let named = level.filter { [.config, .data].contains($0.key) }
            if !named.isEmpty { return named }
        }
        return [:]
    }

    /// The setting by which a server is found that needs no login: `server`, else `config`.
    func server(_ flags: Level) -> Level {
        for level in [flags, environment, profile] {
            if let server = level[.server] { return [.server: server] }
            if let config = level[.config] { return [.config: config] }
        }
        return [:]
    }

    /// The language: that of `--lang`, of `IDCTL_LANG`, of the profile, of the locale. The locale says how a whole
    /// system speaks, so that the profile, which is about this program, is stronger.
    func language(option: Language?, environment: ProcessEnvironment) -> Language {
        let own = (self.environment[.lang] ?? profile[.lang]).flatMap { Language(tag: $0.text) }
        return Language.chosen(option: option ?? own, environment: environment)
    }

    /// Throws where the settings cannot be told.
    func checked() throws(CommandFailure) -> Settings {
        if let failure { throw failure }
        return self
    }
}
