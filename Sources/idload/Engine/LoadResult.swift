/// How a run went.
struct LoadResult: Sendable {
    /// By target, in the plan's order.
    var channels: [ChannelResult]
    /// All of them together.
    var tally: Tally
    /// Of the measured part: from its beginning to the last sending or answer in time.
    private(set) var seconds: Double
    private(set) var wasInterrupted: Bool
    private(set) var wasRefused: Bool
    private(set) var generator: GeneratorFigures

    init(
        channels: [ChannelResult],
        seconds: Double,
        wasInterrupted: Bool,
        wasRefused: Bool,
        generator: GeneratorFigures = GeneratorFigures()
    ) {
        self.channels = channels
        self.seconds = seconds
        self.wasInterrupted = wasInterrupted
        self.wasRefused = wasRefused
        self.generator = generator
        tally = channels.dropFirst().reduce(into: channels.first?.tally ?? Tally()) { $0.add($1.tally) }
    }

    /// Adds another thread's part of the same run.
    mutating func add(_ other: LoadResult) {
        for (number, channel) in other.channels.enumerated() where number < channels.count {
            channels[number].tally.add(channel.tally)
        }
        tally.add(other.tally)
        seconds = max(seconds, other.seconds)
        wasInterrupted = wasInterrupted || other.wasInterrupted
        wasRefused = wasRefused && other.wasRefused
        generator.add(other.generator)
    }

    /// What the tool and its machine limited.
    var limits: [GeneratorFigures.Limit] { generator.limits + (tally.withoutPort > 0 ? [.ports] : []) }

    /// Answers in time per second.
    var answersPerSecond: Double { seconds > 0 ? Double(tally.answered) / seconds : 0 }
}
