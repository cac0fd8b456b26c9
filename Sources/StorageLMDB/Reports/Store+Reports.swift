package import Resolution
internal import ResolutionProtocol

// What was reported to this node.
extension Store {
    /// All senders, and the days of which they reported.
    package func reportOverview() throws(StoreError) -> ReportOverview {
        try readReports { transaction throws(LMDBError) in
            var overview = ReportOverview()
            overview.senders = try Self.senders(transaction)
            var days: [CountDay: LedgerCounts] = [:]
            try ReportTable.forEach([ReportTable.Kind.day.rawValue], .day, transaction, as: LedgerCounts.self) {
                place,
                counts throws(LMDBError) in
                guard let day = place.day else { throw .damaged }
                do throws(LedgerError) { try days[day, default: LedgerCounts()].add(counts) } catch { throw .damaged }
                return true
            }
            overview.days = days.map { ReportOverview.Day(day: $0.key, counts: $0.value) }.sorted { $0.day < $1.day }
            return overview
        }
    }

    /// All senders.
    package func reportSenders() throws(StoreError) -> [ReportOverview.Sender] {
        try readReports { transaction throws(LMDBError) in try Self.senders(transaction) }
    }

    private static func senders(_ transaction: Transaction) throws(LMDBError) -> [ReportOverview.Sender] {
        var senders: [ReportOverview.Sender] = []
        let head = [ReportTable.Kind.sender.rawValue]
        try ReportTable.forEach(head, .sender, transaction, as: ReportTotals.self) { place, totals in
            senders.append(ReportOverview.Sender(sender: place.sender, totals: totals))
            return true
        }
        return senders
    }

    /// What the senders of `prefix` reported, per prefix and class: totals so far, and the counts of `day`.
    package func reportedRows(of prefix: [UInt8], day: CountDay?) throws(StoreError) -> [LedgerRow] {
        try readReports { transaction throws(LMDBError) in
            var rows: [LedgerRow.Key: LedgerRow] = [:]
            func add(_ pair: ReportPair, of key: LedgerRow.Key, isDay: Bool) {
                var row = rows[key] ?? LedgerRow(key, received: 0, found: 0, receivedSoFar: 0, foundSoFar: 0)
                if isDay {
                    row.received &+= pair.received
                    row.found &+= pair.found
                } else {
                    row.receivedSoFar &+= pair.received
                    row.foundSoFar &+= pair.found
                }
                rows[key] = row
            }
            for sender in try senders(of: prefix, transaction) {
                let head = ReportTable.senderKey(sender, .total)
                try ReportTable.forEach(head, .total, transaction, as: ReportPair.self) { place, pair in
                    if let key = place.row { add(pair, of: key, isDay: false) }
                    return rows.count < ReportQuestion.rowCountMax
                }
                guard let day else { continue }
                let dayHead = ReportTable.senderKey(sender, .dayRow) + CountRow.dayBytes(day)
                try ReportTable.forEach(dayHead, .dayRow, transaction, as: ReportPair.self) { place, pair in
                    if let key = place.row { add(pair, of: key, isDay: true) }
                    return rows.count < ReportQuestion.rowCountMax
                }
            }
            return rows.values.sorted { $0.key < $1.key }
        }
    }

    private func senders(of prefix: [UInt8], _ transaction: Transaction) throws(LMDBError) -> [ReportSender] {
        var senders: [ReportSender] = []
        let head = [ReportTable.Kind.sender.rawValue, UInt8(truncatingIfNeeded: prefix.count)] + prefix
        try ReportTable.forEach(head, .sender, transaction, as: ReportTotals.self) { place, _ in
            senders.append(place.sender)
            return true
        }
        return senders
    }

    func readReports<Value>(
        _ body: (Transaction) throws(LMDBError) -> Value
    ) throws(StoreError) -> Value {
        try Self.lmdb(paths.dataFile, "read the reports") { () throws(LMDBError) in try environment.read(body) }
    }
}

// What this node has to report.
extension Store {
    /// How far the level above knows the ledger; nil: not at all.
    package func reportMark() throws(StoreError) -> ReportMark? {
        try readReports { transaction throws(LMDBError) in try ReportTable.value(ReportTable.markKey, transaction) }
    }

    /// Notes, durably, how far that is.
    package func setReportMark(_ mark: ReportMark) throws(StoreError) {
        try Self.lmdb(paths.dataFile, "note a report") { () throws(LMDBError) in
            try environment.write { transaction throws(LMDBError) in
                var writer = WireWriter(capacity: 256)
                try ReportTable.put(mark, ReportTable.markKey, transaction, &writer)
            }
        }
    }

    /// The site that the level above has for this node; nil: none is known.
    package func routeMark() throws(StoreError) -> RouteMark? {
        try readReports { transaction throws(LMDBError) in try ReportTable.value(ReportTable.routeKey, transaction) }
    }

    /// Notes, durably, which site that is.
    package func setRouteMark(_ mark: RouteMark) throws(StoreError) {
        try Self.lmdb(paths.dataFile, "note a route") { () throws(LMDBError) in
            try environment.write { transaction throws(LMDBError) in
                var writer = WireWriter(capacity: 512)
                try ReportTable.put(mark, ReportTable.routeKey, transaction, &writer)
            }
        }
    }

    /// What the ledger has of `day`, with the totals so far of all prefixes and classes, and the number of its last
    /// entry; all of one moment. nil: it has no entry.
    package func ledgerReport(of day: CountDay) throws(StoreError) -> (rows: [LedgerRow], entry: UInt64)? {
        try readReports { transaction throws(LMDBError) in
            guard let state = try LedgerTable.state(transaction), state.next > 0 else { return nil }
            var rows: [LedgerRow.Key: LedgerRow] = [:]
            if let entry = state.rowsEntry {
                try LedgerTable.forEachRow(of: entry, transaction) { row in
                    rows[row.key] = LedgerRow(
                        row.key,
                        received: 0,
                        found: 0,
                        receivedSoFar: row.receivedSoFar,
                        foundSoFar: row.foundSoFar
                    )
                }
            }
            for entry in try LedgerTable.entries(of: day, transaction) {
                try LedgerTable.forEachRow(of: entry, transaction) { row in
                    rows[row.key]?.received &+= row.received
                    rows[row.key]?.found &+= row.found
                }
            }
            return (rows.values.sorted { $0.key < $1.key }, state.next - 1)
        }
    }
}

extension LedgerTable {
    /// Calls `body` with each row of `entry`.
    fileprivate static func forEachRow(
        of entry: UInt64,
        _ transaction: Transaction,
        _ body: (LedgerRow) -> Void
    ) throws(LMDBError) {
        try forEachFrame(of: entry, transaction) { frame throws(LMDBError) in
            guard frame.kind == .row else { return }
            do { body(try LedgerRow(wire: frame.content)) } catch { throw .damaged }
        }
    }
}
