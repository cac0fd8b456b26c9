internal import Resolution
internal import ResolutionProtocol

/// Takes one report into the table, within a transaction: of everything the larger counts win.
final class ReportEntry {
    /// Senders, each server of a prefix for itself; a sender needs a key that is registered for its prefix.
    static let senderCountMax = 4_096
    /// Prefixes and classes of one sender.
    static let rowCountMax: UInt32 = 200_000
    /// Days of a sender that are kept row by row; totals are kept for ever.
    static let dayCountMax: Int32 = 400
    /// Rows of days gone by that are dropped with one report.
    private static let droppedRowsMax = 4_096

    private let transaction: Transaction
    private let kept: KeptReport
    private var writer = WireWriter(capacity: 512)
    private var hasChanged = false

    /// What a transaction is given up for.
    enum Failure: Error {
        case storage(LMDBError)
        case bound(ReportBound)
    }

    init(_ kept: KeptReport, _ transaction: Transaction) {
        self.kept = kept
        self.transaction = transaction
    }

    /// Takes it in; returns whether that changes any count.
    func take() throws(Failure) -> Bool {
        var totals = try sender()
        try takeTotals(&totals)
        if isRecent(totals) { try takeDay() }
        try note(&totals)
        try dropOld(totals)
        return hasChanged
    }

    private func storage<Value>(_ body: () throws(LMDBError) -> Value) throws(Failure) -> Value {
        do throws(LMDBError) { return try body() } catch { throw .storage(error) }
    }

    /// What is known of the sender.
    private func sender() throws(Failure) -> ReportTotals {
        let key = ReportTable.senderKey(kept.sender)
        let known = try storage { () throws(LMDBError) in
            try ReportTable.value(key, transaction, as: ReportTotals.self)
        }
        if let known { return known }
        var count = 0
        try storage { () throws(LMDBError) in
            try ReportTable.forEach([ReportTable.Kind.sender.rawValue], .sender, transaction, as: ReportTotals.self) {
                _,
                _ in
                count += 1
                return count < Self.senderCountMax
            }
        }
        guard count < Self.senderCountMax else { throw .bound(.senders) }
        return ReportTotals(identity: kept.report.identity, day: kept.report.day)
    }

    private func takeTotals(_ totals: inout ReportTotals) throws(Failure) {
        for row in kept.report.rows {
            let key = ReportTable.totalKey(kept.sender, row.key)
            let new = ReportPair(received: row.receivedSoFar, found: row.foundSoFar)
            guard try raise(key, to: new, of: row.key, in: &totals.totals) else { continue }
            guard totals.rowCount < Self.rowCountMax else { throw .bound(.rows) }
            totals.rowCount += 1
        }
    }

    private func takeDay() throws(Failure) {
        let day = kept.report.day
        let dayKey = ReportTable.dayKey(kept.sender, day)
        let known = try storage { () throws(LMDBError) in
            try ReportTable.value(dayKey, transaction, as: LedgerCounts.self)
        }
        var counts = known ?? LedgerCounts()
        for row in kept.report.rows where row.received > 0 || row.found > 0 {
            let key = ReportTable.dayRowKey(kept.sender, day, row.key)
            let new = ReportPair(received: row.received, found: row.found)
            _ = try raise(key, to: new, of: row.key, in: &counts)
        }
        // A day without a query is one that was reported, too.
        guard known != counts else { return }
        hasChanged = true
        try put(counts, dayKey)
    }

    /// Writes the larger of what stands under `key` and `new`, and adds the difference to `sum`; true: nothing stood
    /// there.
    private func raise(
        _ key: [UInt8],
        to new: ReportPair,
        of row: LedgerRow.Key,
        in sum: inout LedgerCounts
    ) throws(Failure) -> Bool {
        let known = try storage { () throws(LMDBError) in
            try ReportTable.value(key, transaction, as: ReportPair.self)
        }
        var pair = known ?? ReportPair()
        let more = pair.rise(to: new)
        guard known == nil || !more.isZero else { return false }
        do throws(LedgerError) {
            try sum.add(received: more.received, found: more.found, of: row.origin)
        } catch {
            throw .bound(.total)
        }
        hasChanged = true
        try put(pair, key)
        return known == nil
    }

    private func note(_ totals: inout ReportTotals) throws(Failure) {
        totals.reportCount &+= 1
        totals.receivedUnixSeconds = kept.receivedUnixSeconds
        if kept.report.madeUnixSeconds >= totals.madeUnixSeconds {
            totals.madeUnixSeconds = kept.report.madeUnixSeconds
            totals.identity = kept.report.identity
        }
        totals.entry = max(totals.entry, kept.report.entry)
        totals.day = max(totals.day, kept.report.day)
        try put(totals, ReportTable.senderKey(kept.sender))
    }

    private func put(_ value: some WireCodable, _ key: [UInt8]) throws(Failure) {
        do throws(LMDBError) { try ReportTable.put(value, key, transaction, &writer) } catch { throw .storage(error) }
    }

    private func isRecent(_ totals: ReportTotals) -> Bool {
        Int64(kept.report.day.number) > Int64(totals.day.number) - Int64(Self.dayCountMax)
    }

    /// Drops rows of days long past.
    private func dropOld(_ totals: ReportTotals) throws(Failure) {
        let first = Int64(totals.day.number) - Int64(Self.dayCountMax)
        var keys: [[UInt8]] = []
        let sender = kept.sender
        try storage { () throws(LMDBError) in
            let head = ReportTable.senderKey(sender, .dayRow)
            try ReportTable.forEach(head, .dayRow, transaction, as: ReportPair.self) { place, _ in
                guard let day = place.day, let row = place.row, Int64(day.number) <= first,
                    keys.count < Self.droppedRowsMax
                else { return false }
                keys.append(ReportTable.dayRowKey(sender, day, row))
                return true
            }
            let days = ReportTable.senderKey(sender, .day)
            try ReportTable.forEach(days, .day, transaction, as: LedgerCounts.self) { place, _ in
                guard let day = place.day, Int64(day.number) <= first, keys.count < 2 * Self.droppedRowsMax
                else { return false }
                keys.append(ReportTable.dayKey(sender, day))
                return true
            }
            for key in keys { try transaction.delete(transaction.tables.reports, key) }
        }
    }
}
