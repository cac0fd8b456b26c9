import Testing

@testable import Resolution

/// Queries for whose day there is no memory are not lost silently.
@Suite struct UncountedQueriesTests {
    private static func slot(isQuery: Bool, isRepeated: Bool = false) -> RequestSlot {
        var slot = RequestSlot(
            offset: 0,
            byteCount: 0,
            origin: .external,
            isDatagram: false,
            source: QuerySource(high: 0, low: 0, prefixLength: 128),
            port: 0
        )
        slot.isQuery = isQuery
        slot.isRepeated = isRepeated
        return slot
    }

    @Test func onlyQueriesAreUncounted() {
        let ledger = MemoryLedger()
        ledger.isOutOfMemory = true
        var counter = QueryCounter(ledger: ledger, worker: 0, hash: KeyedHash(first: 1, second: 2))
        var batch = RequestBatch()
        batch.append(Self.slot(isQuery: true))
        batch.append(Self.slot(isQuery: false))
        batch.append(Self.slot(isQuery: true, isRepeated: true))
        batch.append(Self.slot(isQuery: true))
        let time = BatchTime(unixSeconds: 1_700_000_000, nanoseconds: 1)
        counter.count(batch, started: time, ended: time)
        #expect(counter.uncounted == 2)
        ledger.isOutOfMemory = false
        counter.count(batch, started: time, ended: time)
        #expect(counter.uncounted == 2)
        let page = ledger.page(worker: 0, day: CountDay(unixSeconds: 1_700_000_000))
        #expect(page?.totals(of: 0).requests == 2)
    }
}
