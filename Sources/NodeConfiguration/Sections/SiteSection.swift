/// `[site]`: what the node says of itself when asked for its site record.
package struct SiteSection: SettingSection {
    /// By what an identifier is given to one of a site's servers.
    package enum HashOption: String, SettingChoice {
        /// By its prefix (0).
        case byPrefix = "by_prefix"
        /// By its suffix (1).
        case bySuffix = "by_suffix"
        /// By the whole of it (2).
        case byAll = "by_all"
    }

    /// The record's serial number, 1…32767; it grows with every change.
    package internal(set) var serial = 1
    /// Whether this is the primary site.
    package internal(set) var isPrimary = true
    /// The `desc` attribute; empty: left out.
    package internal(set) var description = ""
    /// The addresses under which others reach this node; empty: those it listens on.
    package internal(set) var publicAddresses: [IPAddress] = []
    /// The port others use, 1…65535; 0 stands for that of the first `[[listen]]`.
    package internal(set) var udpPort = 0
    /// The port others use, 1…65535; 0 stands for that of the first `[[listen]]`.
    package internal(set) var tcpPort = 0
    /// How identifiers are spread over the site's servers.
    package internal(set) var hashOption = HashOption.byAll

    static let keys: [SettingKey<SiteSection>] = [
        .integer("serial", 1...32_767, \.serial, "Increase it with every change of the site.", "站点信息每次变更时递增。"),
        .flag("primary", \.isPrimary, "Whether this is the primary site.", "是否为主站点。"),
        .text("description", \.description, "The site's \"desc\" attribute.", "站点的 \"desc\" 属性。"),
        .list(
            "public_addresses",
            countMax: 16,
            \.publicAddresses,
            "Addresses under which others reach this node; empty: those it listens on.",
            "外部访问本节点的地址；空表示监听地址。"
        ),
        .integer("udp_port", 0...65_535, \.udpPort, "0: the port of the first [[listen]].", "0 表示第一个 [[listen]] 的端口。"),
        .integer("tcp_port", 0...65_535, \.tcpPort, "0: the port of the first [[listen]].", "0 表示第一个 [[listen]] 的端口。"),
        .choice(
            "hash_option",
            \.hashOption,
            "\"by_prefix\", \"by_suffix\" or \"by_all\".",
            "\"by_prefix\"、\"by_suffix\" 或 \"by_all\"。"
        ),
    ]
}
