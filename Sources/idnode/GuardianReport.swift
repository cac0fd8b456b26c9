internal import Console
internal import Resolution
internal import ResolutionProtocol
internal import Transport

/// What the route guardian knows, as JSON for `idctl guardian show` and, without addresses, for `idctl status`. Members
/// are only ever added.
struct GuardianReport {
    let node: Node

    func json() -> [UInt8] {
        var json = JSONText()
        json.object { json in
            members(&json)
            json.key("addresses")
            json.array { json in
                for (address, standing) in node.guardian?.thread.watched ?? [] { add(address, standing, &json) }
            }
        }
        return json.take()
    }

    func summary(_ json: inout JSONText) { json.object { json in members(&json) } }

    private func members(_ json: inout JSONText) {
        let figures = node.guardian?.thread.figures ?? GuardianFigures()
        json.key("enabled")
        json.boolean(node.guardian != nil && figures.settings.isEnabled)
        json.key("isolated")
        json.boolean(figures.isIsolated)
        for state in AddressStanding.State.allCases {
            json.key(state.name)
            json.number(figures.counts[state] ?? 0)
        }
        let numbers: [(String, UInt64)] = [
            ("unwatched", UInt64(figures.unwatchedCount)), ("silent_sites", UInt64(figures.silentSiteCount)),
            ("probes", figures.probeCount), ("probes_answered", figures.answeredCount),
            ("probes_failed", figures.failedCount), ("events_unrecorded", UInt64(figures.unrecordedCount)),
        ]
        for (name, number) in numbers {
            json.key(name)
            json.number(number)
        }
        guard let failure = figures.recordFailure else { return }
        json.key("failure")
        json.string(failure)
    }

    private func add(_ address: WatchedAddress, _ standing: AddressStanding, _ json: inout JSONText) {
        json.object { json in
            let texts: [(String, String?)] = [
                ("address", address.text), ("state", standing.state.name), ("failure", standing.failure?.name),
            ]
            for case (let name, let text?) in texts {
                json.key(name)
                json.string(text)
            }
            json.key("prefix")
            json.string(standing.prefix)
            let numbers: [(String, Int64?)] = [
                ("prefixes", Int64(standing.prefixCount)), ("since_unix_seconds", standing.sinceUnixSeconds),
                ("answered_unix_seconds", standing.answeredUnixSeconds),
                ("failures", Int64(standing.failureCount)),
                ("event", standing.openEvent > 0 ? Int64(clamping: standing.openEvent) : nil),
            ]
            for case (let name, let number?) in numbers {
                json.key(name)
                json.number(number)
            }
        }
    }
}
