internal import ArgumentParser
internal import Console

/// The flags that say what is asked for.
struct KeyOptions: ParsableArguments {
    @Option(help: Speech.help("An identifier to ask for; may be given again.", "要查询的标识，可重复。", name: "identifier"))
    var id: [String] = []

    @Option(
        help: Speech.help(
            "Identifiers, recorded messages, or a registry in CSV or JSON Lines; in its order without --keys.",
            "标识列表、录制的报文，或 CSV、JSON Lines 注册表；未给出 --keys 时按文件中的顺序查询。",
            name: "file"
        ),
        completion: .file()
    )
    var replay: String?

    @Option(
        help: Speech.help(
            "With --replay: response codes that are right, as 1,100 (1).",
            "与 --replay 同用：视为正确的响应码，例如 1,100（默认 1）。",
            name: "codes"
        )
    )
    var codes: String?

    @Option(
        help: Speech.help(
            "A local node's configuration: ask for 10,000 identifiers that it has.",
            "本机节点的配置文件：查询其中的 10,000 个标识。",
            name: "file"
        ),
        completion: .file()
    )
    var config: String?

    @Option(
        help: Speech.help(
            "A local node's data directory: ask for 10,000 identifiers in it.",
            "本机节点的数据目录：查询其中的 10,000 个标识。",
            name: "dir"
        ),
        completion: .directory
    )
    var data: String?

    @Option(
        help: Speech.help("The registry whose values must be answered.", "应答必须与其中的值一致的注册表。", name: "file"),
        completion: .file()
    )
    var expect: String?

    @Option(
        help: Speech.help(
            "How to choose: zipf:1.0, uniform, hot:80/20, sequential (zipf:1.0).",
            "选取方式：zipf:1.0、uniform、hot:80/20、sequential（默认 zipf:1.0）。",
            name: "how"
        )
    )
    var keys: String?

    @Flag(help: Speech.help("In an order that the seed decides.", "按种子决定的顺序查询。"))
    var shuffle = false

    @Flag(help: Speech.help("After the last identifier begin again; so it is anyway.", "查完最后一个标识后从头开始（默认）。"))
    var wrap = false

    @Flag(help: Speech.help("End after the last identifier.", "查完最后一个标识后结束。"))
    var stop = false

    @Flag(help: Speech.help("Ask for each identifier once, in order, and end with the last.", "按顺序查询每个标识一次，查完即止。"))
    var once = false

    @Option(
        help: Speech.help(
            "So many of 100 questions are about what does not exist.",
            "每 100 个查询中查询不存在标识的个数。",
            name: "percent"
        )
    )
    var missing: String?
}
