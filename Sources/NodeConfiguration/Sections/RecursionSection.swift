/// `[recursion]`: asking other nodes on behalf of those who ask this one.
package struct RecursionSection: SettingSection {
    /// Whether it is done.
    package enum Mode: String, SettingChoice {
        /// By nodes of the role `recursive` alone.
        case byRole = "by-role"
        /// It is.
        case on
        /// It is not.
        case off
    }

    /// Whether it is done.
    package internal(set) var mode = Mode.byRole
    /// For whom: an open one is abused against others.
    package internal(set) var allow = RecursionSection.ownNetworks
    /// The least time that an answer is kept.
    package internal(set) var ttlMin = Duration.seconds(1)
    /// The longest.
    package internal(set) var ttlMax = Duration.seconds(3_600)
    /// How long it is kept that there is no such identifier.
    package internal(set) var negativeTTL = Duration.seconds(60)
    /// How long an answer may serve after its time while those who know better are silent; 0: not at all.
    package internal(set) var staleMax = Duration.seconds(86_400)
    /// Memory for answers, of all workers together.
    package internal(set) var cacheMemory = 64 << 20
    /// Questions under way to other nodes.
    package internal(set) var questions = 4_096
    /// Whether answers that are much asked for are asked for anew before their time is over.
    package internal(set) var prefetches = true

    /// Loopback, and the networks that the Internet does not route to (RFC 1918, RFC 3927, RFC 4193, RFC 4291).
    private static let ownNetworks = [
        "127.0.0.0/8", "::1/128", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "fc00::/7",
        "fe80::/10",
    ].compactMap(IPNetwork.init(text:))

    static let keys: [SettingKey<RecursionSection>] = [
        .choice(
            "enabled",
            \.mode,
            "Whether other nodes are asked for askers: \"by-role\" (role \"recursive\" only), \"on\" or \"off\".",
            "是否代查询者向其他节点递归解析：\"by-role\"（仅 recursive 角色）、\"on\" 或 \"off\"。"
        ),
        .list(
            "allow",
            countMax: 64,
            \.allow,
            "For whom; others are referred or refused. Open to everyone it is abused against others.",
            "允许使用递归的网段，其余来源只得到引荐或拒绝；不要对所有人开放，以免被用于攻击他人。"
        ),
        .duration(
            "ttl_min",
            .seconds(0)...(.seconds(3_600)),
            \.ttlMin,
            "An answer is kept for the TTL of its values, but at least",
            "应答按其 TTL 缓存，但最短"
        ),
        .duration("ttl_max", .seconds(1)...(.seconds(172_800)), \.ttlMax, "and at most this long.", "最长为此时间。"),
        .duration(
            "negative_ttl",
            .seconds(0)...(.seconds(3_600)),
            \.negativeTTL,
            "How long it is kept that an identifier does not exist.",
            "“标识不存在”缓存的时间。"
        ),
        .duration(
            "stale_max",
            .seconds(0)...(.seconds(604_800)),
            \.staleMax,
            "How long it may serve after that, marked, while the nodes that know better are silent; \"0 s\": never.",
            "负责的节点无应答时，过期应答还可继续使用的时间（带标记）；\"0 s\" 表示不使用。"
        ),
        .bytes(
            "cache_memory",
            (1 << 20)...(1 << 40),
            \.cacheMemory,
            "Memory for answers, split among the workers.",
            "缓存所用内存，由各工作线程平分。"
        ),
        .integer(
            "questions",
            16...65_536,
            \.questions,
            "Questions under way to other nodes at most; over it the node says \"busy\".",
            "同时向其他节点进行的查询数上限；超过时应答“忙”。"
        ),
        .flag(
            "prefetch",
            \.prefetches,
            "Ask anew for what is much asked for before its time is over.",
            "对频繁查询的内容，在到期前提前更新。"
        ),
    ]
}
