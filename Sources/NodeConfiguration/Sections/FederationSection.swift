/// `[federation]`: the nodes above and below this one.
package struct FederationSection: SettingSection {
    /// The servers of the level above, each the one server of a site, in order of preference.
    package internal(set) var above: [HostAddress] = []

    static let keys: [SettingKey<FederationSection>] = [
        .list(
            "above",
            countMax: 16,
            \.above,
            "Servers of the level above, such as [\"192.0.2.1:2641\"]; addresses only, no names.",
            "上级节点的服务器，例如 [\"192.0.2.1:2641\"]；只写地址，不写域名。"
        )
    ]
}
