internal import Console
internal import Resolution

/// Days of a ledger as they are shown.
struct LedgerListing {
    let days: [LedgerDays.Day]
    /// A source network with a greater share is marked.
    let percentMax: Int

    func lines(_ session: Session) -> [String] {
        func words(_ english: String, _ chinese: String) -> String { session.words(english, chinese) }
        var table = Table([
            Table.Column(words("day", "日期")), Table.Column(words("requests", "解析请求量"), .right),
            Table.Column(words("successes", "解析成功响应量"), .right),
            Table.Column(words("requests so far", "累计请求"), .right),
            Table.Column(words("successes so far", "累计成功"), .right),
            Table.Column(words("largest source", "最大来源网段")), Table.Column(words("share", "占比"), .right),
            Table.Column(""),
        ])
        for day in days {
            let share = day.share
            let marks = [
                day.isClosed ? nil : words("open", "未结"),
                day.correctionCount > 0 ? words("corrected", "已更正") : nil,
                share?.isOver(percent: percentMax) == true ? words("dominates", "占比过高") : nil,
            ]
            table.add(
                [day.day.text]
                    + [
                        day.counts.requests, day.counts.successes, day.soFar.requests, day.soFar.successes,
                    ].map { TextCount.grouped($0) } + [
                        share?.networkText ?? "", share.map { $0.percentText + " %" } ?? "",
                        marks.compactMap { $0 }.joined(separator: ", "),
                    ]
            )
        }
        return table.lines()
    }

    /// With a line of names; no field has a comma or a quote in it.
    func csv() -> [String] {
        ["day,closed,requests,successes,requests_so_far,successes_so_far,corrections,largest_source,share_percent"]
            + days.map { day in
                [
                    day.day.text, day.isClosed ? "yes" : "no", "\(day.counts.requests)", "\(day.counts.successes)",
                    "\(day.soFar.requests)", "\(day.soFar.successes)", "\(day.correctionCount)",
                    day.share?.networkText ?? "", day.share?.percentText ?? "",
                ].joined(separator: ",")
            }
    }

    func json() -> [UInt8] {
        var json = JSONText()
        json.object { json in
            json.key("source_share_max_percent")
            json.number(percentMax)
            json.key("days")
            json.array { json in
                for day in days { write(day, to: &json) }
            }
        }
        json.endLine()
        return json.take()
    }

    private func write(_ day: LedgerDays.Day, to json: inout JSONText) {
        json.object { json in
            json.key("day")
            json.string(day.day.text)
            json.key("closed")
            json.boolean(day.isClosed)
            for (name, number) in [
                ("resolution_requests", day.counts.requests), ("resolution_successes", day.counts.successes),
                ("resolution_requests_so_far", day.soFar.requests),
                ("resolution_successes_so_far", day.soFar.successes), ("corrections", UInt64(day.correctionCount)),
            ] {
                json.key(name)
                json.number(number)
            }
            guard let share = day.share else { return }
            json.key("largest_source")
            json.object { json in
                json.key("network")
                json.string(share.networkText)
                json.key("percent")
                json.word(share.percentText)
                json.key("dominates")
                json.boolean(share.isOver(percent: percentMax))
            }
        }
    }
}

extension SourceShare {
    /// `192.0.2.0/24`, `2001:db8::/56`.
    var networkText: String { CountSummary.network(network) }
}
