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
    /// The tenant's prefix, which stands in front of codes that have none.
    case defaultPrefix = "default-prefix"
    /// The name server that is asked about OIDs, `HOST:PORT`.
    case dnsResolver = "dns-resolver"
    /// The domain under which OIDs lie.
    case oidRoot = "oid-root"

    /// Whether it names a file or a directory.
    package var isPath: Bool {
        switch self {
        case .keyFile, .passphraseFile, .secretFile, .siteKey, .config, .data: true
        case .server, .auth, .lang, .defaultPrefix, .dnsResolver, .oidRoot: false
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
        case .defaultPrefix: return !text.utf8.contains(UInt8(ascii: "/"))
        default: return true
        }
    }

    /// What its value is to be, as “give …” goes on.
    package var expectation: Wording {
        switch self {
        case .auth: AdministratorName.expectation
        case .lang: Wording("zh or en", "zh 或 en")
        case .defaultPrefix: Wording("a prefix, such as 88.118.8", "前缀，例如 88.118.8")
        case .dnsResolver: Wording("HOST:PORT, such as 127.0.0.1:53", "主机:端口，例如 127.0.0.1:53")
        case .oidRoot: Wording("a domain name, such as oid-res.org", "域名，例如 oid-res.org")
        case .server: Wording("HOST:PORT, such as 127.0.0.1:2641", "主机:端口，例如 127.0.0.1:2641")
        case .data: Wording("a directory", "目录")
        case .keyFile, .passphraseFile, .secretFile, .siteKey, .config: Wording("a file", "文件")
        }
    }
}
