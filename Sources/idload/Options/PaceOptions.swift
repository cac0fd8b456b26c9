internal import ArgumentParser
internal import Console

/// The flags that say when questions are sent.
struct PaceOptions: ParsableArguments {
    @Option(
        help: Speech.help(
            "Open loop: so many questions a second, as 500 or 10k (1000); with --closed at most so many.",
            "开环：每秒查询数，例如 500 或 10k（默认 1000）；与 --closed 同用时为上限。",
            name: "n"
        )
    )
    var rate: String?

    @Option(
        help: Speech.help(
            "The rate goes evenly from one to the other, as 1k:50k.",
            "速率从前者均匀变化到后者，例如 1k:50k。",
            name: "from:to"
        )
    )
    var ramp: String?

    @Option(
        help: Speech.help(
            "One rate after the other, each so long, as 10k,50k,100k:30s.",
            "依次使用各速率，每个持续给定时间，例如 10k,50k,100k:30s。",
            name: "rates:time"
        )
    )
    var steps: String?

    @Option(
        help: Speech.help(
            "So many questions at once, again and again, as 500:1s.",
            "每隔给定时间同时发送若干查询，例如 500:1s。",
            name: "n:time"
        )
    )
    var burst: String?

    @Option(
        help: Speech.help(
            "Closed loop: so many questions under way at a time; an answer lets the next one go.",
            "闭环：同时进行的查询数；收到应答后才发送下一个。",
            name: "n"
        )
    )
    var closed: Int?

    @Option(help: Speech.help("How long to ask, in seconds (10).", "查询持续的秒数（默认 10）。", name: "n"))
    var seconds: Double?

    @Option(help: Speech.help("So many seconds before, which are not counted.", "之前预热的秒数，不计入结果。", name: "n"))
    var warmup = 0.0

    @Flag(
        name: .customLong("catch-up"),
        help: Speech.help(
            "After a stall of this tool send what was missed, above the planned rate.",
            "本工具停顿之后补发错过的查询，速率可超过计划。"
        )
    )
    var catchesUp = false

    @Option(
        name: .customLong("control-socket"),
        help: Speech.help(
            "A Unix socket of this run: rate 50k, rate +10%, status and stop, one a line.",
            "本次运行的 Unix 套接字：每行一条命令，rate 50k、rate +10%、status 或 stop。",
            name: "path"
        ),
        completion: .file()
    )
    var controlSocket: String?

    static let secondsDefault = 10.0
}
