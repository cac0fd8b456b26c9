/// `[federation]`: the nodes above and below this one.
package struct FederationSection: SettingSection {
    /// The servers of the level above, each the one server of a site, in order of preference.
    package internal(set) var above: [HostAddress] = []
    /// Whether closed days are reported to them.
    package internal(set) var isReporting = true
    /// Whether the node keeps its site in the record of its prefix there.
    package internal(set) var keepsRoute = false
    /// The private key of the owner of that record (PEM); empty: the ledger's.
    package internal(set) var routeKey = ""
    /// How often it looks after the site there.
    package internal(set) var routeInterval: Duration = .seconds(3_600)

    static let keys: [SettingKey<FederationSection>] = [
        .list(
            "above",
            countMax: 16,
            \.above,
            "Servers of the level above, such as [\"192.0.2.1:2641\"]; addresses only, no names.",
            "上级节点的服务器，例如 [\"192.0.2.1:2641\"]；只写地址，不写域名。"
        ),
        .flag(
            "reports",
            \.isReporting,
            "Whether each closed day of the ledger is reported to them (roles \"secondary\" and \"enterprise\").",
            "是否向上级节点上报每个已结账日（secondary 与 enterprise 角色）。"
        ),
        .flag(
            "route",
            \.keepsRoute,
            "Whether the node keeps its own site (HS_SITE) in 0.NA/PREFIX there up to date.",
            "是否由本节点在上级维护自身站点（0.NA/前缀 中的 HS_SITE）。"
        ),
        .text(
            "route_key",
            \.routeKey,
            "Private key (PEM) registered there as 300:0.NA/PREFIX; empty: the ledger's.",
            "在上级登记为 300:0.NA/前缀 的私钥（PEM）；空表示账本的密钥。"
        ),
        .duration(
            "route_interval",
            .seconds(10)...(.seconds(86_400)),
            \.routeInterval,
            "How often the site there is looked after.",
            "多久核对一次上级的站点信息。"
        ),
    ]
}
