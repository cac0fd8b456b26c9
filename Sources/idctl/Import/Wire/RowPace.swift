internal import Console

/// Keeps to so many rows a second.
final class RowPace {
    private let rowsPerSecond: Double?
    private let start = ContinuousClock.now
    private var count = 0

    /// `rowsPerSecond` nil: as fast as it goes.
    init(rowsPerSecond: Double?) { self.rowsPerSecond = rowsPerSecond }

    /// Waits until `more` rows may go.
    func take(_ more: Int) {
        count += more
        guard let rowsPerSecond else { return }
        let due = Double(count - more) / rowsPerSecond
        let pause = due - (ContinuousClock.now - start) / .seconds(1)
        if pause > 0 { Patience.rest(pause) }
    }
}
