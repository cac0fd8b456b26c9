internal import Console
internal import EventLoop
internal import Resolution

extension StatusReport {
    /// The resolution ledger: how far it goes, what it comes to, and who asked most on its last day and today.
    func ledger(_ json: inout JSONText, today: DayTotals?) {
        let standing = node.ledger.standing
        json.key("ledger")
        json.object { json in
            json.key("state")
            json.string(standing.failure == nil ? standing.isKept ? "kept" : "off" : "failed")
            if let failure = standing.failure {
                json.key("failure")
                json.string(failure)
            }
            guard let last = standing.last else { return }
            json.key("entries")
            json.number(last.sequence + 1)
            json.key("closed_through")
            json.string(standing.lastDay?.day.text ?? "")
            json.key("resolution_requests")
            json.number(last.cumulative.requests)
            json.key("resolution_successes")
            json.number(last.cumulative.successes)
            share("largest_source", standing.lastDay?.largestShare, standing.sharePercentMax, &json)
            share("largest_source_today", today.flatMap(Self.share), standing.sharePercentMax, &json)
        }
    }

    private func share(_ name: String, _ share: SourceShare?, _ percentMax: Int, _ json: inout JSONText) {
        guard let share else { return }
        json.key(name)
        json.object { json in
            json.key("network")
            json.string(share.networkText)
            json.key("percent")
            json.word(share.percentText)
            json.key("dominates")
            json.boolean(share.isOver(percent: percentMax))
        }
    }

    /// The largest network's share of a day that is not over.
    private static func share(of totals: DayTotals) -> SourceShare? {
        let account = LedgerAccount(totals, prefixes: [])
        let rows = account.sources.map { LedgerSourceRow($0.key, count: $0.value) }.sorted { $0.key < $1.key }
        let total = totals.total
        let requests = OriginClass.allCases.reduce(0) { $0 &+ ($1.isExternal ? total.received($1) : 0) }
        return SourceShare(LedgerLargestNetwork(of: rows), of: requests)
    }
}

extension SourceShare {
    /// `192.0.2.0/24`, `2001:db8::/56`.
    var networkText: String {
        NetworkPrefix(high: network.high, low: network.low, bitCount: network.prefixLength).description
    }
}
