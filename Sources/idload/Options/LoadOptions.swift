internal import ArgumentParser
internal import Console
internal import EventLoop

/// The flags of a run. What they say is checked by `plan()`; what has a default is optional where it matters whether
/// it was given.
struct LoadOptions: ParsableArguments {
    @Argument(
        help: Speech.help(
            "A node's address and port, as 127.0.0.1:2641; with protocol and weight: tcp://[::1]:2641=3.",
            "节点的地址和端口，例如 127.0.0.1:2641；带协议和权重时例如 tcp://[::1]:2641=3。",
            name: "target"
        )
    )
    var targets: [String]

    @OptionGroup var pace: PaceOptions

    @OptionGroup var search: SearchOptions

    @OptionGroup var counting: CountOptions

    @OptionGroup var keys: KeyOptions

    @Option(
        name: .customLong("protocol"),
        help: Speech.help(
            "udp, tcp, tls or admin, or several by weight, as udp=3,tcp=1; or dns.",
            "udp、tcp、tls 或 admin；按权重混用时例如 udp=3,tcp=1；或 dns。",
            name: "names"
        )
    )
    var carrier = LoadPlan.Carrier.udp.rawValue

    @Option(
        help: Speech.help(
            "Threads that send; as many as the rate needs unless given.",
            "发送线程数；未给出时按速率确定。",
            name: "n"
        )
    )
    var threads: Int?

    @Option(help: Speech.help("Sockets or persistent connections, in turn.", "套接字或长连接数，轮流使用。", name: "n"))
    var connections = 4

    @OptionGroup var streams: StreamOptions

    @OptionGroup var names: NameOptions

    @OptionGroup var writes: WriteOptions

    @Option(
        help: Speech.help(
            "A question unanswered for so long is lost, in milliseconds.",
            "超过该毫秒数未应答的查询视为丢失。",
            name: "ms"
        )
    )
    var timeout = 1_000

    @Option(
        help: Speech.help(
            "id: code and identifier; full: the values of --expect, too.",
            "id：核对响应码和标识；full：还核对 --expect 中的值。",
            name: "how"
        )
    )
    var verify = LoadPlan.Verification.id

    @Option(help: Speech.help("Repeats the choice of identifiers of an earlier run.", "重复先前一次运行对标识的选取。", name: "n"))
    var seed: UInt64?

    @Option(
        name: .customLong("fail"),
        help: Speech.help(
            "Exit 10 unless it holds: p99<5ms, loss<0.01%; wrong==0 always.",
            "条件不成立则退出码为 10，例如 p99<5ms、loss<0.01%；wrong==0 总是检查。",
            name: "condition"
        )
    )
    var conditions: [String] = []

    @Flag(help: Speech.help("End the run as soon as a condition does not hold.", "条件一旦不成立就结束运行。"))
    var abortOnFail = false

    @Flag(
        name: .customLong("i-own-this-target"),
        help: Speech.help(
            "More than 1,000 questions a second to another machine.",
            "允许对其他机器每秒超过 1,000 次查询。"
        )
    )
    var ownsTarget = false

    @Option(
        help: Speech.help("Write one row for each second to a CSV file.", "将每秒一行的结果写入 CSV 文件。", name: "file"),
        completion: .file()
    )
    var csv: String?

    @OptionGroup var outputs: ResultOptions

    /// Questions a second that a target of somebody else's bears without being asked.
    static let strangersRateMax = 1_000.0
}

extension LoadPlan.Verification: ExpressibleByArgument {}
