internal import NodeConfiguration

/// Who is asked to administer, as all levels of settings say together.
struct AdministrationChoice {
    /// Whether a node of this machine is asked by its control socket, rather than a server over the wire.
    var isLocal = false
    /// The settings that count.
    var given: Settings.Level = [:]

    /// Whether it is asked as somebody: with a key, or as the node's operator.
    var hasRights: Bool { isLocal || given[.auth] != nil }

    /// The value of a setting that counts.
    subscript(setting: ProfileSetting) -> String? { given[setting]?.text }
}

extension Settings {
    /// The settings that count where a server may be asked as the owner of a key, or a node of this machine as its
    /// operator.
    ///
    /// The strongest level that names either decides between the two, and what weaker levels say of the other way does
    /// not count: `--data` leaves a profile's server aside.
    func administration(_ flags: Level, isLocal: Bool) -> AdministrationChoice {
        let levels = [flags, environment, profile]
        let deciding = levels.lazy.compactMap(Self.isOverTheWire).first
        var choice = AdministrationChoice()
        choice.isLocal = isLocal || deciding == false
        guard !choice.isLocal else {
            choice.given = node(flags)
            return choice
        }
        for level in levels { Self.add(level, to: &choice.given) }
        if choice.given[.auth] == nil {
            // Keys without anybody whose they are: only a flag among them is a mistake, and it stays to be told.
            choice.given = choice.given.filter { !Self.keySettings.contains($0.key) || $0.value.origin == .flag }
        }
        return choice
    }

    private static let keySettings: Set<ProfileSetting> = [.keyFile, .passphraseFile, .secretFile]

    /// Which way a level chooses; nil: neither.
    private static func isOverTheWire(_ level: Level) -> Bool? {
        if level[.server] != nil || level[.auth] != nil { return true }
        return level[.config] != nil || level[.data] != nil ? false : nil
    }

    /// Adds what a weaker level says of the way over the wire.
    private static func add(_ level: Level, to given: inout Level) {
        let hasAddress = given[.server] != nil || given[.config] != nil
        let hasKey = given[.keyFile] != nil || given[.secretFile] != nil
        for setting in [ProfileSetting.server, .auth, .keyFile, .passphraseFile, .secretFile, .siteKey] {
            if setting == .server && hasAddress || keySettings.contains(setting) && hasKey { continue }
            if given[setting] == nil { given[setting] = level[setting] }
        }
        // A configuration names the server only where nothing else does.
        if !hasAddress, given[.server] == nil { given[.config] = level[.config] }
    }
}
