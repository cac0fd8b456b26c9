internal import Resolution
internal import Transport

/// What administration does, for the metrics.
extension MetricsText {
    func administration() -> [String] {
        guard let administration = node.administration else { return [] }
        let figures = administration.thread.figures
        let counters: [(String, UInt64)] = [
            ("administration_requests", figures.requestCount), ("challenges_sent", figures.challengesSentCount),
            ("proofs_accepted", figures.provenCount), ("proofs_failed", figures.failedProofCount),
            ("identities_certified", figures.certifiedCount), ("proofs_delayed", figures.delayedProofCount),
            ("proofs_legacy", figures.legacyProofCount),
            ("sessions_set_up", figures.sessionsSetUpCount),
            ("session_messages_rejected", figures.rejectedMessageCount), ("changes_made", figures.changeCount),
            ("changes_refused", figures.refusedChangeCount), ("repeats_answered", figures.repeatCount),
            ("administration_busy", figures.busyCount + administration.thread.refusedCount),
            ("sessions_evicted", figures.evictedSessionCount),
            ("challenges_evicted", figures.evictedChallengeCount),
            ("list_names_damaged", figures.damagedNameCount),
            ("remote_keys_asked", figures.remoteKeyCount), ("remote_keys_failed", figures.failedRemoteKeyCount),
            ("administration_recursed", figures.recursedCount),
            ("traces", figures.traceCount), ("traces_refused", figures.refusedTraceCount),
            ("traces_abandoned", figures.abandonedTraceCount), ("traced_identifiers", figures.tracedCount),
            ("traced_elsewhere", figures.tracedElsewhereCount), ("traced_limited", figures.limitedTracedCount),
        ]
        let gauges: [(String, Int)] = [
            ("sessions_open", figures.sessionCount), ("challenges_open", figures.challengeCount),
            ("changes_waiting", figures.waitingCount), ("traces_open", figures.openTraceCount),
            ("remote_keys_waiting", figures.remoteKeyWaitCount),
            ("administration_waiting", administration.thread.waitingCount),
            ("administration_bytes", administration.thread.inFlightByteCount),
            ("read_only", node.writes.readOnlyReason == nil ? 0 : 1),
        ]
        return counters.flatMap(counter) + gauges.flatMap(gauge)
    }

    func keys() -> [String] {
        counter("key_jobs_refused", node.keys.refusedCount) + gauge("key_jobs_waiting", node.keys.waitingCount)
    }
}
