internal import Console
internal import NodeConfiguration

/// A setting's value, and who gave it.
struct GivenSetting: Hashable, Sendable {
    /// Where a value comes from, the strongest first.
    enum Origin: Hashable, Sendable {
        case flag
        /// A variable of the environment.
        case environment(String)
        /// A profile, and where in its file.
        case profile(String, MessagePlace)
        /// Nobody said anything.
        case builtIn
    }

    let text: String
    let origin: Origin

    init(_ text: String, _ origin: Origin) {
        self.text = text
        self.origin = origin
    }

    /// What a message calls the setting, so that a person finds where it was given: `--server`, `IDCTL_SERVER`,
    /// `server (idctl.toml:7)`.
    func name(of setting: ProfileSetting) -> String {
        switch origin {
        case .flag, .builtIn: "--\(setting.rawValue)"
        case .environment(let name): name
        case .profile(_, let place): "\(setting.rawValue) (\(place))"
        }
    }
}

extension [ProfileSetting: GivenSetting] {
    /// What flags say: those that are there.
    static func flags(_ texts: [ProfileSetting: String?]) -> [ProfileSetting: GivenSetting] {
        texts.compactMapValues { $0.map { GivenSetting($0, .flag) } }
    }
}
