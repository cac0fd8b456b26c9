/// A setting of `idctl` that a profile, the environment or a flag may give: the name of the flag and of the key.
package enum ProfileSetting: String, CaseIterable, Hashable, Sendable {
    /// The server that is asked, `HOST:PORT`.
    case server
    /// Who asks, `INDEX:IDENTIFIER`.
    case auth
    /// The file with the private key.
    case keyFile = "key-file"
    /// The file with its passphrase.
    case passphraseFile = "passphrase-file"
    /// The file with the shared secret.
    case secretFile = "secret-file"
    /// The file with the server's public key.
    case siteKey = "site-key"
    /// A node's configuration.
    case config
    /// A node's data directory.
    case data
    /// The language, `zh` or `en`.
    case lang

    /// Whether it names a file or a directory.
    package var isPath: Bool {
        switch self {
        case .keyFile, .passphraseFile, .secretFile, .siteKey, .config, .data: true
        case .server, .auth, .lang: false
        }
    }

    /// Settings of one place that say two things at once.
    package static let contradictions: [(ProfileSetting, ProfileSetting)] = [(.config, .data), (.keyFile, .secretFile)]

    /// Bytes of a value at most.
    private static let byteCountMax = 4_096

    /// Whether `text` can be its value.
    package func allows(_ text: String) -> Bool {
        let isPlain = text.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
        guard isPlain, !text.isEmpty, text.utf8.count <= Self.byteCountMax else { return false }
        switch self {
        case .auth: return AdministratorName(text: text) != nil
        case .lang: return text == "zh" || text == "en"
        default: return true
        }
    }

    /// What its value is to be, as “give …” goes on.
    package var expectation: Wording {
        switch self {
        case .auth: AdministratorName.expectation
        case .lang: Wording("zh or en", "zh 或 en")
        case .server: Wording("HOST:PORT, such as 127.0.0.1:2641", "主机:端口，例如 127.0.0.1:2641")
        case .data: Wording("a directory", "目录")
        case .keyFile, .passphraseFile, .secretFile, .siteKey, .config: Wording("a file", "文件")
        }
    }
}
