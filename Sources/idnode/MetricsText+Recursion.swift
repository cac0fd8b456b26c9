internal import NodeConfiguration
internal import ResolutionClient
internal import Transport

/// What asking other nodes has come to, for the metrics. Servers are labels only as far as the level above is meant:
/// others are as many as there are nodes.
extension MetricsText {
    func recursion() -> [String] {
        guard let recursion = node.recursion else { return [] }
        let figures = recursion.thread.figures
        let upstream = figures.upstream
        let counters: [(String, UInt64)] = [
            ("recursion_questions", figures.questionCount), ("recursion_joined", figures.joinedCount),
            ("recursion_prefetches", figures.prefetchCount), ("recursion_found", figures.foundCount),
            ("recursion_not_found", figures.notFoundCount), ("recursion_referrals", figures.referralCount),
            ("recursion_refused", figures.refusedCount), ("recursion_failed", figures.failedCount),
            ("recursion_timed_out", figures.timedOutCount), ("recursion_unproven", figures.unprovenCount),
            ("recursion_stale", figures.staleCount),
            ("recursion_busy", recursion.thread.refusedCount + figures.busyCount),
            ("recursion_older_sites", figures.olderSiteCount),
            ("upstream_asked", upstream.askedCount), ("upstream_answered", upstream.answeredCount),
            ("upstream_failed", upstream.failedCount), ("upstream_busy", upstream.busyCount),
            ("upstream_left_alone", upstream.leftAloneCount), ("upstream_unmatched", upstream.unmatchedCount),
            ("upstream_unbelieved", upstream.unbelievedCount), ("upstream_over_limit", upstream.overLimitCount),
            ("upstream_repeated", upstream.repeatedCount), ("upstream_moved_to_tcp", upstream.movedToTCPCount),
            ("upstream_connections_made", upstream.connectionsMade),
        ]
        let gauges: [(String, Int)] = [
            ("recursion_open", figures.openCount), ("recursion_waiting", figures.waiterCount),
            ("recursion_bytes", figures.heldByteCount), ("recursion_routes", figures.routeCount),
            ("upstream_under_way", upstream.underWayCount), ("upstream_bytes", upstream.heldByteCount),
            ("upstream_ports", upstream.portCount), ("upstream_connections", upstream.connectionCount),
            ("upstream_servers", upstream.serverCount),
        ]
        return counters.flatMap(counter) + gauges.flatMap(gauge) + servers(figures.servers)
    }

    private func servers(_ states: [ServerState]) -> [String] {
        let above = node.reloading.configuration.federation.above.map(\.text)
        let known = states.filter { above.contains("\($0.server)") }.sorted { "\($0.server)" < "\($1.server)" }
        var lines = ["# TYPE hanjiang_upstream_silent_seconds gauge"]
        lines += known.map { state in
            let seconds = (state.silentNanoseconds ?? 0) / 1_000_000_000
            return "hanjiang_upstream_silent_seconds{server=\"\(state.server)\"} \(seconds)"
        }
        lines.append("# TYPE hanjiang_upstream_round_trip_microseconds gauge")
        lines += known.compactMap { state in
            state.roundTripNanoseconds.map {
                "hanjiang_upstream_round_trip_microseconds{server=\"\(state.server)\"} \($0 / 1_000)"
            }
        }
        return lines
    }
}
