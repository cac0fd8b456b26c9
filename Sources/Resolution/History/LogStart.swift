/// Where the part of the change log begins of which nothing has been dropped.
public struct LogStart: Hashable, Sendable {
    /// Changes up to this one may have been dropped; 0: the log has all there ever were.
    public var droppedThrough: UInt64
    /// When the first change behind them was made, in seconds since 1970; nil: there is none.
    public var unixSeconds: UInt64?

    /// A start.
    public init(droppedThrough: UInt64, unixSeconds: UInt64?) {
        self.droppedThrough = droppedThrough
        self.unixSeconds = unixSeconds
    }

    /// Whether the log says what was at `unixSeconds`: every change dropped lies before.
    public func covers(_ unixSeconds: UInt64) -> Bool {
        guard droppedThrough > 0 else { return true }
        return self.unixSeconds.map { $0 <= unixSeconds } ?? false
    }

    /// Whether all later changes of an identifier are in the log; nil: all there ever were.
    func hasAll(behind entry: HistoryEntry?) -> Bool { entry?.sequence ?? 0 >= droppedThrough }
}
