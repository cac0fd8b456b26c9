internal import Resolution
internal import ResolutionProtocol

/// The table of reports. All rows are sealed; SENDER is its prefix (length u8, bytes) and its store (16 bytes), PREFIX
/// is length u8 and bytes, a DAY sorts as a number.
///
///     0                               → ReportMark: how far the level above knows this node's ledger
///     1, SENDER                       → ReportTotals
///     2, SENDER, PREFIX, class u8     → ReportPair: the largest totals reported
///     3, SENDER, DAY                  → LedgerCounts: the sums of the day's rows
///     4, SENDER, DAY, PREFIX, class   → ReportPair: the largest counts of the day reported
///     5                               → RouteMark: the site that the level above has for this node
enum ReportTable {
    enum Kind: UInt8 {
        case mark = 0
        case sender = 1
        case total = 2
        case day = 3
        case dayRow = 4
        case route = 5
    }

    static let markKey = [Kind.mark.rawValue]
    static let routeKey = [Kind.route.rawValue]

    static func senderKey(_ sender: ReportSender, _ kind: Kind = .sender) -> [UInt8] {
        [kind.rawValue, UInt8(truncatingIfNeeded: sender.prefix.count)] + sender.prefix + sender.store
    }

    static func totalKey(_ sender: ReportSender, _ key: LedgerRow.Key) -> [UInt8] {
        senderKey(sender, .total) + rowBytes(key)
    }

    static func dayKey(_ sender: ReportSender, _ day: CountDay) -> [UInt8] {
        senderKey(sender, .day) + CountRow.dayBytes(day)
    }

    static func dayRowKey(_ sender: ReportSender, _ day: CountDay, _ key: LedgerRow.Key) -> [UInt8] {
        senderKey(sender, .dayRow) + CountRow.dayBytes(day) + rowBytes(key)
    }

    private static func rowBytes(_ key: LedgerRow.Key) -> [UInt8] {
        [UInt8(truncatingIfNeeded: key.prefix.count)] + key.prefix + [key.origin.rawValue]
    }

    /// What a key says, but for its kind.
    struct Place {
        var sender: ReportSender
        var day: CountDay?
        var row: LedgerRow.Key?

        /// nil: it is no key of `kind`.
        init?(_ key: UnsafeRawBufferPointer, _ kind: Kind) {
            var reader = WireReader(key.bytes)
            do throws(WireError) {
                guard try reader.uint8() == kind.rawValue else { return nil }
                let prefix = try reader.bytes(byteCount: Int(try reader.uint8()))
                sender = ReportSender(prefix: prefix, store: try reader.bytes(byteCount: LedgerIdentity.storeByteCount))
                if kind == .day || kind == .dayRow {
                    day = CountDay(number: Int32(bitPattern: try reader.uint32() ^ 1 << 31))
                }
                if kind == .total || kind == .dayRow {
                    let name = try reader.bytes(byteCount: Int(try reader.uint8()))
                    guard let origin = OriginClass(rawValue: try reader.uint8()) else { return nil }
                    row = LedgerRow.Key(prefix: name, origin: origin)
                }
                try reader.finish()
            } catch {
                return nil
            }
        }
    }

    /// Whether a row can be read as what stands under such a key.
    static func isReadable(_ key: UnsafeRawBufferPointer, _ content: RawSpan) -> Bool {
        guard let first = key.first, let kind = Kind(rawValue: first) else { return false }
        let bytes = [UInt8](content)
        switch kind {
        case .mark: return key.count == 1 && (try? ReportMark(wire: bytes)) != nil
        case .route: return key.count == 1 && (try? RouteMark(wire: bytes)) != nil
        case .sender: return Place(key, kind) != nil && (try? ReportTotals(wire: bytes)) != nil
        case .day: return Place(key, kind) != nil && (try? LedgerCounts(wire: bytes)) != nil
        case .total, .dayRow: return Place(key, kind) != nil && (try? ReportPair(wire: bytes)) != nil
        }
    }

    /// What stands under `key`; nil: nothing.
    static func value<Value: WireCodable>(
        _ key: [UInt8],
        _ transaction: Transaction,
        as _: Value.Type = Value.self
    ) throws(LMDBError) -> Value? {
        guard transaction.tables.hasReports, let content = try transaction.content(transaction.tables.reports, key)
        else { return nil }
        do { return try Value(wire: [UInt8](content)) } catch { throw .damaged }
    }

    static func put(
        _ value: some WireCodable,
        _ key: [UInt8],
        _ transaction: Transaction,
        _ writer: inout WireWriter
    ) throws(LMDBError) {
        try transaction.putSealed(transaction.tables.reports, key, in: &writer) { value.write(to: &$0) }
    }

    /// Calls `body` with each row whose key begins with `head`, until it says no.
    static func forEach<Value: WireCodable>(
        _ head: [UInt8],
        _ kind: Kind,
        _ transaction: Transaction,
        as _: Value.Type = Value.self,
        _ body: (Place, Value) throws(LMDBError) -> Bool
    ) throws(LMDBError) {
        guard transaction.tables.hasReports else { return }
        let cursor = try Cursor(transaction, transaction.tables.reports)
        var found = try cursor.seek(head)
        while let entry = found, entry.key.starts(with: head) {
            guard let content = Sealed.open(entry.value, key: entry.key), let place = Place(entry.key, kind),
                let value = try? Value(wire: [UInt8](content))
            else { throw .damaged }
            guard try body(place, value) else { return }
            found = try cursor.next()
        }
    }
}
