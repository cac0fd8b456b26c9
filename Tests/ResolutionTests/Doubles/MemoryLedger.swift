import Resolution

/// A ledger whose pages are plain memory.
final class MemoryLedger: CountLedger, @unchecked Sendable {
    // Sendable: each test uses its ledger from one thread.

    private struct Place: Hashable {
        let worker: Int
        let day: CountDay
    }

    private var pages: [Place: CountPage] = [:]
    private let slotCount: Int
    private let sourceCount: Int
    /// Whether a further page finds no memory.
    var isOutOfMemory = false
    /// Pages asked for, in order.
    private(set) var asked: [CountDay] = []

    init(slotCount: Int = 16, sourceCount: Int = 1_024) {
        self.slotCount = slotCount
        self.sourceCount = sourceCount
    }

    deinit {
        for page in pages.values { page.base.deallocate() }
    }

    func page(worker: Int, day: CountDay) -> CountPage? {
        asked.append(day)
        let place = Place(worker: worker, day: day)
        if let page = pages[place] { return page }
        guard !isOutOfMemory else { return nil }
        let byteCount = CountPage.byteCount(slotCount: slotCount, sourceCount: sourceCount)
        let base = UnsafeMutableRawPointer.allocate(byteCount: byteCount, alignment: 4_096)
        base.initializeMemory(as: UInt8.self, repeating: 0, count: byteCount)
        let page = CountPage(at: base, day: day, worker: worker, slotCount: slotCount, sourceCount: sourceCount)
        pages[place] = page
        return page
    }

    func totals(of day: CountDay) throws(ChangeLogError) -> DayTotals {
        var totals = DayTotals(day: day)
        for (place, page) in pages where place.day == day {
            for number in 0..<slotCount {
                totals.byPrefix[UInt32(number), default: CountTotals()].add(page.totals(of: number))
            }
            for origin in OriginClass.allCases {
                totals.repeated[origin, default: 0] += page.repeated(origin)
                totals.otherSources[origin, default: 0] += page.otherSources(origin)
            }
            totals.sources += page.sources.totals()
        }
        return totals
    }

    func days() throws(ChangeLogError) -> [CountDay] { Set(pages.keys.map(\.day)).sorted() }
}
