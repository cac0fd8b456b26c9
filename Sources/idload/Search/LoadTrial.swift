internal import Console
internal import Glibc
internal import ResolutionProtocol

/// Makes the trials of a search, all over the same sockets or connections: which of a target's workers they lead to
/// stays as it is.
final class LoadTrial {
    /// Before a trial, so that what the one before left under way is over.
    private static let pauseMicroseconds: UInt32 = 200_000
    /// The same after a trial that was too much.
    private static let longPauseMicroseconds: UInt32 = 1_000_000

    private let crew: LoadCrew
    private let limits: [Threshold]
    private let eachSecond: (LoadSecond) -> Void
    private var wasTooMuch = false
    /// Whether nobody listens there.
    private(set) var wasRefused = false
    /// Why a trial could not be made.
    private(set) var failure: LoadError?

    init(_ crew: LoadCrew, limits: [Threshold], eachSecond: @escaping (LoadSecond) -> Void) {
        self.crew = crew
        self.limits = limits
        self.eachSecond = eachSecond
    }

    /// Asks at a rate for some seconds, and waits for what is under way.
    func run(ratePerSecond: Double, seconds: Double) -> TrialOutcome {
        usleep(wasTooMuch ? Self.longPauseMicroseconds : Self.pauseMicroseconds)
        let again = crew.again(.open(Schedule(.constant(ratePerSecond), seconds: seconds), catchesUp: false))
        let result: LoadResult
        do throws(LoadError) {
            result = try again.tellingRun(eachSecond: eachSecond)
        } catch {
            failure = error
            return TrialOutcome(ratePerSecond: ratePerSecond, seconds: seconds, wasInterrupted: true)
        }
        wasRefused = result.wasRefused
        let outcome = Self.outcome(of: result, ratePerSecond: ratePerSecond, seconds: seconds, limits: limits)
        wasTooMuch = SearchAim.littleLoss.verdict(on: outcome) != .met
        return outcome
    }

    /// What a search wants to know of a run.
    static func outcome(
        of result: LoadResult,
        ratePerSecond: Double,
        seconds: Double,
        limits: [Threshold]
    ) -> TrialOutcome {
        let tally = result.tally
        var outcome = TrialOutcome(ratePerSecond: ratePerSecond, seconds: seconds)
        outcome.sent = tally.sent
        outcome.answered = tally.answered
        outcome.lost = tally.lost
        outcome.busy = tally.faults[.code(ResponseCode.serverBusy.rawValue)] ?? 0
        outcome.wrong = tally.wrong - outcome.busy
        outcome.p50 = tally.microseconds(atPercentile: 50)
        outcome.p99 = tally.microseconds(atPercentile: 99)
        outcome.p99_9 = tally.microseconds(atPercentile: 99.9)
        outcome.missedLimit = limits.first { !$0.isMet(by: result) }?.text
        outcome.drainSeconds = max(0, result.seconds - seconds - Double(outcome.p50 ?? 0) / 1e6)
        outcome.isGeneratorLimited = !result.limits.isEmpty
        outcome.wasInterrupted = result.wasInterrupted
        return outcome
    }
}
