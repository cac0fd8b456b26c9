internal import Console
internal import NodeConfiguration
internal import ResolutionProtocol

/// Reads the settings that stand outside the command line: the environment's and the chosen profile's.
struct SettingsReading {
    /// The variable of a setting: `IDCTL_KEY_FILE` for `key-file`.
    static func variable(_ setting: ProfileSetting) -> String {
        "IDCTL_" + ASCIIFolding.uppercased(setting.rawValue).replacing("-", with: "_")
    }

    /// Chooses the profile.
    static let profileVariable = "IDCTL_PROFILE"
    /// Names the profile file.
    static let profilesVariable = "IDCTL_PROFILES"

    /// All variables that are looked at.
    static let variables =
        ProfileSetting.allCases.map(variable) + [profileVariable, profilesVariable, "XDG_CONFIG_HOME", "HOME"]

    let options: GlobalOptions
    let environment: ProcessEnvironment

    /// Reads them; what is wrong is kept as their failure.
    func settings() -> Settings {
        var settings = Settings()
        do throws(CommandFailure) {
            settings.environment = try environmentLevel()
            try choose(&settings)
        } catch {
            settings.failure = error
        }
        return settings
    }

    private func environmentLevel() throws(CommandFailure) -> Settings.Level {
        var level: Settings.Level = [:]
        for setting in ProfileSetting.allCases {
            let name = Self.variable(setting)
            guard let text = environment.nonEmpty(name) else { continue }
            guard setting.allows(text) else {
                let expected = LocalizedText(setting.expectation)
                throw CommandFailure(.unusableArgument(name, value: text, expected: expected), exit: .usage)
            }
            level[setting] = GivenSetting(text, .environment(name))
        }
        for (first, second) in ProfileSetting.contradictions where level[first] != nil && level[second] != nil {
            let names = (Self.variable(first), Self.variable(second))
            throw CommandFailure(.contradictingVariables(names.0, names.1), exit: .usage)
        }
        return level
    }

    /// Reads the profile file, if there is one, and takes the chosen profile.
    private func choose(_ settings: inout Settings) throws(CommandFailure) {
        let place = ProfilePlace(options: options, environment: environment)
        settings.profileFile = place.readPath
        let file = try place.read()
        var chosen = options.profile.map { GivenSetting($0, .flag) }
        chosen =
            chosen ?? environment.nonEmpty(Self.profileVariable).map { .init($0, .environment(Self.profileVariable)) }
        if chosen == nil, let use = file.use {
            let origin = MessagePlace(file: place.readPath ?? "", line: use.line)
            chosen = GivenSetting(use.text, .profile(use.text, origin))
        }
        settings.chosenProfile = chosen
        guard let chosen else { return }
        guard let profile = file[chosen.text] else {
            let known = file.profiles.map(\.name)
            throw CommandFailure(.unknownProfile(chosen.text, among: known, file: place.readPath), exit: .usage)
        }
        settings.profile = Self.level(of: profile, file: place.readPath ?? "")
    }

    /// What a profile of the file at `path` says; its paths are relative to that file.
    private static func level(of profile: Profile, file path: String) -> Settings.Level {
        var level: Settings.Level = [:]
        for (setting, entry) in profile.entries {
            let text = setting.isPath ? ProfilePlace.path(entry.text, besides: path) : entry.text
            level[setting] = GivenSetting(text, .profile(profile.name, MessagePlace(file: path, line: entry.line)))
        }
        return level
    }
}

extension ProcessEnvironment {
    /// The value of `name`; nil where it is not set, or to nothing.
    func nonEmpty(_ name: String) -> String? { self[name].flatMap { $0.isEmpty ? nil : $0 } }
}

extension LocalizedText {
    /// The configuration's words as a message's.
    init(_ wording: Wording) { self.init(english: wording.english, chinese: wording.chinese) }
}
