internal import Console
internal import Glibc

/// How long a program goes on asking a server that is busy or away: longer pauses each time, none like another's, until
/// nothing has come for too long.
struct Patience {
    private static let firstPause = 0.1
    private static let pauseMax = 5.0
    /// How often Ctrl-C is looked at.
    private static let step = 0.05

    /// Seconds without progress after which it ends.
    let seconds: Double
    private var lastProgress = ContinuousClock.now
    private var attempts = 0

    init(seconds: Double) { self.seconds = seconds }

    /// Something was answered.
    mutating func noteProgress() {
        lastProgress = .now
        attempts = 0
    }

    /// So long the program itself waited, as it was told to: that is not the server's.
    mutating func pardon(_ own: Duration) { lastProgress += own }

    /// The next pause in seconds; nil: it has been too long.
    mutating func nextPause() -> Double? {
        let waited = (ContinuousClock.now - lastProgress) / .seconds(1)
        guard waited < seconds else { return nil }
        let most = min(Self.pauseMax, Self.firstPause * Double(1 << min(attempts, 10)))
        attempts += 1
        // Many who were sent away together do not come back together.
        return min(most * .random(in: 0.5...1), seconds - waited)
    }

    /// Waits, and ends early at Ctrl-C.
    static func rest(_ pause: Double) {
        var left = pause
        while left > 0, !Interruption.isRequested {
            usleep(UInt32(min(left, step) * 1e6))
            left -= step
        }
    }
}
