internal import Console

/// One line a second on standard error while a run goes on: in place on a terminal, every ten seconds elsewhere.
struct LiveLine: ~Copyable {
    private let terminal: Terminal
    private let language: Language
    private var errors = StandardOutput(.error)
    private var lastAnswered: UInt64 = 0
    private var lastSeconds = 0.0
    private var isShown = false

    init(terminal: Terminal, language: Language) {
        self.terminal = terminal
        self.language = language
    }

    mutating func show(elapsedSeconds: Double, _ tally: Tally) {
        guard terminal.isDecorated || elapsedSeconds - lastSeconds >= 9.9 else { return }
        let rate = Double(tally.answered - lastAnswered) / max(0.001, elapsedSeconds - lastSeconds)
        lastAnswered = tally.answered
        lastSeconds = elapsedSeconds
        let text = LocalizedText(
            english: "\(Int(elapsedSeconds)) s  \(TextCount.rate(rate))  answered \(TextCount.grouped(tally.answered))"
                + "  lost \(TextCount.grouped(tally.lost))  wrong \(TextCount.grouped(tally.wrong))",
            chinese: "\(Int(elapsedSeconds)) 秒  \(TextCount.rate(rate))  已应答 \(TextCount.grouped(tally.answered))"
                + "  丢失 \(TextCount.grouped(tally.lost))  错误 \(TextCount.grouped(tally.wrong))"
        )[language]
        // CR goes to the line's start, ESC [ K clears what the longer line before left.
        write(terminal.isDecorated ? "\r\u{1B}[K" + DisplayWidth.cut(text, toCells: terminal.columns - 1) : text + "\n")
        isShown = true
    }

    /// Leaves the terminal's line free for the result.
    mutating func end() {
        if isShown, terminal.isDecorated { write("\r\u{1B}[K") }
    }

    private mutating func write(_ text: String) {
        // Nobody to tell where standard error itself cannot be written.
        try? errors.write(text)
        try? errors.flush()
    }
}
