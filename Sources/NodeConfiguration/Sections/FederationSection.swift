/// `[federation]`: the nodes above and below this one.
package struct FederationSection: SettingSection {
    /// The servers of the level above, each the one server of a site, in order of preference.
    package internal(set) var above: [HostAddress] = []
    /// Whether closed days are reported to them.
    package internal(set) var isReporting = true

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
    ]
}
