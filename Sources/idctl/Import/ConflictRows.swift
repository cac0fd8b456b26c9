internal import Resolution
internal import StorageLMDB

/// Rows that were refused only when they were written, by row number, in memory with a bound.
struct ConflictRows {
    /// The most rows whose reason is kept (16 bytes each); more are counted and not written to the rejects file.
    static let countMax = 2_000_000

    private struct Entry {
        let row: UInt64
        /// 0: exists with other values; 1: same key as another; else the row it repeats, plus 1.
        let reason: UInt64
    }

    private var entries: [Entry] = []
    private var isSorted = true
    /// Rows beyond the bound.
    private(set) var droppedCount = 0

    var isEmpty: Bool { entries.isEmpty }
    /// Rows whose reason is known.
    var count: Int { entries.count }

    mutating func note(row: UInt64, _ reason: LoadConflict.Reason) {
        guard entries.count < Self.countMax else {
            droppedCount += 1
            return
        }
        let word: UInt64 =
            switch reason {
            case .existing: 0
            case .keyCollision: 1
            case .duplicate(let row): row &+ 1
            }
        entries.append(Entry(row: row, reason: word))
        isSorted = false
    }

    /// Puts the rows in order; called once all are there.
    mutating func sort() {
        entries.sort { $0.row < $1.row }
        isSorted = true
    }

    /// Why the record that begins with `row` was refused; nil: it was not. The rows are in order.
    subscript(row: Int) -> ImportFault? {
        precondition(isSorted, "conflicts are looked up after they have been sorted")
        let wanted = UInt64(row)
        var (low, high) = (0, entries.count)
        while low < high {
            let middle = (low + high) / 2
            if entries[middle].row < wanted { low = middle + 1 } else { high = middle }
        }
        guard low < entries.count, entries[low].row == wanted else { return nil }
        switch entries[low].reason {
        case 0: return .existing
        case 1: return .refused(.keyCollision)
        case let reason: return .duplicate(ofRow: reason - 1)
        }
    }
}
