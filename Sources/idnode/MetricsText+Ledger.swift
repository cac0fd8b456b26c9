internal import Resolution

extension MetricsText {
    /// The resolution ledger. Networks are no labels: `idctl ledger show` names them.
    func ledger() -> [String] {
        let standing = node.ledger.standing
        var lines = gauge("ledger_failed", standing.failure == nil ? 0 : 1)
        lines += counter("ledger_failures", standing.failureCount)
        guard let last = standing.last else { return lines }
        lines += gauge("ledger_entries", Int(clamping: last.sequence) + 1)
        lines += counter("ledger_resolution_requests", last.cumulative.requests)
        lines += counter("ledger_resolution_successes", last.cumulative.successes)
        guard let day = standing.lastDay else { return lines }
        lines += gauge("ledger_closed_day_start_seconds", Int(clamping: day.day.startUnixSeconds))
        let percent = Int(clamping: (day.largestShare?.millionths ?? 0) / 10_000)
        return lines + gauge("ledger_largest_source_percent", percent)
    }
}
