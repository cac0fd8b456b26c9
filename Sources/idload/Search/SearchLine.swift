internal import Console

/// What a search says on standard error while it goes on: the second of a long trial, and one line for each trial.
final class SearchLine {
    private var live: LiveLine
    private let language: Language
    private var number = 0

    init(terminal: Terminal, language: Language) {
        live = LiveLine(terminal: terminal, language: language)
        self.language = language
    }

    /// Shows the second that has just ended.
    func show(_ second: LoadSecond) { live.show(second) }

    /// A trial has ended.
    func end(_ outcome: TrialOutcome, _ verdict: LocalizedText) {
        live.end()
        number += 1
        let rate = TextCount.rate(outcome.ratePerSecond)
        let loss = TextCount.percent(outcome.lost + outcome.busy, of: outcome.sent)
        let text = LocalizedText(
            english: "trial \(number): \(rate), loss \(loss): \(verdict.english)",
            chinese: "第 \(number) 次试验：\(rate)，丢失 \(loss)：\(verdict.chinese)"
        )
        live.say(text[language])
    }
}
