internal import Resolution
internal import StorageLMDB

/// What is still to be reported to the level above: the ledger itself, behind the mark of what is acknowledged. So
/// nothing has to be queued: no crash loses a report, and the bound is that of the ledger (F1).
struct ReportOutbox {
    /// A day with an entry that the level above does not know yet.
    struct Item {
        var day: CountDay
        /// The entry behind which the level above knows the ledger once the day has been reported.
        var entry: UInt64
        var head: [UInt8]
    }

    /// Days of which a level above that knows nothing is told one by one; older ones are in the totals.
    static let dayCountMax: Int32 = 400
    /// Heads read at once, and in all: those of some twenty years.
    private static let headCountMax = 8_192

    /// In the order of their entries. A day that comes twice, by a correction, is reported once, with all of it.
    private(set) var items: [Item] = []

    /// Days that wait.
    var dayCount: Int { Set(items.map(\.day)).count }
    /// The oldest of them.
    var oldestDay: CountDay? { items.map(\.day).min() }
    /// The newest of them, whose report has all totals.
    var newestDay: CountDay? { items.map(\.day).max() }

    /// What waits in `store` for the servers that `above` stands for.
    init(_ store: Store, above: [UInt8]) throws(Failure) {
        do throws(StoreError) {
            guard let state = try store.ledgerState(), state.next > 0 else { return }
            let known = try Self.known(by: above, store)
            var next = known.map { $0.entry + 1 } ?? 0
            if known == nil {
                let first = CountDay(number: max(state.firstDay.number, state.nextDay.number - Self.dayCountMax))
                next = try store.ledgerEntry(closing: first)
            }
            let heads = try store.ledgerHeads(from: next, countMax: Self.headCountMax)
            for head in heads where head.kind != .identity {
                items.append(Item(day: head.day, entry: head.sequence, head: try Self.digest(head)))
            }
        } catch {
            throw .store(error)
        }
    }

    /// Why it cannot be told what waits.
    enum Failure: Error {
        case store(StoreError)
    }

    /// The mark, where it is one of these servers and of this ledger: after a restore the ledger may go another way.
    private static func known(by above: [UInt8], _ store: Store) throws(StoreError) -> ReportMark? {
        guard let mark = try store.reportMark(), mark.above == above,
            let head = try store.ledgerHeads(from: mark.entry, countMax: 1).first,
            try digest(head) == mark.head
        else { return nil }
        return mark
    }

    private static func digest(_ head: LedgerHead) throws(StoreError) -> [UInt8] {
        do throws(LedgerError) { return try head.digest() } catch {
            throw .dataFileDamaged(path: "", reason: "\(error)")
        }
    }
}
