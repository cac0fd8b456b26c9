internal import Console
internal import EventLoop
internal import NodeConfiguration

/// Which server is asked, why that one, and how long it took to find its address.
struct ServerRoute {
    /// Its address.
    let address: SocketAddress
    /// What named it: `--server`, `IDCTL_CONFIG`, `server (idctl.toml:7)`; nil: nothing did, and it is port 2641 of
    /// this machine.
    let origin: String?
    /// Whether a node's configuration named it, rather than the address itself.
    let isOfConfiguration: Bool
    /// The host's name that was looked up; nil where an address was given.
    let name: String?
    /// Reading the configuration, or looking the name up.
    let findingNanoseconds: UInt64

    /// The server that these flags, the environment or the profile name.
    static func find(server: String?, configurationPath: String?) throws(CommandFailure) -> ServerRoute {
        let start = SystemClock.monotonicNanoseconds()
        let given = try Settings.current.checked().server(.flags([.server: server, .config: configurationPath]))
        let address = try ServerChoice.address(given)
        let isAddress = given[.server].map {
            (try? SocketAddress(text: $0.text, defaultPort: ServerChoice.portDefault)) != nil
        }
        return ServerRoute(
            address: address,
            origin: given.first.map { setting, given in given.name(of: setting) },
            isOfConfiguration: given[.config] != nil,
            name: isAddress == false ? given[.server]?.text : nil,
            findingNanoseconds: SystemClock.monotonicNanoseconds() &- start
        )
    }

    /// What it took to find the address.
    var findingText: LocalizedText {
        if name != nil { return LocalizedText(english: "looking up the name", chinese: "查询主机名") }
        return isOfConfiguration
            ? LocalizedText(english: "reading the configuration", chinese: "读取配置")
            : LocalizedText(english: "reading the address", chinese: "读取地址")
    }

    /// The address, its family, and why it is asked.
    var text: LocalizedText {
        let family = address.isIPv6 ? "IPv6" : "IPv4"
        return LocalizedText(
            english: "\(address), \(family): \(reason.english)",
            chinese: "\(address)，\(family)：\(reason.chinese)"
        )
    }

    private var reason: LocalizedText {
        guard let origin = origin.map({ TerminalText.safe($0) }) else {
            return LocalizedText(
                english: "the default, for want of --server and --config",
                chinese: "未给出 --server 和 --config，取默认值"
            )
        }
        if isOfConfiguration {
            return LocalizedText(english: "the first listener of \(origin)", chinese: "\(origin) 中的第一个监听地址")
        }
        guard let name = name.map({ TerminalText.safe($0) }) else {
            return LocalizedText(english: "as \(origin) says", chinese: "由 \(origin) 指定")
        }
        return LocalizedText(english: "the first address of \(name) (\(origin))", chinese: "\(name) 的第一个地址（\(origin)）")
    }
}
