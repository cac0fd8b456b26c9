internal import Console

extension ReportPage {
    func writeCharts(_ page: inout HTMLText) {
        if !document.rows.isEmpty {
            page.element("h2", text: words("Over time", "随时间变化"))
            rateChart.write(&page)
            lossChart.write(&page)
            latencyChart?.write(&page)
        }
        if document.result.tally.answered > 0 {
            page.element("h2", text: words("Distribution", "分布"))
            percentileChart.write(&page)
        }
    }

    private var rows: [SecondRow] { document.rows }
    private var time: ChartAxis { .time(to: rows.last?.endSeconds ?? 1) }
    private var warmupEnd: Double? { rows.last { !$0.isMeasured }?.endSeconds }
    private var warmupName: String { words("warm-up", "预热") }

    /// Whether a row is long enough to tell a rate or a percentile; the rest at a run's end is not.
    private func isWhole(_ row: SecondRow) -> Bool { row.seconds * 2 >= Double(document.rowSeconds) }

    /// A line with a point for each row.
    private func line(
        _ style: String,
        _ name: String,
        _ value: (SecondRow) -> Double?
    ) -> Chart.Line {
        Chart.Line(style: style, name: name, points: rows.map { row in value(row).map { (row.endSeconds, $0) } })
    }

    private var rateChart: Chart {
        let lines = [
            line("target", words("target", "目标")) { isWhole($0) ? $0.targetPerSecond : nil },
            line("sent", words("sent", "已发送")) { isWhole($0) ? $0.sentPerSecond : nil },
            line("answered", words("answered", "已应答")) { isWhole($0) ? $0.answeredPerSecond : nil },
        ]
        return Chart(
            title: words("Questions a second", "每秒查询数"),
            x: time,
            y: .counts(to: Self.largest(lines)),
            lines: lines.filter { line in line.points.contains { $0 != nil } },
            shadedTo: warmupEnd,
            shadedName: warmupName
        )
    }

    private var lossChart: Chart {
        let lines = [
            line("lost", words("lost", "丢失")) { Double($0.lost) },
            line("wrong", words("wrong", "错误")) { Double($0.wrong) },
        ]
        return Chart(
            title: document.rowSeconds == 1
                ? words("Lost and wrong, each second", "每秒丢失与错误数")
                : words("Lost and wrong, each \(document.rowSeconds) s", "每 \(document.rowSeconds) 秒丢失与错误数"),
            x: time,
            y: .counts(to: Self.largest(lines)),
            lines: lines,
            shadedTo: warmupEnd,
            shadedName: warmupName,
            height: 160
        )
    }

    /// One among the lost is drawn at the timeout, which it is longer than.
    private var latencyChart: Chart? {
        let timeout = Double(document.plan.timeoutMicroseconds)
        let places = [("p50", 0), ("p99", 1), ("max", 3)]
        let lines = places.map { style, place in
            line(style, style) { row in
                // The longest of all is told however short the row is.
                guard isWhole(row) || style == "max" else { return nil }
                return switch row.times[place] {
                case .microseconds(let microseconds): Double(microseconds)
                case .lost: timeout
                case .unknown: nil
                }
            }
        }.filter { line in line.points.contains { $0 != nil } }
        guard !lines.isEmpty else { return nil }
        let hasUnknown = rows.contains { $0.answered > 0 && $0.times.contains(.unknown) }
        let hasLost = rows.contains { $0.times.contains(.lost) }
        let lostNote = words("Where one got no answer it is drawn at the timeout.", "未得到应答的按超时时间绘制。")
        let mergedNote = words(
            "Percentiles do not add: of seconds that were put together the longest time is known.",
            "百分位不能相加：合并的各秒只知道最长时间。"
        )
        return Chart(
            title: words("Response time", "响应时间"),
            x: time,
            y: .microseconds(from: Self.smallest(lines), to: Self.largest(lines)),
            lines: lines,
            shadedTo: warmupEnd,
            note: hasUnknown ? mergedNote : hasLost ? lostNote : nil,
            shadedName: warmupName
        )
    }

    private var percentileChart: Chart {
        let tally = document.result.tally
        let lines = [
            ("response", words("response", "响应时间"), tally.response),
            ("service", words("service", "服务时间"), tally.service),
        ].map { style, name, histogram in
            Chart.Line(
                style: style,
                name: name,
                points: PercentilePoint.points(of: histogram, lost: tally.lost).map { point in
                    // The last of all would be infinitely far away.
                    let left = max(1 - point.share, 1 / Double(tally.answered + tally.lost))
                    return (1 / left, Double(point.microseconds))
                }
            )
        }
        let lost = TextCount.grouped(tally.lost)
        return Chart(
            title: words("Time by percentile", "各百分位的时延"),
            x: .percentiles(to: Double(tally.answered + tally.lost)),
            y: .microseconds(from: Self.smallest(lines), to: Self.largest(lines)),
            lines: lines,
            note: tally.lost > 0
                ? words("The lines end where the \(lost) lost begin.", "曲线止于 \(lost) 个丢失的查询之前。") : nil
        )
    }

    private static func largest(_ lines: [Chart.Line]) -> Double {
        lines.flatMap(\.points).compactMap { $0?.y }.max() ?? 1
    }

    private static func smallest(_ lines: [Chart.Line]) -> Double {
        lines.flatMap(\.points).compactMap { $0?.y }.min() ?? 1
    }
}
