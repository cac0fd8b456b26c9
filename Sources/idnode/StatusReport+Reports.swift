internal import Console
internal import EventLoop
internal import Resolution
internal import Transport

extension StatusReport {
    /// What the level above knows of this node's ledger, and who reported to this node.
    func reports(_ json: inout JSONText) {
        json.key("reports")
        json.object { json in
            json.key("state")
            let standing = node.reports?.standing
            json.string(standing?.state.rawValue ?? "off")
            if let standing { sent(standing, &json) }
            let figures = node.administration?.thread.figures
            let received: [(String, UInt64)] = [
                ("received", figures?.reportCount ?? 0), ("repeated", figures?.repeatedReportCount ?? 0),
                ("refused", figures?.refusedReports.total ?? 0), ("rows_ignored", figures?.ignoredReportRowCount ?? 0),
            ]
            for (name, number) in received {
                json.key(name)
                json.number(number)
            }
            let senders = ReportSenders(node)
            json.key("senders")
            json.number(senders.count)
            json.key("senders_silent")
            json.number(senders.silentCount)
        }
    }

    /// What the level above has for this node's site.
    func route(_ json: inout JSONText) {
        json.key("route")
        json.object { json in
            let standing = node.route?.standing
            json.key("state")
            json.string(standing?.state.rawValue ?? "off")
            guard let standing else { return }
            if let failure = standing.failure {
                json.key("failure")
                json.string(failure)
            }
            json.key("failures")
            json.number(standing.failureCount)
            json.key("published")
            json.number(standing.publishedCount)
            guard let serial = standing.serial else { return }
            json.key("serial")
            json.number(serial)
            json.key("checked_unix_seconds")
            json.number(standing.checkedUnixSeconds)
        }
    }

    private func sent(_ standing: NodeReports.Standing, _ json: inout JSONText) {
        if let failure = standing.failure {
            json.key("failure")
            json.string(failure)
        }
        json.key("tls")
        json.boolean(standing.isSecured)
        json.key("tls_failures")
        json.number(standing.unsecuredCount)
        json.key("sent")
        json.number(standing.sentCount)
        json.key("failures")
        json.number(standing.failureCount)
        json.key("waiting_days")
        json.number(standing.waitingDayCount)
        if let day = standing.oldestWaitingDay {
            json.key("oldest_waiting_day")
            json.string(day.text)
        }
        guard let mark = standing.mark else { return }
        json.key("acknowledged_day")
        json.string(mark.day.text)
        json.key("acknowledged_unix_seconds")
        json.number(mark.acknowledgedUnixSeconds)
        if let server = standing.server {
            json.key("server")
            json.string("\(server)")
        }
    }
}
