/// What the writer thread has to tell an operator.
public enum StoreEvent: Sendable {
    /// This share of the map, in percent (80 or 90), is in use.
    case mapFilling(percent: Int, usedByteCount: Int, mapByteCount: Int)
    /// The map has grown.
    case mapGrew(fromByteCount: Int, toByteCount: Int)
    /// No room on the disk: writes are refused until there is some.
    case storageFull
    /// Writes are taken again.
    case storageHasRoom
    /// The disk refused; no write is taken any more until the program is started again.
    case failed(reason: String)
    /// A reader met damage.
    case damaged(DamageReport)
    /// Slots of readers whose process has ended were freed.
    case staleReaders(count: Int)
    /// A larger index of hints has taken the place of a full one.
    case indexGrew(fromCapacity: Int, toCapacity: Int)
    /// There are more identifiers than the index of hints has room for, and it may not grow.
    case indexFull(identifierCount: Int, capacity: Int)
    /// The data file is being brought into memory.
    case warmingBegan(WarmingFigures)
    /// That has come to an end, or was left alone; the figures say which.
    case warmingEnded(WarmingFigures)
}
