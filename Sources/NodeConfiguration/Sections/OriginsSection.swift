/// `[[origins]]`: the class of the queries that come from a network. The longest prefix that fits decides.
package struct OriginsSection: SettingSection {
    /// The network.
    package internal(set) var network: IPNetwork
    /// The class of what comes from it.
    package internal(set) var originClass = OriginClass.external

    init() { self.init(network: .loopback4, originClass: .own) }

    init(network: IPNetwork, originClass: OriginClass) {
        self.network = network
        self.originClass = originClass
    }

    static let keys: [SettingKey<OriginsSection>] = [
        .value("network", \.network, "Such as \"10.0.0.0/8\". Required.", "例如 \"10.0.0.0/8\"。必填。").required,
        .choice(
            "class",
            \.originClass,
            "One of \"external\", \"recursive\", \"enterprise\", \"probe\", \"monitoring\", \"own\". Required.",
            "外部 external、递归节点 recursive、企业节点 enterprise、顶级节点探测 probe、自有监测 monitoring、本机 own。必填。"
        ).required,
    ]
}
