internal import Synchronization

/// What an index of hints has come to.
public struct HintFigures: Hashable, Sendable {
    /// Hints in the table.
    public var occupiedCount = 0
    /// Identifiers for which the table has room at six tenths of its slots.
    public var capacity = 0
    /// Bytes of the table; while it grows of both.
    public var byteCount = 0
    /// Bytes up to which it may grow; 0: it does not.
    public var byteCountMax = 0
    /// Identifiers for which the table that is being filled has room; 0: there is none.
    public var growingCapacity = 0
    /// How often a larger table has taken the place of a full one.
    public var growthCount = 0
    /// How often all records have been walked through.
    public var sweepRoundCount = 0
    /// How often the table was emptied.
    public var emptyingCount = 0

    init() {}

    /// Whether there are more hints than there is room for at six tenths, and no larger table is on its way.
    public var isFull: Bool { occupiedCount >= capacity && growingCapacity == 0 }
}

/// The same while it is counted: by the writer, for whoever asks.
final class HintTally: Sendable {
    let occupiedCount = Atomic<Int>(0)
    let capacity = Atomic<Int>(0)
    let byteCount = Atomic<Int>(0)
    let growingCapacity = Atomic<Int>(0)
    let growthCount = Atomic<Int>(0)
    let sweepRoundCount = Atomic<Int>(0)
    let emptyingCount = Atomic<Int>(0)
}
