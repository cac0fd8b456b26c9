internal import ResolutionProtocol

/// How fast a node's counters grew between two reports.
struct StatusRates {
    /// Members of `metrics` that go up and down.
    private static let gauges: Set<String> = ["connections_open", "bytes_buffered", "reassemblies_open"]

    /// By counter, per second; a counter that went back (of a node that was started anew, of a new day) has none.
    private(set) var perSecond: [(name: String, rate: Double)] = []

    /// From `earlier` to `later`, which came `seconds` after it; none where there was nothing before.
    init(from earlier: StatusReport?, to later: StatusReport, seconds: Double) {
        guard let earlier, seconds > 0, earlier.number("pid") == later.number("pid") else { return }
        add("resolution_requests", from: earlier, to: later, in: "counting", seconds: seconds)
        add("resolution_successes", from: earlier, to: later, in: "counting", seconds: seconds)
        guard case .object(let metrics)? = later.tree["metrics"] else { return }
        for metric in metrics where !Self.gauges.contains(metric.name) {
            add(metric.name, from: earlier, to: later, in: "metrics", seconds: seconds)
        }
    }

    /// The rate of `name`; nil: it is not known.
    subscript(name: String) -> Double? { perSecond.first { $0.name == name }?.rate }

    private mutating func add(
        _ name: String,
        from earlier: StatusReport,
        to later: StatusReport,
        in object: String,
        seconds: Double
    ) {
        guard let old = earlier.number(name, in: object), let new = later.number(name, in: object), new >= old else {
            return
        }
        perSecond.append((name, Double(new - old) / seconds))
    }
}
