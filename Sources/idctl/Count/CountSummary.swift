internal import EventLoop
internal import Resolution

/// The counts of a day as they are shown.
struct CountSummary {
    /// One origin class.
    struct Origin {
        let name: String
        let received: UInt64
        let found: UInt64
        let repeated: UInt64
    }

    /// One prefix; number 0 stands for all prefixes that are not this node's.
    struct Prefix {
        let name: [UInt8]
        let counts: CountTotals
    }

    /// A source of queries.
    struct Source {
        let network: String
        let origin: String
        let count: UInt64
    }

    /// The day, `yyyy-MM-dd` in Asia/Shanghai.
    let day: String
    /// All prefixes together.
    let total: CountTotals
    /// Every origin class, also those without queries.
    let origins: [Origin]
    /// Prefixes that were asked for, by name.
    let prefixes: [Prefix]
    /// Sources, the most frequent first.
    let sources: [Source]
    /// Queries of sources beyond those listed.
    let otherSourcesCount: UInt64

    init(_ report: CountReport) {
        let totals = report.totals
        let total = totals.total
        day = totals.day.text
        self.total = total
        origins = OriginClass.allCases.map { origin in
            Origin(
                name: origin.name,
                received: total.received(origin),
                found: total.found(origin),
                repeated: totals.repeated[origin] ?? 0
            )
        }
        let names = Dictionary(report.prefixes.map { ($0.number, $0.prefix) }) { first, _ in first }
        prefixes = totals.byPrefix.filter { $0.value.requests > 0 }.sorted { $0.key < $1.key }.map { number, counts in
            Prefix(name: names[number] ?? Array(number == 0 ? "*".utf8 : "#\(number)".utf8), counts: counts)
        }
        sources = totals.sources.sorted {
            ($1.count, $0.source.high, $0.source.low) < ($0.count, $1.source.high, $1.source.low)
        }
        .map { Source(network: Self.network($0.source), origin: $0.origin.name, count: $0.count) }
        otherSourcesCount = totals.otherSources.values.reduce(0) { $0 &+ $1 }
    }

    /// `192.0.2.7`, `192.0.2.0/24`, `2001:db8::/56`.
    static func network(_ source: QuerySource) -> String {
        let network = NetworkPrefix(high: source.high, low: source.low, bitCount: source.prefixLength)
        return source.prefixLength < 128 ? network.description : String(network.description.prefix { $0 != "/" })
    }
}
