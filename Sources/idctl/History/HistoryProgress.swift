internal import Console

/// Says how far the reading of a history has come, where that takes long: bulk loads are unpacked for it.
struct HistoryProgress {
    /// A shorter reading says nothing.
    private static let silence: Duration = .milliseconds(500)

    private let session: Session
    private let begun = ContinuousClock.now
    private var line: ProgressLine?
    private var total = 0

    init(_ session: Session) { self.session = session }

    /// `done` of `total` entries have been looked at.
    mutating func show(_ done: Int, of total: Int) {
        let elapsed = ContinuousClock.now - begun
        guard elapsed >= Self.silence else { return }
        self.total = total
        var line =
            self.line
            ?? ProgressLine(
                label: session.words("reading the log, entries", "读取日志（条目）"),
                total: UInt64(total),
                terminal: session.errorTerminal,
                language: session.language
            )
        if let text = line.update(done: UInt64(done), at: elapsed) { session.note(text) }
        self.line = line
    }

    /// It has come to its end.
    func finish() {
        guard let line, let text = line.finish(done: UInt64(total), at: ContinuousClock.now - begun) else { return }
        session.note(text)
    }
}
