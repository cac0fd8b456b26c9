internal import Console
internal import NodeConfiguration
internal import Resolution
internal import ResolutionClient
internal import Transport

extension StatusReport {
    /// What the node is among the others, whom it asks, and how they answer (reliability case F1).
    func recursion(_ json: inout JSONText) {
        let configuration = node.reloading.configuration
        json.key("recursion")
        json.object { json in
            json.key("enabled")
            json.boolean(node.recursion?.isForAskers == true)
            json.key("above")
            json.array { json in for host in configuration.federation.above { json.string(host.text) } }
            guard let recursion = node.recursion else { return }
            let figures = recursion.thread.figures
            let numbers: [(String, UInt64)] = [
                ("questions", figures.questionCount), ("joined", figures.joinedCount),
                ("prefetched", figures.prefetchCount), ("found", figures.foundCount),
                ("not_found", figures.notFoundCount), ("referrals", figures.referralCount),
                ("refused", figures.refusedCount), ("failed", figures.failedCount),
                ("timed_out", figures.timedOutCount), ("stale", figures.staleCount),
                ("asked", figures.askCount), ("busy", recursion.thread.refusedCount + figures.busyCount),
                ("open", UInt64(figures.openCount)), ("waiting", UInt64(figures.waiterCount)),
                ("routes", UInt64(figures.routeCount)),
            ]
            for (name, number) in numbers {
                json.key(name)
                json.number(number)
            }
            servers(figures.servers, &json)
        }
    }

    private func servers(_ states: [ServerState], _ json: inout JSONText) {
        json.key("servers")
        json.array { json in
            for state in states.sorted(by: { "\($0.server)" < "\($1.server)" }).prefix(64) {
                json.object { json in
                    json.key("address")
                    json.string("\(state.server)")
                    json.key("state")
                    json.string(state.word)
                    let numbers: [(String, UInt64?)] = [
                        ("silent_seconds", state.silentNanoseconds.map { $0 / 1_000_000_000 }),
                        ("answered_seconds_ago", state.answeredNanosecondsAgo.map { $0 / 1_000_000_000 }),
                        ("round_trip_microseconds", state.roundTripNanoseconds.map { $0 / 1_000 }),
                        ("under_way", UInt64(state.underWayCount)),
                    ]
                    for case (let name, let number?) in numbers {
                        json.key(name)
                        json.number(number)
                    }
                }
            }
        }
    }
}

extension ServerState {
    /// `answering`, `silent`, or `asked` before anything has come of that.
    var word: String {
        if silentNanoseconds != nil { return "silent" }
        return answeredNanosecondsAgo == nil ? "asked" : "answering"
    }
}
