internal import Console
internal import Glibc

/// Keeps a long walk through a store to half of a processor, and to so many bytes a second, so that the node next to it
/// has the rest.
struct Pace {
    private static let pauseMax: Duration = .milliseconds(100)
    /// Work that took longer waited for a processor itself.
    private static let restMax: Duration = .milliseconds(10)

    private let bytesPerSecondMax: Int?
    private let rests: Bool
    private let start = ContinuousClock.now
    /// When the last rest ended.
    private var rested: Duration = .zero

    /// At most `mebibytesPerSecond`; nil: no limit. `rests`: whether there is a node to be let work.
    init(mebibytesPerSecond: Int?, rests: Bool) {
        bytesPerSecondMax = mebibytesPerSecond.map { $0 << 20 }
        self.rests = rests
    }

    /// How long since the beginning.
    var elapsed: Duration { ContinuousClock.now - start }

    /// Rests as long as it has worked since the last rest, and until `byteCount` bytes since the beginning are due, or
    /// somebody asks the program to stop.
    ///
    /// A low priority would not do: where others take the processor, a walk would be held up with a snapshot in its
    /// hand, and the node's file would grow.
    mutating func rest(byteCount: Int) {
        if rests { Self.sleep(min(elapsed - rested, Self.restMax)) }
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
