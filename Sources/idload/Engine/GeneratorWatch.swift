/// Watches the tool itself from second to second: its processor time, and what the totals were a second ago.
struct GeneratorWatch: Sendable {
    /// Totals since the run began.
    struct Counts: Sendable {
        var notSent: UInt64 = 0
        /// nil: a closed loop, which plans nothing.
        var planned: UInt64?
    }

    /// A time, and the processor's time then.
    private struct Moment: Sendable {
        var nanoseconds: UInt64
        var processorNanoseconds: UInt64

        /// How much of a processor was taken until `later`, 0...1.
        func share(until later: Moment) -> Double {
            guard later.nanoseconds > nanoseconds else { return 0 }
            return Double(later.processorNanoseconds &- processorNanoseconds)
                / Double(later.nanoseconds - nanoseconds)
        }
    }

    private static let secondNanoseconds: UInt64 = 1_000_000_000

    private let startNanoseconds: UInt64
    private let measuredFromNanoseconds: UInt64
    private var counts = Counts()
    private var secondBegan: Moment
    private var measuredBegan: Moment
    private var nextEnd: UInt64
    private var busiestShare = 0.0

    init(startNanoseconds: UInt64, measuredFromNanoseconds: UInt64, processorNanoseconds: UInt64) {
        self.startNanoseconds = startNanoseconds
        self.measuredFromNanoseconds = measuredFromNanoseconds
        secondBegan = Moment(nanoseconds: startNanoseconds, processorNanoseconds: processorNanoseconds)
        measuredBegan = secondBegan
        nextEnd = startNanoseconds &+ Self.secondNanoseconds
    }

    func isSecondOver(_ now: UInt64) -> Bool { now >= nextEnd }

    /// Whether the second that goes on began in the warm-up.
    var isInWarmup: Bool { secondBegan.nanoseconds < measuredFromNanoseconds }

    /// Fills in what a second was beside the recorder's counts. Seconds end at full ones, a stall of ours and the rest
    /// at a run's end excepted; a short rest says nothing of how busy a processor was.
    mutating func endSecond(
        _ second: inout LoadSecond,
        _ now: Counts,
        _ nanoseconds: UInt64,
        processorNanoseconds: UInt64
    ) {
        let moment = Moment(nanoseconds: nanoseconds, processorNanoseconds: processorNanoseconds)
        second.elapsedSeconds = Double(nanoseconds &- startNanoseconds) / 1e9
        second.seconds = Double(nanoseconds &- secondBegan.nanoseconds) / 1e9
        // It ends a little late; what began in the warm-up is of the warm-up if half of it is.
        second.isMeasured =
            secondBegan.nanoseconds &+ (nanoseconds &- secondBegan.nanoseconds) / 2 >= measuredFromNanoseconds
        second.notSent = now.notSent - counts.notSent
        second.processorShare = secondBegan.share(until: moment)
        if let planned = now.planned {
            // A change of the rate that came too late takes back what was planned.
            let before = min(planned, counts.planned ?? 0)
            second.targetPerSecond = Double(planned - before) / max(1e-9, second.seconds)
        }
        if isInWarmup {
            measuredBegan = moment
        } else if nanoseconds &- secondBegan.nanoseconds >= Self.secondNanoseconds / 2 {
            busiestShare = max(busiestShare, second.processorShare)
        }
        counts = now
        secondBegan = moment
        let isWhole = nextEnd <= nanoseconds
        while nextEnd <= nanoseconds { nextEnd += Self.secondNanoseconds }
        second.number = Int((nextEnd - startNanoseconds) / Self.secondNanoseconds) - (isWhole ? 1 : 0)
    }

    /// The tool's processor time in the measured part.
    func figures(_ nanoseconds: UInt64, processorNanoseconds: UInt64) -> GeneratorFigures {
        var figures = GeneratorFigures()
        let now = Moment(nanoseconds: nanoseconds, processorNanoseconds: processorNanoseconds)
        figures.processorShare = measuredBegan.share(until: now)
        figures.busiestProcessorShare = busiestShare
        return figures
    }
}
