internal import Console

/// One line a second on standard error while a run goes on: in place on a terminal, every ten seconds elsewhere.
struct LiveLine: ~Copyable {
    private let terminal: Terminal
    private let language: Language
    private var errors = StandardOutput(.error)
    private var lastSeconds = 0.0
    private var isShown = false

    init(terminal: Terminal, language: Language) {
        self.terminal = terminal
        self.language = language
    }

    /// Shows the second that has just ended.
    mutating func show(_ second: LoadSecond) {
        guard terminal.isDecorated || second.elapsedSeconds - lastSeconds >= 9.9 else { return }
        lastSeconds = second.elapsedSeconds
        let text = Self.text(second)[language]
        // CR goes to the line's start, ESC [ K clears what the longer line before left.
        write(terminal.isDecorated ? "\r\u{1B}[K" + DisplayWidth.cut(text, toCells: terminal.columns - 1) : text + "\n")
        isShown = true
    }

    /// Leaves the terminal's line free for the result.
    mutating func end() {
        if isShown, terminal.isDecorated { write("\r\u{1B}[K") }
    }

    /// What is said of a second, the most important first: a narrow terminal cuts the end.
    static func text(_ second: LoadSecond) -> LocalizedText {
        let rate = TextCount.rate(second.sentPerSecond)
        let target = second.targetPerSecond.map { TextCount.rate($0) }
        let p50 = time(second, 50)
        let p99 = time(second, 99)
        let processor = Int((second.processorShare * 100).rounded())
        let answered = TextCount.grouped(second.answered)
        let (lost, wrong) = (TextCount.grouped(second.lost), TextCount.grouped(second.wrong))
        let outstanding = TextCount.grouped(second.outstanding)
        let connected = second.connected > 0 ? TextCount.grouped(second.connected) : nil
        let warm: LocalizedText? = second.isMeasured ? nil : warmup
        return LocalizedText(
            english: "\(Int(second.elapsedSeconds)) s\(warm?.english ?? "")  \(rate)"
                + (target.map { " of \($0)" } ?? "")
                + "  answered \(answered)  lost \(lost)  wrong \(wrong)  p50 \(p50)  p99 \(p99)"
                + "  outstanding \(outstanding)\(connected.map { "  connected \($0)" } ?? "")  own CPU \(processor) %",
            chinese: "\(Int(second.elapsedSeconds)) 秒\(warm?.chinese ?? "")  \(rate)"
                + (target.map { "（目标 \($0)）" } ?? "")
                + "  已应答 \(answered)  丢失 \(lost)  错误 \(wrong)  p50 \(p50)  p99 \(p99)"
                + "  在途 \(outstanding)\(connected.map { "  新建连接 \($0)" } ?? "")  本工具 CPU \(processor) %"
        )
    }

    private static let warmup = LocalizedText(english: " (warm-up)", chinese: "（预热）")

    private static func time(_ second: LoadSecond, _ percent: Double) -> String {
        guard let microseconds = second.microseconds(atPercentile: percent) else { return "–" }
        return TextCount.duration(.microseconds(Int64(clamping: microseconds)))
    }

    private mutating func write(_ text: String) {
        // Nobody to tell where standard error itself cannot be written.
        try? errors.write(text)
        try? errors.flush()
    }
}
