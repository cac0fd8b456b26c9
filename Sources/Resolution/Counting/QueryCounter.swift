internal import ResolutionProtocol

/// Counts the queries of a worker into its page of the day. What counts as one resolution is written here, and only
/// here.
///
/// - A **query** (解析请求量) is a request to resolve whose identifier could be read, whatever the answer. Requests that
///   cannot be read, and all other operations, are not queries.
/// - It is **found** (解析成功响应量 when its origin is external) when it is answered with code 1 and at least one value.
/// - A datagram that repeats an earlier one within three seconds (same source, port and request id) is answered, and
///   counted as repeated, not as a query.
/// - It counts under the prefix that is homed or delegated here, else under number 0; on the Asia/Shanghai day in
///   which it is answered; before the answer is sent, so that what a client received has been counted.
struct QueryCounter: ~Copyable {
    /// How far before a day's start its page goes on, where the clock was set back.
    private static let setBackSecondsMax: Int64 = 3_600

    private let ledger: any CountLedger
    private let worker: Int
    private let hash: KeyedHash
    private var page: CountPage?
    private var day: CountDay
    /// Queries that could not be counted, as there was no memory for their day.
    private(set) var uncounted: UInt64 = 0

    init(ledger: any CountLedger, worker: Int, hash: KeyedHash) {
        self.ledger = ledger
        self.worker = worker
        self.hash = hash
        day = CountDay(number: .min)
    }

    mutating func count(_ batch: borrowing RequestBatch, started: BatchTime, ended: BatchTime) {
        count(batch.slots, batch.count, started: started, ended: ended)
    }

    mutating func count(_ slot: RequestSlot, started: BatchTime, ended: BatchTime) {
        var slot = slot
        count(&slot, 1, started: started, ended: ended)
    }

    private mutating func count(
        _ slots: UnsafePointer<RequestSlot>,
        _ slotCount: Int,
        started: BatchTime,
        ended: BatchTime
    ) {
        let today = CountDay(unixSeconds: started.unixSeconds)
        if today != day { turn(to: today, unixSeconds: started.unixSeconds) }
        guard let page else {
            for index in 0..<slotCount where slots[index].isQuery && !slots[index].isRepeated { uncounted &+= 1 }
            return
        }
        let second = CountDay.secondOfDay(unixSeconds: started.unixSeconds)
        let latency = ended.nanoseconds > started.nanoseconds ? ended.nanoseconds &- started.nanoseconds : 1
        for index in 0..<slotCount where slots[index].isQuery {
            count(slots[index], in: page, second: second, latencyNanoseconds: latency)
        }
    }

    private func count(_ slot: RequestSlot, in page: CountPage, second: UInt64, latencyNanoseconds: UInt64) {
        guard !slot.isRepeated else {
            page.noteRepeated(slot.origin)
            return
        }
        page.note(
            prefix: Int(slot.prefixNumber),
            origin: slot.origin,
            isFound: slot.responseCode == .success,
            latencyNanoseconds: latencyNanoseconds,
            secondOfDay: second
        )
        let source = slot.isDatagram ? slot.source.network : slot.source
        page.note(
            source: source,
            hash: hash.hash(source.high, source.low, UInt64(slot.origin.rawValue)),
            origin: slot.origin
        )
    }

    @inline(never)
    private mutating func turn(to today: CountDay, unixSeconds: Int64) {
        // A clock that is set back a little does not reopen a day that is over; the count goes on in the page that is
        // there. One that comes back from years ahead does, or all would count there until those years are over.
        guard page == nil || today > day || unixSeconds < day.startUnixSeconds - Self.setBackSecondsMax else { return }
        // Without memory for the new day the old page goes on, and the next batch asks again.
        guard let fresh = ledger.page(worker: worker, day: today) else { return }
        page = fresh
        day = today
    }
}

extension QuerySource {
    /// The network that stands for an address that proves nothing: /24 of IPv4, /56 of IPv6.
    var network: QuerySource {
        if high == 0, low >> 32 == 0x0000_FFFF {
            return QuerySource(high: 0, low: low & ~0xFF, prefixLength: 120)
        }
        return QuerySource(high: high & ~0xFF, low: 0, prefixLength: 56)
    }
}
