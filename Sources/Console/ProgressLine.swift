/// How far a long task has come: a bar on a terminal, one line every 10 s elsewhere.
///
/// Holds no clock and writes nothing: it is told the time since the task began, and says what to write to standard
/// error.
package struct ProgressLine: Sendable {
    private let label: String
    private var total: UInt64?
    private let terminal: Terminal
    private let language: Language
    private var recent = RecentRate()
    private var lastShown: Duration?

    /// A task called `label`, of `total` pieces if that is known, shown on `terminal` (that of standard error).
    package init(label: String, total: UInt64?, terminal: Terminal, language: Language) {
        self.label = TerminalText.safe(label)
        self.total = total
        self.terminal = terminal
        self.language = language
    }

    /// How many pieces there are, as far as that can be said by now.
    package mutating func expect(total: UInt64) { self.total = total }

    /// Notes that `done` pieces are done at `elapsed`, and returns what to write, or `nil` if it is not time yet.
    ///
    /// On a terminal the first call shows something at once. Call it as often as you like; elapsed time never runs
    /// backwards.
    package mutating func update(done: UInt64, at elapsed: Duration) -> String? {
        recent.note(done, at: elapsed)
        let interval: Duration = terminal.isDecorated ? .milliseconds(100) : .seconds(10)
        // Elsewhere than on a terminal a task under 10 s leaves no line at all.
        let due = lastShown.map { $0 + interval } ?? (terminal.isDecorated ? .zero : interval)
        guard elapsed >= due else { return nil }
        lastShown = elapsed
        let line = line(done: done, rate: recent.perSecond, at: elapsed)
        return terminal.isDecorated ? "\r" + line + "\u{1B}[K" : line + "\n"
    }

    /// What to write when the task has ended: the last state with the rate of the whole, in the bar's place or on a
    /// line of its own.
    package func finish(done: UInt64, at elapsed: Duration) -> String? {
        guard terminal.isDecorated || lastShown != nil else { return nil }
        let line = line(done: done, rate: RecentRate.perSecond(done, in: elapsed), at: elapsed, isFinished: true)
        return terminal.isDecorated ? "\r" + line + "\u{1B}[K\n" : line + "\n"
    }

    private func line(done: UInt64, rate: Double, at elapsed: Duration, isFinished: Bool = false) -> String {
        var parts: [String] = []
        if let total {
            parts.append(TextCount.percent(min(done, total), of: total))
            parts.append("\(TextCount.grouped(done))/\(TextCount.grouped(total))")
        } else {
            parts.append(TextCount.grouped(done))
        }
        parts.append(TextCount.rate(rate))
        parts.append(isFinished ? TextCount.duration(elapsed) : remaining(done: done, rate: rate, elapsed: elapsed))
        let text = parts.joined(separator: "  ")
        return terminal.isDecorated ? fitted(text, done: done) : "\(label)  \(text)"
    }

    private func remaining(done: UInt64, rate: Double, elapsed: Duration) -> String {
        guard let total, total > done, rate > 0 else { return TextCount.duration(elapsed) }
        let seconds = min(Double(total - done) / rate, 1e9)
        let time = TextCount.duration(.seconds(max(1, seconds.rounded(.up))))
        return language == .chinese ? "剩余 \(time)" : "\(time) left"
    }

    /// Label, bar and text in one line that the terminal does not wrap; what does not fit goes: first the bar, then the
    /// label's end.
    private func fitted(_ text: String, done: UInt64) -> String {
        let columns = terminal.columns - 1
        let free = columns - DisplayWidth.cells(of: text) - 2
        guard free > 0 else { return DisplayWidth.cut(text, toCells: columns) }
        let label = DisplayWidth.cut(label, toCells: free)
        let barCells = min(30, free - DisplayWidth.cells(of: label) - 4)
        guard let total, total > 0, barCells >= 8 else { return label + "  " + text }
        let filled = Int((Double(min(done, total)) / Double(total) * Double(barCells)).rounded(.down))
        let bar = String(repeating: "#", count: filled) + String(repeating: ".", count: barCells - filled)
        return "\(label)  [\(bar)]  \(text)"
    }
}
