internal import Console
internal import Glibc

/// Keeps a long walk through a store to so many bytes a second, so that the node next to it has the disk.
struct Pace {
    private static let pauseMax: Duration = .milliseconds(100)

    private let bytesPerSecondMax: Int?
    private let start = ContinuousClock.now

    /// At most `mebibytesPerSecond`; nil: as fast as it goes.
    init(mebibytesPerSecond: Int?) { bytesPerSecondMax = mebibytesPerSecond.map { $0 << 20 } }

    /// How long since the beginning.
    var elapsed: Duration { ContinuousClock.now - start }

    /// Waits until `byteCount` bytes since the beginning are due, or somebody asks the program to stop.
    func wait(byteCount: Int) {
        guard let due = due(byteCount) else { return }
        while !Interruption.isRequested {
            let left = due - elapsed
            guard left > .zero else { return }
            let pause = min(left, Self.pauseMax)
            usleep(useconds_t(clamping: pause.components.attoseconds / 1_000_000_000_000))
        }
    }

    /// When `byteCount` bytes are due, from the beginning; nil: at once.
    func due(_ byteCount: Int) -> Duration? {
        bytesPerSecondMax.map { .seconds(Double(byteCount) / Double($0)) }
    }

    /// Lets everyone else go first.
    static func stepBack() { _ = nice(19) }
}
