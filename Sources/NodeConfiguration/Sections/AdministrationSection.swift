/// `[administration]`: changes over the wire, sessions, and who may do what.
package struct AdministrationSection: SettingSection {
    /// Over what administration is taken.
    package enum Transport: String, SettingChoice {
        /// TCP and TLS, and UDP where `udp.administration` says so.
        case any
        /// TLS alone.
        case tls
    }

    /// Whether anything but resolution is answered over the wire.
    package internal(set) var isEnabled = true
    /// Whether every change is refused, with the reason.
    package internal(set) var isReadOnly = false
    /// Who may home and unhome prefixes, list them, and back the node up.
    package internal(set) var administrators: [AdministratorName] = []
    /// Whether they pass every other check as well.
    package internal(set) var haveFullAccess = false
    /// Over what it is taken.
    package internal(set) var transport = Transport.any
    /// Whether it is taken in sessions only.
    package internal(set) var requiresSessions = false
    /// Whether identifiers of a prefix may be listed.
    package internal(set) var listsIdentifiers = true
    /// Whether MD5, SHA-1, DSA and RSA below 2,048 bits prove an identity.
    package internal(set) var allowsLegacyAlgorithms = false
    /// The fewest bits of a Diffie-Hellman group.
    package internal(set) var diffieHellmanBits = 1_024
    /// How long a challenge may be answered.
    package internal(set) var challengeTime = Duration.seconds(60)
    /// Open challenges at most.
    package internal(set) var challenges = 10_000
    /// Open sessions at most.
    package internal(set) var sessions = 100_000
    /// How long a session may idle at most.
    package internal(set) var sessionIdle = Duration.seconds(86_400)
    /// Failed proofs of one address in a minute from which on it has to wait.
    package internal(set) var failedProofsPerMinute = 10
    /// Whether references are followed for askers.
    package internal(set) var traces = true
    /// Identifiers of one trace at most.
    package internal(set) var traceIdentifiers = 1_000
    /// Identifiers of the traces of one source network in a second at most.
    package internal(set) var traceIdentifiersPerSecond = 10_000

    static let keys: [SettingKey<AdministrationSection>] = [
        .flag(
            "enabled",
            \.isEnabled,
            "Whether anything but resolution is answered over the wire.",
            "是否通过网络接受解析以外的操作。"
        ),
        .flag(
            "read_only",
            \.isReadOnly,
            "Refuse every change, and say why; resolution goes on.",
            "拒绝一切变更并说明原因；解析照常。"
        ),
        .list(
            "administrators",
            countMax: 64,
            \.administrators,
            "Who may home, unhome and list prefixes and back up, such as [\"300:0.NA/88.118\"].",
            "可托管、取消托管、列出前缀并备份的管理员，例如 [\"300:0.NA/88.118\"]。"
        ),
        .flag(
            "full_access",
            \.haveFullAccess,
            "Whether these administrators may change every identifier too.",
            "上述管理员是否也可变更任何标识。"
        ),
        .choice(
            "transport",
            \.transport,
            "\"any\", or \"tls\": administration is refused on every other transport.",
            "\"any\" 或 \"tls\"；为 \"tls\" 时其他传输方式一律拒绝。"
        ),
        .flag("sessions_only", \.requiresSessions, "Refuse changes outside a session.", "会话之外不接受变更。"),
        .flag(
            "list_identifiers",
            \.listsIdentifiers,
            "Whether administrators may list the identifiers of a prefix.",
            "管理员是否可列出前缀下的标识。"
        ),
        .flag(
            "legacy_algorithms",
            \.allowsLegacyAlgorithms,
            "Accept proofs by MD5, SHA-1, DSA and RSA below 2048 bits, which old software makes.",
            "接受旧软件使用的 MD5、SHA-1、DSA 及不足 2048 位的 RSA 认证。"
        ),
        .integer(
            "diffie_hellman_bits",
            1_024...8_192,
            \.diffieHellmanBits,
            "The fewest bits of a session's Diffie-Hellman group; the reference client sends 1024.",
            "会话密钥协商（Diffie-Hellman）的最少位数；参考客户端为 1024。"
        ),
        .duration(
            "challenge_time",
            .seconds(1)...(.seconds(600)),
            \.challengeTime,
            "How long a challenge may be answered.",
            "质询的有效时间。"
        ),
        .integer("challenges", 16...1_000_000, \.challenges, "Open challenges at most.", "未决质询数上限。"),
        .integer("sessions", 16...10_000_000, \.sessions, "Open sessions at most.", "会话数上限。"),
        .duration(
            "session_idle",
            .seconds(10)...(.seconds(604_800)),
            \.sessionIdle,
            "How long a session may idle at most.",
            "会话最长空闲时间。"
        ),
        .integer(
            "failed_proofs_per_minute",
            1...10_000,
            \.failedProofsPerMinute,
            "Failed proofs of one address in a minute from which on it has to wait.",
            "同一地址每分钟认证失败达到此数后须等待。"
        ),
        .flag(
            "trace",
            \.traces,
            "Whether references are followed for askers in one request (idctl trace).",
            "是否在一次请求中为查询者沿引用追溯（idctl trace）。"
        ),
        .integer(
            "trace_identifiers",
            1...100_000,
            \.traceIdentifiers,
            "Identifiers that one such request is answered with at most,",
            "一次追溯最多查询的标识个数；"
        ),
        .integer(
            "trace_identifiers_per_second",
            1...10_000_000,
            \.traceIdentifiersPerSecond,
            "and those of one source network (an IPv4 /24, an IPv6 /56) in a second.",
            "同一来源网段（IPv4 /24、IPv6 /56）每秒追溯的标识个数上限。"
        ),
    ]
}
