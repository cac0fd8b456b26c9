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
    /// Answers of other nodes.
    let answers: AnswerCache
    /// For whom others are asked.
    var sources: SourceNetworks
    /// Sites that referrals leave out.
    private(set) var silentSites = SilentSites.none

    /// A responder that reads from `store` and counts, as `worker`, into the pages of `ledger`. It asks nobody else.
    public init(
        settings: ResponderSettings,
        store: any RecordStore,
        authority: Authority,
        ledger: any CountLedger,
        worker: Int
    ) {
        self.init(
            settings: settings,
            store: store,
            authority: authority,
            ledger: ledger,
            worker: worker,
            recursion: RecursionAccess(allowed: [], cacheByteCount: 0)
        )
    }

    /// The same, with others asked for whom `recursion` allows it: such requests are left to `.recursion` in their
    /// slots.
    package init(
        settings: ResponderSettings,
        store: any RecordStore,
        authority: Authority,
        ledger: any CountLedger,
        worker: Int,
        recursion: RecursionAccess
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
        answers = AnswerCache(
            byteCount: recursion.cacheByteCount,
            staleSecondsMax: recursion.staleSecondsMax,
            hash: .random()
        )
        sources = SourceNetworks(recursion.allowed)
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

    /// Leaves these sites out of referrals from now on; records themselves are answered as they are stored.
    package mutating func adopt(_ silentSites: SilentSites) { self.silentSites = silentSites }

    /// Takes the answer of slot `index` back, as it will not be sent.
    public func withdraw(_ slot: inout RequestSlot, as silence: RequestSlot.Silence) {
        slot.answerByteCount = 0
        slot.responseCode = .request
        slot.silence = silence
    }

    /// Takes the answer of a datagram back as if that had never come: it is no query, and when it comes again it is not
    /// taken for a repeat.
    public mutating func withhold(_ slot: inout RequestSlot, as silence: RequestSlot.Silence) {
        withdraw(&slot, as: silence)
        slot.isQuery = false
        guard slot.isDatagram, !slot.isRepeated else { return }
        repeats.forget(slot.source, port: slot.port, requestID: slot.requestID.bigEndian)
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
            let slot = batch.slots[index]
            if recursePrefix(ofSlot: index, in: &batch, block, at: time, into: &writer) { continue }
            guard !canRefer(slot) else {
                queueAncestor(ofSlot: index, in: &batch)
                continue
            }
            let request = block.extracting(slot.offset..<(slot.offset &+ slot.byteCount))
            batch.slots[index].step = .done
            refuse(&batch.slots[index], .identifierNotFound, "not found", request, at: time, into: &writer)
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

    /// Has the record of a prefix below a delegated one asked for, where the asker may have that; else false.
    private func recursePrefix(
        ofSlot index: Int,
        in batch: inout RequestBatch,
        _ block: RawSpan,
        at time: BatchTime,
        into writer: inout WireWriter
    ) -> Bool {
        let slots = batch.slots
        let slot = slots[index]
        guard mayRecurse(slot), ancestor(of: slot, keys: batch.keys)?.state == .delegated else { return false }
        let request = block.extracting(slot.offset..<(slot.offset &+ slot.byteCount))
        let start = Envelope.byteCount &+ Header.byteCount &+ slot.layout.identifierOffset
        recurse(
            &slots[index],
            identifier: request.extracting(start..<(start &+ slot.layout.identifierByteCount)),
            keys: &batch.spareKeys,
            request,
            at: time,
            into: &writer
        )
        return true
    }

    /// Queues the record of the prefix above the one asked for. Rare, so the name may be copied.
    private func queueAncestor(ofSlot index: Int, in batch: inout RequestBatch) {
        guard let name = ancestorName(of: batch.slots[index], keys: batch.keys) else { return }
        batch.slots[index].keyIndex = batch.referralKeys.count
        batch.referralKeys.append(recordOfPrefix: name.span.bytes)
    }

    private func ancestorName(of slot: RequestSlot, keys: borrowing KeyBatch) -> [UInt8]? {
        let key = keys.key(at: slot.keyIndex)
        guard let ancestor = ancestor(of: slot, keys: keys) else { return nil }
        return [UInt8](key.extracting(5..<(5 &+ ancestor.byteCount)))
    }

    /// The prefix nearest above the one whose record is asked for.
    private func ancestor(of slot: RequestSlot, keys: borrowing KeyBatch) -> Authority.Entry? {
        let key = keys.key(at: slot.keyIndex)
        return authority.nearestAncestor(of: key.extracting(5..<key.byteCount))
    }
}
