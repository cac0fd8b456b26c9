internal import ArgumentParser
internal import Console

/// The flags of a search for the highest rate.
struct SearchOptions: ParsableArguments {
    @Flag(
        help: Speech.help(
            "Search for the highest rate without loss, and with 0.5 % of it at most.",
            "查找无丢失、以及丢失不超过 0.5 % 的最高速率。"
        )
    )
    var findMax = false

    @Option(
        name: .customLong("limit"),
        help: Speech.help(
            "With --find-max: a time that must be kept, as p99<5ms; may be given again.",
            "与 --find-max 同用：必须满足的时延，例如 p99<5ms，可重复。",
            name: "condition"
        )
    )
    var limits: [String] = []

    @Option(help: Speech.help("How long a trial takes, in seconds (1.5).", "每次试验的秒数（默认 1.5）。", name: "n"))
    var trialSeconds: Double?

    @Option(help: Speech.help("How long the last trial takes, in seconds (30).", "最后一次试验的秒数（默认 30）。", name: "n"))
    var finalSeconds: Double?
}
