internal import Console
internal import EventLoop
internal import RecordFiles
internal import ResolutionClient

// What only the load tool says.
extension UserMessage {
    /// Nothing to ask for.
    static let noIdentifiers = UserMessage(
        "E-LOAD-001",
        english: "there are no identifiers to ask for",
        chinese: "没有可供查询的标识",
        adviceEnglish:
            "give --config FILE or --data DIR of a node on this machine, --replay FILE with one identifier a "
            + "line or a registry in CSV (idctl export --output FILE writes one), or --id 88.118/example",
        adviceChinese: "请用 --config FILE 或 --data DIR 指定本机节点，用 --replay FILE 指定每行一个标识的文件或 CSV 注册表"
            + "（可由 idctl export --output FILE 写出），或给出 --id 88.118/example"
    )

    /// Somebody else's server, and no bound on the load.
    static func notOwned(_ target: SocketAddress) -> UserMessage {
        UserMessage(
            "E-LOAD-002",
            english:
                "\(target) is not of a network of yours: more than 1,000 questions a second need its owner's consent",
            chinese: "\(target) 不属于内部网络：每秒超过 1,000 次查询须经其所有者同意",
            adviceEnglish: "add --rate 1000, or --i-own-this-target if it is yours",
            adviceChinese: "请加上 --rate 1000；如果目标归您所有，请加上 --i-own-this-target"
        )
    }

    /// Nobody answers.
    static func unreachable(_ target: LoadTarget, why: AskFailure?) -> UserMessage {
        UserMessage(
            "E-LOAD-003",
            english: "\(target.address) does not answer over \(target.carrier.name)"
                + (why.map { ": \($0)" } ?? ""),
            chinese: "\(target.address) 没有通过 \(target.carrier.name) 应答"
                + (why.map { "：\($0.chineseDescription)" } ?? ""),
            adviceEnglish: target.carrier == .dns
                ? "see that the name server runs and listens there"
                : "see that the node runs and listens there: idctl status",
            adviceChinese: target.carrier == .dns ? "请确认域名服务器正在运行并监听该地址" : "请确认节点正在运行并监听该地址：idctl status"
        )
    }

    /// What `--protocol` names is none, or twice the same.
    static func badProtocol(_ text: String) -> UserMessage {
        let names = LoadPlan.Carrier.allCases.map(\.rawValue).joined(separator: ", ")
        return .unusableArgument(
            "--protocol",
            value: text,
            expected: LocalizedText(
                english: "\(names), or several with weights, as udp=3,tcp=1",
                chinese: "\(names)，或带权重的多个，例如 udp=3,tcp=1"
            )
        )
    }

    /// More pairs of target and protocol than there is memory for.
    static func tooManyTargets(_ count: Int, atMost bound: Int) -> UserMessage {
        .unusableArgument(
            "HOST:PORT",
            value: "\(count)",
            expected: LocalizedText(
                english: "at most \(bound) pairs of target and protocol",
                chinese: "目标与协议的组合最多 \(bound) 个"
            )
        )
    }

    /// The target is no address.
    static func badTarget(_ text: String) -> UserMessage {
        .unusableArgument(
            "HOST:PORT",
            value: text,
            expected: LocalizedText(
                english: "an IP address with a port, as 127.0.0.1:2641 or [::1]:2641, or tcp://127.0.0.1:2641=3",
                chinese: "带端口的 IP 地址，例如 127.0.0.1:2641、[::1]:2641 或 tcp://127.0.0.1:2641=3"
            )
        )
    }

    /// A condition that is none.
    static func badThreshold(_ text: String) -> UserMessage {
        .unusableArgument(
            "--fail",
            value: text,
            expected: LocalizedText(
                english: "a condition such as p99<5ms, loss<0.01%, wrong==0 or rate>=10000",
                chinese: "条件，例如 p99<5ms、loss<0.01%、wrong==0 或 rate>=10000"
            )
        )
    }

