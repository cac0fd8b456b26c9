/// A change of the rate while a run went on.
struct RateChange: Sendable, Hashable {
    /// From the run's start, its warm-up included.
    let nanoseconds: UInt64
    /// Questions per second just before.
    let perSecondBefore: Double
    /// Questions per second from then on.
    let perSecond: Double

    /// From the run's start, in milliseconds' steps.
    var seconds: Double { Double(nanoseconds / 1_000_000) / 1_000 }
}
