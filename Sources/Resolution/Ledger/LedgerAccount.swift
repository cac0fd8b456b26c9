/// What was counted for a day, as an entry of the ledger says it: by prefix and class, and by source network and class.
package struct LedgerAccount: Hashable, Sendable {
    /// Queries received, and those of them found and answered.
    package struct Pair: Hashable, Sendable {
        package var received: UInt64 = 0
        package var found: UInt64 = 0

        package init() {}

        var isEmpty: Bool { received == 0 && found == 0 }
    }

    package var pairs: [LedgerRow.Key: Pair] = [:]
    package var sources: [LedgerSourceRow.Key: UInt64] = [:]
    /// Queries of sources that were not kept apart.
    package var otherSourceCount: UInt64 = 0

    /// Nothing.
    package init() {}

    /// The counts of a day, with the names of `prefixes`. A number without a name, which only a damaged table has, goes
    /// by `#number`.
    package init(_ totals: DayTotals, prefixes: [PrefixRow]) {
        let names = Dictionary(prefixes.map { ($0.number, $0.prefix) }) { first, _ in first }
        for (number, counts) in totals.byPrefix {
            let name = number == 0 ? [] : names[number] ?? Array("#\(number)".utf8)
            for origin in OriginClass.allCases where counts.received(origin) > 0 || counts.found(origin) > 0 {
                let key = LedgerRow.Key(prefix: name, origin: origin)
                pairs[key, default: Pair()].received &+= counts.received(origin)
                pairs[key, default: Pair()].found &+= counts.found(origin)
            }
        }
        for source in totals.sources where source.count > 0 {
            let key = LedgerSourceRow.Key(network: source.source.network, origin: source.origin)
            sources[key, default: 0] &+= source.count
        }
        otherSourceCount = totals.otherSources.values.reduce(0) { $0 &+ $1 }
    }

    /// Adds what a row of an entry added to the day.
    package mutating func add(_ row: LedgerRow) {
        pairs[row.key, default: Pair()].received &+= row.received
        pairs[row.key, default: Pair()].found &+= row.found
    }

    /// Adds what a source row of an entry added to the day.
    package mutating func add(_ row: LedgerSourceRow) { sources[row.key, default: 0] &+= row.count }

    /// Whether nothing was counted.
    package var isEmpty: Bool {
        pairs.values.allSatisfy(\.isEmpty) && sources.values.allSatisfy { $0 == 0 } && otherSourceCount == 0
    }

    /// What is in this and not yet in `recorded`. Counters only grow, so nothing is ever less.
    package func beyond(_ recorded: LedgerAccount) -> LedgerAccount {
        var rest = LedgerAccount()
        for (key, pair) in pairs {
            let known = recorded.pairs[key] ?? Pair()
            var more = Pair()
            more.received = pair.received - min(pair.received, known.received)
            more.found = pair.found - min(pair.found, known.found)
            if !more.isEmpty { rest.pairs[key] = more }
        }
        for (key, count) in sources {
            let known = recorded.sources[key] ?? 0
            if count > known { rest.sources[key] = count - known }
        }
        rest.otherSourceCount = otherSourceCount - min(otherSourceCount, recorded.otherSourceCount)
        return rest
    }
}
