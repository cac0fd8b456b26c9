package import Resolution
import Synchronization

/// Counts in memory.
package final class MemoryLedger: CountLedger {
    private struct Key: Hashable {
        var worker: Int
        var day: CountDay
    }

    private let slotCount: Int
    private let sourceCount = 1_024
    private let pages = Mutex<[Key: CountPage]>([:])

    package init(slotCount: Int = 16) { self.slotCount = slotCount }

    deinit {
        pages.withLock { for page in $0.values { page.base.deallocate() } }
    }

    package func page(worker: Int, day: CountDay) -> CountPage? {
        pages.withLock { pages in
            let key = Key(worker: worker, day: day)
            if let page = pages[key] { return page }
            let byteCount = CountPage.byteCount(slotCount: slotCount, sourceCount: sourceCount)
            let base = UnsafeMutableRawPointer.allocate(byteCount: byteCount, alignment: 4_096)
            base.initializeMemory(as: UInt8.self, repeating: 0, count: byteCount)
            let page = CountPage(at: base, day: day, worker: worker, slotCount: slotCount, sourceCount: sourceCount)
            pages[key] = page
            return page
        }
    }

    package func totals(of day: CountDay) throws(ChangeLogError) -> DayTotals {
        pages.withLock { pages in
            var totals = DayTotals(day: day)
            for (key, page) in pages where key.day == day {
                for number in 0..<slotCount {
                    totals.byPrefix[UInt32(number), default: CountTotals()].add(page.totals(of: number))
                }
                for origin in OriginClass.allCases { totals.repeated[origin, default: 0] += page.repeated(origin) }
                totals.sources += page.sources.totals()
            }
            return totals
        }
    }

    package func days() throws(ChangeLogError) -> [CountDay] {
        pages.withLock { Set($0.keys.map(\.day)).sorted() }
    }

    /// All days together: a test may run over midnight.
    package func total() throws -> CountTotals {
        var total = CountTotals()
        for day in try days() { total.add(try totals(of: day).total) }
        return total
    }

    /// Repeated datagrams of all days.
    package func repeated(_ origin: OriginClass) throws -> UInt64 {
        try days().reduce(0) { $0 + (try totals(of: $1).repeated[origin] ?? 0) }
    }
}
