internal import ArgumentParser
internal import Console
internal import EventLoop

/// The flags of `idload hostile`; what they say is checked by `plan()`.
struct HostileOptions: ParsableArguments {
    @Argument(
        help: Speech.help("The node's address and port, as 127.0.0.1:2641.", "节点的地址和端口，例如 127.0.0.1:2641。")
    )
    var target: String

    @Option(
        help: Speech.help(
            "idle, incomplete, never-read, abandon-handshake, random, malformed, slow or reset.",
            "idle、incomplete、never-read、abandon-handshake、random、malformed、slow 或 reset。",
            name: "mode"
        )
    )
    var mode: HostileMode

    @Option(
        name: .customLong("protocol"),
        help: Speech.help("tcp; udp for random and malformed.", "tcp；random 和 malformed 也可用 udp。", name: "name")
    )
    var carrier = "tcp"

    @Option(help: Speech.help("So many connections at a time (100).", "同时打开的连接数（默认 100）。", name: "n"))
    var connections: Int?

    @Option(
        help: Speech.help(
            "Connections opened in a second, or datagrams sent, as 2k (100).",
            "每秒新建的连接数，或发送的数据报数，例如 2k（默认 100）。",
            name: "n"
        )
    )
    var rate: String?

    @Option(help: Speech.help("How long, in seconds.", "持续的秒数。", name: "n"))
    var seconds = 10.0

    @Option(
        help: Speech.help(
            "Slow: so many seconds between two bytes (0.1).",
            "slow 模式：两个字节之间的秒数（默认 0.1）。",
            name: "n"
        )
    )
    var byteEvery: Double?

    @Option(help: Speech.help("Repeats the bytes of an earlier run.", "重复先前一次运行发送的字节。", name: "n"))
    var seed: UInt64?

    @Option(
        help: Speech.help(
            "An identifier that exists: a well-behaved client asks for it once a second beside.",
            "一个存在的标识：正常客户端同时每秒查询一次。",
            name: "identifier"
        )
    )
    var id: String?

    @Option(
        help: Speech.help(
            "Where the well-behaved client asks; the target unless given.",
            "正常客户端查询的地址，默认为目标。",
            name: "host:port"
        )
    )
    var probe: String?

    @Option(
        help: Speech.help(
            "Addresses of this machine that hostile clients come from, in turn, as 127.0.0.2.",
            "恶意客户端轮流使用的本机地址，例如 127.0.0.2。",
            name: "addresses"
        )
    )
    var sourceAddresses: String?

    @Option(
        help: Speech.help(
            "The target's address once more, where it is not this machine.",
            "目标不是本机时，再次给出其地址。",
            name: "address"
        )
    )
    var allow: String?

    @Flag(
        name: .customLong("i-own-this-target"),
        help: Speech.help("The target is yours, where it is not this machine.", "目标不是本机时，声明其归您所有。")
    )
    var ownsTarget = false

    @Flag(help: Speech.help("One JSON document on standard output.", "向标准输出写一个 JSON 文档。"))
    var json = false

    @Option(help: Speech.help("Language: zh or en.", "语言：zh 或 en。", name: "zh|en"))
    var lang: String?
}

extension HostileMode: ExpressibleByArgument {}
