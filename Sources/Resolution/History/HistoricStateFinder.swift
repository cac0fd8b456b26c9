/// Finds what an identifier was at a time while its entries pass by, oldest first; holds two of them at most.
///
/// A change counts from its second on. Where the node's clock was set back, a time was there twice, and the later one
/// is meant.
public struct HistoricStateFinder: Sendable {
    /// The time, in seconds since 1970.
    public let unixSeconds: UInt64
    /// Whether the clock was set back over that time between two changes of the identifier.
    public private(set) var isAmbiguous = false
    private var previous: HistoryEntry?
    private var next: HistoryEntry?

    /// A finder that has seen nothing yet.
    public init(unixSeconds: UInt64) { self.unixSeconds = unixSeconds }

    /// Takes the next entry; terms of a prefix are passed over.
    public mutating func take(_ entry: HistoryEntry, start: LogStart) {
        guard entry.isOfRecord else { return }
        if entry.changeSequence <= start.droppedThrough || entry.unixSeconds <= unixSeconds {
            if next != nil { isAmbiguous = true }
            (previous, next) = (entry, nil)
        } else if next == nil {
            next = entry
        }
    }

    /// What it was, once all entries have been taken.
    public func state(start: LogStart, present: PresentRecord) -> HistoricState {
        guard start.covers(unixSeconds) else { return .unknown(.beforeStart) }
        guard let next else { return .after(previous, present: present, start: start) }
        return .between(previous, next, start: start)
    }
}