    /// A limit of a search that is no time.
    static func badLimit(_ text: String) -> UserMessage {
        .unusableArgument(
            "--limit",
            value: text,
            expected: LocalizedText(
                english: "a time to keep, such as p99<5ms or max<1s",
                chinese: "时延条件，例如 p99<5ms 或 max<1s"
            )
        )
    }

    /// A number out of its bounds.
    static func badNumber(_ flag: String, _ value: String, english: String, chinese: String) -> UserMessage {
        .unusableArgument(flag, value: value, expected: LocalizedText(english: english, chinese: chinese))
    }

    /// Values are to be compared and nobody said with what, or the other way round.
    static let verifyNeedsExpect = UserMessage(
        "E-LOAD-004",
        english: "--verify full and --expect FILE go together",
        chinese: "--verify full 与 --expect FILE 必须同时给出",
        adviceEnglish: "give the registry that was imported: --verify full --expect registry.csv",
        adviceChinese: "请给出已导入的注册表：--verify full --expect registry.csv"
    )

    /// A registry says what to ask, and further identifiers have no values to compare with.
    static let expectAlone = UserMessage(
        "E-LOAD-005",
        english: "--expect brings the identifiers itself and takes no --id, --replay, --config or --data beside it",
        chinese: "--expect 文件本身提供标识，不能再与 --id、--replay、--config 或 --data 同时使用",
        adviceEnglish: "leave those out",
        adviceChinese: "请去掉这些选项"
    )

    /// A registry that cannot be read.
    static func unreadable(_ path: String, _ error: RecordFileError) -> UserMessage {
        UserMessage(
            MessageCode(error.code),
            english: error.message(.english),
            chinese: error.message(.chinese),
            at: MessagePlace(file: path)
        )
    }

    /// A shape of the rate that is none.
    static func badShape(_ flag: String, _ text: String, example: String) -> UserMessage {
        .unusableArgument(
            flag,
            value: text,
            expected: LocalizedText(english: "something like \(example)", chinese: "形如 \(example) 的值")
        )
    }

    /// A way to choose identifiers that is none.
    static func badKeys(_ text: String) -> UserMessage {
        .unusableArgument(
            "--keys",
            value: text,
            expected: LocalizedText(
                english: "zipf:1.0, uniform, hot:80/20 or sequential",
                chinese: "zipf:1.0、uniform、hot:80/20 或 sequential"
            )
        )
    }

    /// More questions would be under way than are remembered.
    static let tooManyOutstanding = UserMessage(
        "E-LOAD-007",
        english: "at this rate more than 1,048,576 questions could be under way until they are given up",
        chinese: "按此速率，在放弃之前可能有超过 1,048,576 个在途请求",
        adviceEnglish: "lower the rate or --timeout",
        adviceChinese: "请降低速率或减小 --timeout"
    )

    /// The system gives no more threads.
    static func noThread(_ error: EventLoopError) -> UserMessage {
        UserMessage(
            "E-LOAD-030",
            english: "a thread that sends could not be started: \(error)",
            chinese: "无法启动发送线程：\(error)",
            adviceEnglish: "use fewer --threads, or raise the limit (ulimit -u)",
            adviceChinese: "请减少 --threads，或提高限制（ulimit -u）"
        )
    }

    /// A flag that would change nothing.
    static func withoutEffect(_ flag: String, because other: String) -> UserMessage {
        UserMessage(
            "E-LOAD-008",
            english: "\(flag) has no effect with \(other)",
            chinese: "\(flag) 与 \(other) 同用时不起作用",
            adviceEnglish: "leave one of the two out",
            adviceChinese: "请去掉其中之一"
        )
    }

    /// A flag that has an effect with another one only.
    static func effectOnly(_ flag: String, with other: String) -> UserMessage {
        UserMessage(
            "E-LOAD-020",
            english: "\(flag) has an effect only with \(other)",
            chinese: "\(flag) 仅与 \(other) 同用时起作用",
            adviceEnglish: "leave it out, or add \(other)",
            adviceChinese: "请去掉它，或加上 \(other)"
        )
    }
}
