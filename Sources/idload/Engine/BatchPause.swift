/// A short pause after a turn of an open loop that takes most of a processor, so that questions and answers gather and
/// the next turn's system calls carry several: a loop that turns for each single answer takes a whole processor long
/// before it is at its limit, and nobody could tell the two apart.
///
/// It grows and shrinks with the processor's time that the thread took in the last hundredth of a second. Rest would
/// be the wrong measure: most of a short rest is the system's work for it.
struct BatchPause: Sendable {
    /// A question is late by so much at most for having been gathered.
    static let nanosecondsMax: UInt64 = 50_000
    private static let step: UInt64 = 5_000
    private static let windowNanoseconds: UInt64 = 10_000_000
    /// Above the second share of a processor it grows, below the first it shrinks.
    private static let processorShares = (enough: 0.65, most: 0.8)

    /// How long; 0 while the thread rests enough.
    private(set) var nanoseconds: UInt64 = 0
    private var windowBegan: UInt64
    private var processorBegan: UInt64

    init(startNanoseconds: UInt64, processorNanoseconds: UInt64) {
        windowBegan = startNanoseconds
        processorBegan = processorNanoseconds
    }

    /// Whether it is time for a look.
    func isOver(_ now: UInt64) -> Bool { now >= windowBegan &+ Self.windowNanoseconds }

    mutating func look(nowNanoseconds now: UInt64, processorNanoseconds: UInt64) {
        let share = Double(processorNanoseconds &- processorBegan) / Double(now &- windowBegan)
        if share > Self.processorShares.most { nanoseconds = min(Self.nanosecondsMax, nanoseconds + Self.step) }
        if share < Self.processorShares.enough { nanoseconds -= min(nanoseconds, Self.step) }
        windowBegan = now
        processorBegan = processorNanoseconds
    }
}
