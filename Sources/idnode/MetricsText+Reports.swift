internal import EventLoop
internal import Resolution
internal import Transport

extension MetricsText {
    /// Reports to the level above and from the level below. Prefixes are no labels: `idctl federation show` names them.
    func reports() -> [String] {
        var lines: [String] = []
        if let standing = node.reports?.standing {
            let oldestEnd = standing.oldestWaitingDay.map { CountDay(number: $0.number + 1).startUnixSeconds }
            let seconds = oldestEnd.map { max(0, SystemClock.coarseRealtimeSeconds() - $0) } ?? 0
            lines += counter("reports_sent", standing.sentCount) + counter("report_failures", standing.failureCount)
            lines += counter("report_tls_failures", standing.unsecuredCount)
            lines += gauge("reports_waiting_days", standing.waitingDayCount)
            lines += gauge("reports_waiting_seconds", Int(clamping: seconds))
            lines += gauge("report_acknowledged_seconds", Int(clamping: standing.mark?.acknowledgedUnixSeconds ?? 0))
        }
        if let route = node.route?.standing {
            lines += gauge("route_failing", route.state == .failing ? 1 : 0)
            lines += counter("route_failures", route.failureCount) + counter("routes_published", route.publishedCount)
        }
        guard let figures = node.administration?.thread.figures else { return lines }
        lines += counter("reports_received", figures.reportCount)
        lines += counter("reports_repeated", figures.repeatedReportCount)
        lines += counter("report_rows_ignored", figures.ignoredReportRowCount)
        lines.append("# TYPE hanjiang_reports_refused_total counter")
        lines += figures.refusedReports.byReason.map {
            "hanjiang_reports_refused_total{reason=\"\($0.reason)\"} \($0.count)"
        }
        let senders = ReportSenders(node)
        return lines + gauge("report_senders", senders.count) + gauge("report_senders_silent", senders.silentCount)
    }
}
