internal import Console
internal import NodeConfiguration
internal import Resolution
internal import Transport

extension StatusReport {
    /// What administration holds and has done.
    func administration(_ json: inout JSONText) {
        json.key("administration")
        json.object { json in
            json.key("enabled")
            json.boolean(node.administration != nil)
            json.key("read_only")
            json.string(node.writes.readOnlyReason ?? "no")
            guard let administration = node.administration else { return }
            let section = node.settings.configuration.administration
            json.key("transport")
            json.string(section.transport.rawValue)
            json.key("legacy_algorithms")
            json.boolean(section.allowsLegacyAlgorithms)
            let figures = administration.thread.figures
            let numbers: [(String, UInt64)] = [
                ("sessions", UInt64(figures.sessionCount)), ("challenges", UInt64(figures.challengeCount)),
                ("changes", figures.changeCount), ("changes_refused", figures.refusedChangeCount),
                ("proofs", figures.provenCount), ("proofs_failed", figures.failedProofCount),
                ("proofs_by_legacy_algorithms", figures.legacyProofCount), ("repeats", figures.repeatCount),
                ("remote_keys", figures.remoteKeyCount), ("remote_keys_failed", figures.failedRemoteKeyCount),
                ("traces", figures.traceCount), ("traces_refused", figures.refusedTraceCount),
                ("traced_identifiers", figures.tracedCount), ("traced_elsewhere", figures.tracedElsewhereCount),
            ]
            for (name, number) in numbers {
                json.key(name)
                json.number(number)
            }
        }
    }
}
