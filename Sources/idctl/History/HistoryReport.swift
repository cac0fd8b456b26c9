internal import Console
internal import Resolution

/// An identifier's history as it is shown: its newest changes, oldest first.
struct HistoryReport {
    /// As asked.
    let identifier: [UInt8]
    /// The most changes shown.
    private let limit: Int
    /// Those shown lie from `oldest` on around.
    private var newest: [HistoryChange] = []
    private var oldest = 0
    /// Older ones, beyond the limit.
    private(set) var omittedCount = 0
    private var previous: HistoryEntry?
    /// As registered; nil: the log does not say.
    private var registered: [UInt8]?
    /// Where the log begins.
    var start = LogStart(droppedThrough: 0, unixSeconds: nil)

    /// A report without changes.
    init(_ identifier: [UInt8], limit: Int) {
        self.identifier = identifier
        self.limit = max(1, limit)
    }

    /// Takes the next entry.
    mutating func take(_ entry: HistoryEntry, start: LogStart) {
        let change = HistoryChange(entry, after: previous, start: start)
        if entry.isOfRecord { (previous, registered) = (entry, entry.name) }
        guard newest.count == limit else { return newest.append(change) }
        newest[oldest] = change
        oldest = (oldest + 1) % limit
        omittedCount += 1
    }

    /// The changes, oldest first.
    var changes: [HistoryChange] { Array(newest[oldest...] + newest[..<oldest]) }

    /// One JSON document on one line.
    func json() -> [UInt8] {
        var json = JSONText()
        json.object { json in
            json.key("identifier")
            json.string(identifier)
            json.key("registered")
            if let registered { json.string(registered) } else { json.null() }
            json.key("complete")
            json.boolean(start.droppedThrough == 0)
            json.key("logBegins")
            if let time = start.unixSeconds { json.string(MomentText.utc(time)) } else { json.null() }
            json.key("omitted")
            json.number(omittedCount)
            json.key("changes")
            json.array { json in
                for change in changes { change.write(to: &json) }
            }
        }
        json.endLine()
        return json.take()
    }
}
