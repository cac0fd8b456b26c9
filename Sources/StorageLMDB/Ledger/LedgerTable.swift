internal import Resolution
internal import ResolutionProtocol

/// The table of the resolution ledger. All rows are sealed.
///
///     0                           → LedgerState
///     1, entry u64, part u32      → frames of the entry, in parts of about 64 KiB
///     2, day u32                  → nothing: something was folded for a day that has been closed
///     3, day u32, entry u64       → nothing: the entry is of that day
///     4, entry u64                → LedgerIdentity that the entry tells
enum LedgerTable {
    /// Bytes of a part, after which another one begins.
    static let partByteCount = 64 << 10

    enum Kind: UInt8 {
        case state = 0
        case part = 1
        case late = 2
        case ofDay = 3
        case identity = 4
    }

    static let stateKey = [Kind.state.rawValue]

    static func partKey(_ entry: UInt64, _ part: UInt32) -> [UInt8] {
        [Kind.part.rawValue] + entry.bigEndianBytes + withUnsafeBytes(of: part.bigEndian) { Array($0) }
    }

    static func lateKey(_ day: CountDay) -> [UInt8] { [Kind.late.rawValue] + CountRow.dayBytes(day) }

    static func dayKey(_ day: CountDay, _ entry: UInt64) -> [UInt8] {
        [Kind.ofDay.rawValue] + CountRow.dayBytes(day) + entry.bigEndianBytes
    }

    static func identityKey(_ entry: UInt64) -> [UInt8] { [Kind.identity.rawValue] + entry.bigEndianBytes }

    /// Whether a row can be read as what stands under such a key.
    static func isReadable(_ key: UnsafeRawBufferPointer, _ content: RawSpan) -> Bool {
        guard let first = key.first, let kind = Kind(rawValue: first) else { return false }
        switch kind {
        case .state: return (try? LedgerState(wire: [UInt8](content))) != nil
        case .identity: return (try? LedgerIdentity(wire: [UInt8](content))) != nil
        case .part: return key.count == 13 && (try? frames(of: [UInt8](content)) { _ in }) != nil
        case .late: return key.count == 5
        case .ofDay: return key.count == 13
        }
    }

    /// How far the ledger has come; nil: it has not begun.
    static func state(_ transaction: Transaction) throws(LMDBError) -> LedgerState? {
        guard transaction.tables.hasLedger,
            let content = try transaction.content(transaction.tables.ledger, stateKey)
        else { return nil }
        do { return try LedgerState(wire: [UInt8](content)) } catch { throw .damaged }
    }

    /// Notes that something was counted for `day` after its entry was made.
    static func markLate(
        _ day: CountDay,
        _ transaction: Transaction,
        _ writer: inout WireWriter
    ) throws(LMDBError) {
        try transaction.putSealed(transaction.tables.ledger, lateKey(day), in: &writer) { _ in }
    }

    /// The first day, of those that are over, that something was counted for after its entry was made.
    static func lateDay(
        _ transaction: Transaction,
        isOver: (CountDay) -> Bool
    ) throws(LMDBError) -> CountDay? {
        let cursor = try Cursor(transaction, transaction.tables.ledger)
        guard let entry = try cursor.seek([Kind.late.rawValue]), entry.key.first == Kind.late.rawValue,
            let day = day(in: entry.key)
        else { return nil }
        // Days stand in their order: where the first is not over, none is.
        return isOver(day) ? day : nil
    }

    /// The day behind the first byte of a key.
    static func day(in key: UnsafeRawBufferPointer) -> CountDay? {
        guard key.count >= 5 else { return nil }
        let biased = UInt32(bigEndian: key.loadUnaligned(fromByteOffset: 1, as: UInt32.self))
        return CountDay(number: Int32(bitPattern: biased ^ 1 << 31))
    }

    /// Numbers of the entries of `day`, in their order.
    static func entries(of day: CountDay, _ transaction: Transaction) throws(LMDBError) -> [UInt64] {
        let start = [Kind.ofDay.rawValue] + CountRow.dayBytes(day)
        let cursor = try Cursor(transaction, transaction.tables.ledger)
        var entries: [UInt64] = []
        var found = try cursor.seek(start)
        while let entry = found, entry.key.starts(with: start) {
            guard let number = UInt64(bigEndianBytes: UnsafeRawBufferPointer(rebasing: entry.key[5...])) else {
                throw .damaged
            }
            entries.append(number)
            found = try cursor.next()
        }
        return entries
    }

    /// Calls `body` with each frame of `entry`.
    static func forEachFrame(
        of entry: UInt64,
        _ transaction: Transaction,
        _ body: (LedgerFrame) throws(LMDBError) -> Void
    ) throws(LMDBError) {
        let start = [Kind.part.rawValue] + entry.bigEndianBytes
        let cursor = try Cursor(transaction, transaction.tables.ledger)
        var found = try cursor.seek(start)
        while let part = found, part.key.starts(with: start) {
            guard let content = Sealed.open(part.value, key: part.key) else { throw .damaged }
            try frames(of: [UInt8](content), body)
            found = try cursor.next()
        }
    }

    private static func frames(
        of bytes: [UInt8],
        _ body: (LedgerFrame) throws(LMDBError) -> Void
    ) throws(LMDBError) {
        var reader = LedgerFrameReader()
        reader.append(bytes)
        while let found = reader.next(isLast: true) {
            guard case .frame(let frame, _) = found else { throw .damaged }
            try body(frame)
        }
    }
}
