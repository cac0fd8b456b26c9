/// How a run went.
struct LoadResult {
    var tally: Tally
    /// Of the measured part: from its beginning to the last sending or answer in time.
    var seconds: Double
    var wasInterrupted: Bool
    var wasRefused: Bool
    var generator = GeneratorFigures()

    /// Answers in time per second.
    var answersPerSecond: Double { seconds > 0 ? Double(tally.answered) / seconds : 0 }
}
