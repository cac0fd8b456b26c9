/// What a run has counted so far, second by second: what is looked at while it goes on.
struct RunningTotals: Sendable {
    private(set) var tally = Tally()
    /// Of the measured part.
    private(set) var seconds = 0.0
    /// The most questions that were sent in one second.
    private(set) var sentPerSecondMax = 0.0
    private let warmupSeconds: Double

    init(warmupSeconds: Double) {
        self.warmupSeconds = warmupSeconds
    }

    /// Takes a second that has ended; what began in the warm-up is left out.
    mutating func add(_ second: LoadSecond) {
        guard second.elapsedSeconds - second.seconds > warmupSeconds - 0.001 else { return }
        tally.sent += second.sent
        tally.unsent += second.unsent
        tally.wrong += second.wrong
        tally.right += second.answered - min(second.answered, second.wrong)
        tally.lost += second.lost
        tally.late += second.late
        tally.duplicate += second.duplicate
        tally.unexpected += second.unexpected
        tally.response.add(second.response)
        seconds += second.seconds
        sentPerSecondMax = max(sentPerSecondMax, second.sentPerSecond)
    }

    /// As if the run ended here.
    func result(of plan: LoadPlan) -> LoadResult {
        let channels = plan.targets.prefix(1).map { ChannelResult(target: $0, tally: tally) }
        return LoadResult(channels: channels, seconds: seconds, wasInterrupted: false, wasRefused: false)
    }
}
