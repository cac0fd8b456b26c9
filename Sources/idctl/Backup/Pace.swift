internal import Console
internal import Glibc

/// Keeps a long walk through a store to half of a processor, and to so many bytes a second, so that the node next to it
/// has the rest.
struct Pace {
    private static let pauseMax: Duration = .milliseconds(100)

    private let bytesPerSecondMax: Int?
    private let start = ContinuousClock.now
    /// When the last rest ended.
    private var rested: Duration = .zero

    /// At most `mebibytesPerSecond`; nil: as fast as it goes.
    init(mebibytesPerSecond: Int?) { bytesPerSecondMax = mebibytesPerSecond.map { $0 << 20 } }

    /// How long since the beginning.
    var elapsed: Duration { ContinuousClock.now - start }

    /// Rests as long as it has worked since the last rest, and until `byteCount` bytes since the beginning are due, or
    /// somebody asks the program to stop.
    ///
    /// A low priority would not do: where others take the processor, a walk would be held up with a snapshot in its
    /// hand, and the node's file would grow.
    mutating func rest(byteCount: Int) {
        let worked = min(elapsed - rested, Self.pauseMax)
        Self.sleep(worked)
        while let due = due(byteCount), due > elapsed, !Interruption.isRequested {
            Self.sleep(min(due - elapsed, Self.pauseMax))
        }
        rested = elapsed
    }

    private static func sleep(_ time: Duration) {
        usleep(useconds_t(clamping: time.components.attoseconds / 1_000_000_000_000))
    }

    /// When `byteCount` bytes are due, from the beginning; nil: at once.
    func due(_ byteCount: Int) -> Duration? {
        bytesPerSecondMax.map { .seconds(Double(byteCount) / Double($0)) }
    }
}
