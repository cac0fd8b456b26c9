/// `[[listen]]`: an address and port on which the node answers.
package struct ListenSection: SettingSection {
    /// How queries that come in here are classed.
    package enum Origin: String, SettingChoice {
        /// The source's address decides, by `[[origins]]`.
        case bySource = "by-source"
        /// All is `OriginClass.external`.
        case external
        /// All is `OriginClass.recursive`.
        case recursive
        /// All is `OriginClass.enterprise`.
        case enterprise
        /// All is `OriginClass.probe`.
        case probe
        /// All is `OriginClass.monitoring`.
        case monitoring
        /// All is `OriginClass.own`.
        case own

        /// The class of all that comes in here; `nil` where the source's address decides.
        package var originClass: OriginClass? { OriginClass(rawValue: rawValue) }
    }

    /// The address; all zeros stand for every one of its family.
    package internal(set) var address: IPAddress
    /// 0…65535; 0 stands for any free one.
    package internal(set) var port = 2_641
    /// Whether datagrams are answered.
    package internal(set) var udp = true
    /// Whether connections are answered.
    package internal(set) var tcp = true
    /// How queries are classed.
    package internal(set) var origin = Origin.bySource

    init() { self.init(address: .loopback4) }

    init(address: IPAddress) { self.address = address }

    static let keys: [SettingKey<ListenSection>] = [
        .value(
            "address",
            \.address,
            "\"0.0.0.0\": every IPv4 address, \"::\": every IPv6 address. Required.",
            "\"0.0.0.0\"：所有 IPv4 地址；\"::\"：所有 IPv6 地址。必填。"
        ).required,
        .integer("port", 0...65_535, \.port, "0: any free port (for tests).", "0 表示任一空闲端口（用于测试）。"),
        .flag("udp", \.udp, "Answer datagrams.", "应答 UDP。"),
        .flag("tcp", \.tcp, "Answer connections.", "应答 TCP。"),
        .choice(
            "origin",
            \.origin,
            "How queries are classed: \"by-source\" (see [[origins]]), or one class for all that come in here.",
            "请求的来源类别：\"by-source\" 按 [[origins]] 判定，或对此处全部请求固定一类。"
        ),
    ]
}
