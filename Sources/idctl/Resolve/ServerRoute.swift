internal import Console
internal import EventLoop

/// Which server is asked, why that one, and how long it took to find its address.
struct ServerRoute {
    /// What named the server.
    enum Origin: String {
        /// `--server`.
        case option = "--server"
        /// The first listener of `--config`.
        case configuration = "--config"
        /// Nothing did: port 2641 of this machine.
        case builtIn = "default"
    }

    /// Its address.
    let address: SocketAddress
    /// What named it.
    let origin: Origin
    /// The host's name that was looked up; nil where an address was given.
    let name: String?
    /// Reading the configuration, or looking the name up.
    let findingNanoseconds: UInt64

    /// The server that `server` or the configuration names.
    static func find(server: String?, configurationPath: String?) throws(CommandFailure) -> ServerRoute {
        let start = SystemClock.monotonicNanoseconds()
        let address = try ServerChoice.address(server: server, configurationPath: configurationPath)
        let isAddress = server.map { (try? SocketAddress(text: $0, defaultPort: ServerChoice.portDefault)) != nil }
        return ServerRoute(
            address: address,
            origin: server != nil ? .option : configurationPath != nil ? .configuration : .builtIn,
            name: isAddress == false ? server : nil,
            findingNanoseconds: SystemClock.monotonicNanoseconds() &- start
        )
    }

    /// What it took to find the address.
    var findingText: LocalizedText {
        if name != nil { return LocalizedText(english: "looking up the name", chinese: "查询主机名") }
        return origin == .configuration
            ? LocalizedText(english: "reading the configuration", chinese: "读取配置")
            : LocalizedText(english: "reading the address", chinese: "读取地址")
    }

    /// Address, family and reason, in words.
    var text: LocalizedText {
        let family = address.isIPv6 ? "IPv6" : "IPv4"
        let name = name.map { TerminalText.safe($0) }
        let english: String
        let chinese: String
        switch origin {
        case .option:
            english = name.map { "the first address of \($0) (--server)" } ?? "as --server says"
            chinese = name.map { "\($0) 的第一个地址（--server）" } ?? "由 --server 指定"
        case .configuration: (english, chinese) = ("the first listener of --config", "--config 中的第一个监听地址")
        case .builtIn:
            english = "the default, for want of --server and --config"
            chinese = "未给出 --server 和 --config，取默认值"
        }
        return LocalizedText(english: "\(address), \(family): \(english)", chinese: "\(address)，\(family)：\(chinese)")
    }
}
