public import ResolutionProtocol

/// What to answer, without I/O: one per worker, used by that worker alone.
///
/// A batch of requests walks through it together: read all, look all keys up in one call of the store, write all
/// answers. Allocates nothing, counts no references, takes no lock on the way of a resolution.
/// Another operation: a file in ResolutionProtocol/Messages, a case in `OpCode`, a branch in `Responder.dispatch`.
public struct Responder: ~Copyable {
    let settings: ResponderSettings
    /// Retained in init, released in deinit.
    private let store: Unmanaged<StoreHolder>
    var authority: Authority
    let siteRecord: [UInt8]
    let responseSerial: UInt16
    let responseFlags: OpFlags
    var repeats: RepeatTable
    var counter: QueryCounter

    /// A responder that reads from `store` and counts, as `worker`, into the pages of `ledger`.
    public init(
        settings: ResponderSettings,
        store: any RecordStore,
        authority: Authority,
        ledger: any CountLedger,
        worker: Int
    ) {
        self.settings = settings
        self.store = Unmanaged.passRetained(StoreHolder(store: store))
        self.authority = authority
        siteRecord = settings.site.wire
        responseSerial = settings.site.serialNumber
        responseFlags = settings.site.isPrimary ? [.recursive, .authoritative] : [.recursive]
        let hash = KeyedHash.random()
        repeats = RepeatTable(
            entryCount: settings.repeatEntryCount,
            windowMilliseconds: settings.repeatWindowMilliseconds,
            hash: hash
        )
        counter = QueryCounter(ledger: ledger, worker: worker, hash: hash)
    }

    deinit { store.release() }

    /// Holds the store in a constant of an object that outlives each call: so a call counts no references, which
    /// loading the store from a struct would.
    private final class StoreHolder {
        private let store: any RecordStore

        init(store: any RecordStore) { self.store = store }

        func lookUp(_ keys: borrowing KeyBatch, _ body: (borrowing RecordBatch) -> Void) {
            store.withRecords(of: keys, body)
        }
    }

    private func lookUp(_ keys: borrowing KeyBatch, _ body: (borrowing RecordBatch) -> Void) {
        store._withUnsafeGuaranteedRef { $0.lookUp(keys, body) }
    }

    /// Answers every request of `batch`, whose bytes lie in `block`; the answers are appended to `writer`.
    ///
    /// Afterwards each slot says where its answer lies, or why there is none. Call `count` before the answers are sent.
    public mutating func respond(
        to batch: inout RequestBatch,
        in block: RawSpan,
        at time: BatchTime,
        into writer: inout WireWriter
    ) {
        for index in 0..<batch.count {
            recogniseRepeat(&batch.slots[index], in: block, at: time)
            read(slot: index, of: &batch, in: block, at: time, into: &writer)
        }
        guard batch.keys.count > 0 else { return }
        let slots = batch.slots
        let count = batch.count
        lookUp(batch.keys) { records in
            for index in 0..<count where slots[index].step != .done {
                answer(&slots[index], from: records, in: block, at: time, into: &writer)
            }
        }
        referPrefixes(of: &batch, in: block, at: time, into: &writer)
    }

    /// Counts what `batch` asked, answered or not: to be called once, after `respond` and before anything is sent.
    public mutating func count(_ batch: borrowing RequestBatch, started: BatchTime, ended: BatchTime) {
        counter.count(batch, started: started, ended: ended)
    }

    /// Goes by `authority` from now on.
    public mutating func adopt(_ authority: Authority) { self.authority = authority }

    /// Takes the answer of slot `index` back, as it will not be sent.
    public func withdraw(_ slot: inout RequestSlot, as silence: RequestSlot.Silence) {
        slot.answerByteCount = 0
        slot.responseCode = .request
        slot.silence = silence
    }

    private mutating func recogniseRepeat(_ slot: inout RequestSlot, in block: RawSpan, at time: BatchTime) {
        guard slot.isDatagram, slot.byteCount >= Envelope.byteCount else { return }
        let requestID = block.unsafeLoadUnaligned(fromByteOffset: slot.offset &+ 8, as: UInt32.self)
        slot.isRepeated = repeats.noteOrRecognise(
            slot.source,
            port: slot.port,
            requestID: requestID,
            milliseconds: time.nanoseconds / 1_000_000
        )
    }

    /// Second pass, rare: derived prefixes that are not known here but perhaps by whom their ancestor is delegated to.
    private func referPrefixes(
        of batch: inout RequestBatch,
        in block: RawSpan,
        at time: BatchTime,
        into writer: inout WireWriter
    ) {
        for index in 0..<batch.count where batch.slots[index].step == .prefixReferral {
            queueAncestor(ofSlot: index, in: &batch)
        }
        guard batch.referralKeys.count > 0 else { return }
        let slots = batch.slots
        let count = batch.count
        lookUp(batch.referralKeys) { records in
            for index in 0..<count where slots[index].step == .prefixReferral {
                refer(&slots[index], from: records, in: block, at: time, into: &writer)
            }
        }
    }

    /// Queues the record of the prefix above the one asked for. Rare, so the name may be copied.
    private func queueAncestor(ofSlot index: Int, in batch: inout RequestBatch) {
        guard let name = ancestorName(of: batch.slots[index], keys: batch.keys) else { return }
        batch.slots[index].keyIndex = batch.referralKeys.count
        batch.referralKeys.append(recordOfPrefix: name.span.bytes)
    }

    private func ancestorName(of slot: RequestSlot, keys: borrowing KeyBatch) -> [UInt8]? {
        let key = keys.key(at: slot.keyIndex)
        let target = key.extracting(5..<key.byteCount)
        guard let ancestor = authority.nearestAncestor(of: target) else { return nil }
        return [UInt8](target.extracting(0..<ancestor.byteCount))
    }
}
