internal import Console
internal import Glibc
internal import Resolution
internal import ResolutionProtocol

/// The nodes that report, the one with the most successes first, and how far all of them have come.
struct FederationRanking {
    /// A prefix with all servers that report for it.
    struct Node {
        let prefix: [UInt8]
        var serverCount = 0
        var counts = LedgerCounts()
        /// The newest day reported by all of its servers.
        var day: CountDay
        /// When the server came that has been silent for longest.
        var receivedUnixSeconds: Int64
    }

    let nodes: [Node]
    /// All nodes together; this node's own queries are not among them.
    let total: LedgerCounts
    /// What this node counted itself.
    let own: LedgerCounts
    private let forecast: LedgerForecast?
    private let target: UInt64
    private let now = Int64(time(nil))

    init(_ overview: ReportOverview, own: LedgerCounts, target: UInt64) {
        self.own = own
        self.target = target
        var byPrefix: [[UInt8]: Node] = [:]
        var total = LedgerCounts()
        for sender in overview.senders {
            let totals = sender.totals
            let start = Node(
                prefix: sender.sender.prefix,
                day: totals.day,
                receivedUnixSeconds: totals.receivedUnixSeconds
            )
            var node = byPrefix[sender.sender.prefix] ?? start
            node.serverCount += 1
            // A sum beyond 64 bits is none that nodes could have counted.
            try? node.counts.add(totals.totals)
            try? total.add(totals.totals)
            node.day = min(node.day, totals.day)
            node.receivedUnixSeconds = min(node.receivedUnixSeconds, totals.receivedUnixSeconds)
            byPrefix[node.prefix] = node
        }
        self.total = total
        nodes = byPrefix.values.sorted(by: Self.stands(_:before:))
        forecast = LedgerForecast(
            days: Self.withoutGaps(overview.days),
            measure: .successes,
            total: total.successes,
            target: target
        )
    }

    /// Whether `a` stands before `b`: more successes, then more requests.
    private static func stands(_ a: Node, before b: Node) -> Bool {
        if a.counts.successes != b.counts.successes { return a.counts.successes > b.counts.successes }
        if a.counts.requests != b.counts.requests { return a.counts.requests > b.counts.requests }
        return a.prefix.lexicographicallyPrecedes(b.prefix)
    }

    /// A day of which nobody reported anything had no queries that are known of.
    private static func withoutGaps(_ days: [ReportOverview.Day]) -> [(day: CountDay, counts: LedgerCounts)] {
        guard let first = days.first?.day.number, let last = days.last?.day.number, last - first < 4_000 else {
            return []
        }
        let known = Dictionary(days.map { ($0.day, $0.counts) }) { first, _ in first }
        return (first...last).map { (CountDay(number: $0), known[CountDay(number: $0)] ?? LedgerCounts()) }
    }

    private var percentText: String {
        guard let forecast else { return "0.00" }
        let hundredths = forecast.millionths / 100
        return "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100)"
    }

    func lines(_ session: Session) -> [String] {
        func words(_ english: String, _ chinese: String) -> String { session.words(english, chinese) }
        guard !nodes.isEmpty else { return [words("no node has reported yet", "尚无节点上报")] }
        var table = Table([
            Table.Column("", .right), Table.Column(words("prefix", "前缀")),
            Table.Column(words("successes", "成功响应量"), .right), Table.Column(words("requests", "请求量"), .right),
            Table.Column(words("servers", "服务器"), .right), Table.Column(words("through", "截至")),
            Table.Column(words("last report", "最近上报"), .right),
        ])
        for (position, node) in nodes.enumerated() {
            table.add([
                "\(position + 1)", String(decoding: node.prefix, as: UTF8.self),
                TextCount.grouped(node.counts.successes), TextCount.grouped(node.counts.requests),
                "\(node.serverCount)", node.day.text, age(of: node, session),
            ])
        }
        let (sum, goal) = (TextCount.grouped(total.successes), TextCount.grouped(target))
        let (ownSuccesses, ownRequests) = (TextCount.grouped(own.successes), TextCount.grouped(own.requests))
        var lines = table.lines()
        lines.append(
            words(
                "all of them: \(sum) of \(goal) resolution successes (\(percentText) %)",
                "合计：解析成功响应量 \(sum)，目标 \(goal)（\(percentText) %）"
            )
        )
        lines.append(
            words(
                "this node's own queries, not added: successes \(ownSuccesses), requests \(ownRequests)",
                "本节点自身（不计入合计）：成功响应量 \(ownSuccesses)，请求量 \(ownRequests)"
            )
        )
        if let forecast { lines += ForecastReport(forecast, .successes).lines(session) }
        return lines
    }

    /// How long ago the last report came.
    private func age(of node: Node, _ session: Session) -> String {
        let seconds = max(0, now - node.receivedUnixSeconds)
        return TextCount.duration(.seconds(seconds))
    }

    func json() -> [UInt8] {
        var json = JSONText()
        json.object { json in
            json.key("nodes")
            json.array { json in
                for node in nodes {
                    json.object { json in
                        json.key("prefix")
                        json.string(String(decoding: node.prefix, as: UTF8.self))
                        Self.write(node.counts, to: &json)
                        json.key("servers")
                        json.number(node.serverCount)
                        json.key("through")
                        json.string(node.day.text)
                        json.key("last_report_unix_seconds")
                        json.number(node.receivedUnixSeconds)
                    }
                }
            }
            json.key("all")
            json.object { Self.write(total, to: &$0) }
            json.key("own")
            json.object { Self.write(own, to: &$0) }
            json.key("target")
            json.number(target)
            json.key("percent")
            json.word(percentText)
            json.key("forecast")
            if let forecast {
                json.object { ForecastReport.write(forecast, to: &$0) }
            } else {
                json.null()
            }
        }
        json.endLine()
        return json.take()
    }

    private static func write(_ counts: LedgerCounts, to json: inout JSONText) {
        json.key("successes")
        json.number(counts.successes)
        json.key("requests")
        json.number(counts.requests)
    }
}
