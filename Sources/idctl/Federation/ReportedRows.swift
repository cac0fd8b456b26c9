internal import Console
internal import Resolution

/// What one prefix reported, row by row.
struct ReportedRows {
    let prefix: [UInt8]
    /// The day whose counts stand in the rows beside the totals.
    let day: CountDay?
    let rows: [LedgerRow]

    func lines(_ session: Session) -> [String] {
        func words(_ english: String, _ chinese: String) -> String { session.words(english, chinese) }
        var columns = [Table.Column(words("prefix", "前缀")), Table.Column(words("class", "来源类别"))]
        if let day {
            columns.append(Table.Column(words("received \(day.text)", "\(day.text) 请求"), .right))
            columns.append(Table.Column(words("found \(day.text)", "\(day.text) 已找到"), .right))
        }
        columns.append(Table.Column(words("received so far", "累计请求"), .right))
        columns.append(Table.Column(words("found so far", "累计已找到"), .right))
        var table = Table(columns)
        for row in rows {
            let name =
                row.key.prefix.isEmpty ? words("(others)", "（其他）") : String(decoding: row.key.prefix, as: UTF8.self)
            let ofDay = day == nil ? [] : [row.received, row.found]
            let counts = (ofDay + [row.receivedSoFar, row.foundSoFar]).map { TextCount.grouped($0) }
            table.add([name, row.key.origin.name] + counts)
        }
        return table.lines()
    }

    func json() -> [UInt8] {
        var json = JSONText()
        json.object { json in
            json.key("prefix")
            json.string(String(decoding: prefix, as: UTF8.self))
            if let day {
                json.key("day")
                json.string(day.text)
            }
            json.key("rows")
            json.array { json in for row in rows { write(row, to: &json) } }
        }
        json.endLine()
        return json.take()
    }

    private func write(_ row: LedgerRow, to json: inout JSONText) {
        json.object { json in
            json.key("prefix")
            json.string(String(decoding: row.key.prefix, as: UTF8.self))
            json.key("class")
            json.string(row.key.origin.name)
            let ofDay = day == nil ? [] : [("received", row.received), ("found", row.found)]
            for (name, count) in ofDay + [("received_so_far", row.receivedSoFar), ("found_so_far", row.foundSoFar)] {
                json.key(name)
                json.number(count)
            }
        }
    }
}
