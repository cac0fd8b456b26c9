internal import Resolution
internal import Transport

/// What the route guardian has come to, for the metrics. Addresses are no labels: they are as many as there are nodes.
extension MetricsText {
    func guardian() -> [String] {
        guard let figures = node.guardian?.thread.figures else { return [] }
        var lines = ["# TYPE hanjiang_guardian_addresses gauge"]
        lines += AddressStanding.State.allCases.map {
            "hanjiang_guardian_addresses{state=\"\($0.name)\"} \(figures.counts[$0] ?? 0)"
        }
        lines.append("# TYPE hanjiang_guardian_events_total counter")
        lines += GuardianEvent.Kind.allCases.map {
            "hanjiang_guardian_events_total{kind=\"\($0.name)\"} \(figures.eventCounts[$0] ?? 0)"
        }
        let counters: [(String, UInt64)] = [
            ("guardian_probes", figures.probeCount), ("guardian_probes_answered", figures.answeredCount),
            ("guardian_probes_failed", figures.failedCount), ("guardian_probes_untold", figures.untoldCount),
            ("guardian_record_failures", figures.recordFailureCount),
            ("guardian_unreadable", figures.unreadableCount),
        ]
        let gauges: [(String, Int)] = [
            ("guardian_unwatched", figures.unwatchedCount), ("guardian_under_way", figures.underWayCount),
            ("guardian_silent_sites", figures.silentSiteCount), ("guardian_isolated", figures.isIsolated ? 1 : 0),
            ("guardian_events_unrecorded", figures.unrecordedCount),
        ]
        return lines + counters.flatMap(counter) + gauges.flatMap(gauge)
    }
}
