/// `[federation]`: the nodes above and below this one.
package struct FederationSection: SettingSection {
    /// The servers of the level above, each the one server of a site, in order of preference.
    package internal(set) var above: [HostAddress] = []
    /// Whether closed days are reported to them.
    package internal(set) var isReporting = true
    /// Whether they are told by TLS, and never otherwise.
    package internal(set) var isSecured = false
    /// Where they speak it.
    package internal(set) var tlsPort = 2_642
    /// The absolute path of a PEM file: the authorities of their certificates.
    package internal(set) var tlsAuthorities = ""
    /// The absolute path of a PEM file: lists of revoked certificates; empty: those among the authorities, if any.
    package internal(set) var tlsRevoked = ""
    /// The name that their certificates carry; empty: the address of each.
    package internal(set) var tlsName = ""
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
            "tls",
            \.isSecured,
            "Whether what is said to them goes by TLS 1.3, and not at all to who does not prove to be one.",
            "上报与路由维护是否以 TLS 1.3 进行；上级服务器不能证明身份时一律不发送。"
        ),
        .integer(
            "tls_port",
            1...65_535,
            \.tlsPort,
            "The port of TLS at the addresses of above.",
            "above 所列地址上的 TLS 端口。"
        ),
        .text(
            "tls_authorities",
            \.tlsAuthorities,
            "PEM file: the authorities that issue the certificates of the level above.",
            "PEM 文件：颁发上级节点证书的机构。"
        ),
        .text(
            "tls_revoked",
            \.tlsRevoked,
            "PEM file: the revocation lists of these authorities, one of each; may stand in tls_authorities instead.",
            "PEM 文件：上述各机构的证书吊销列表；也可放在 tls_authorities 中。"
        ),
        .text(
            "tls_name",
            \.tlsName,
            byteCountMax: 253,
            "The name in their certificates; empty: the address in above.",
            "其证书中的名称；空表示 above 中的地址。"
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
