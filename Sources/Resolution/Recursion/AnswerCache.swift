internal import ResolutionProtocol

/// Answers of other nodes in memory of a fixed size, for as long as they are good (docs/recursion.md).
///
/// A ring of entries, found by a table of sets of eight places. What is written overwrites what was written longest
/// ago, unless that has been used since: then it is written anew, once, before its turn comes again (second chance).
/// A look-up takes one hash, no lock, and allocates nothing. Used by one thread.
package struct AnswerCache: ~Copyable {
    /// How long a stale answer is given out before its owner is asked again, in seconds, and the TTL that its values
    /// get at most (RFC 8767 §5.11).
    package static let staleUseSeconds: UInt64 = 30
    /// Places where one answer may stand.
    static let wayCount = 8
    /// Entries of use that are written anew to make room for one.
    static let rescueCountMax = 16
    /// Bytes of the ring for each place of the table.
    private static let byteCountPerPlace = 128
    /// An entry has at most this part of the ring.
    private static let entryShare = 8
    /// Below this there is no cache.
    static let byteCountMin = 4_096

    let state: UnsafeMutablePointer<State>
    let ring: UnsafeMutableRawPointer
    /// Bytes of the ring, a multiple of eight; 0: there is no cache.
    let capacity: Int
    /// Each the upper half of a hash, and behind it an offset in words of eight bytes plus one; 0: free.
    let places: UnsafeMutablePointer<UInt64>
    let setMask: Int
    private let keyed: KeyedHash
    let staleNanosecondsMax: UInt64

    /// What changes: behind a pointer, so that a look-up can count.
    struct State {
        var head = 0
        var tail = 0
        /// Entries between tail and head, dead ones and fillings included.
        var count = 0
        var figures = AnswerCacheFigures()
    }

    /// A cache of `byteCount` bytes, its table included; none below `byteCountMin`. What is over may be given out for
    /// `staleSecondsMax` more.
    package init(byteCount: Int, staleSecondsMax: UInt64, hash: KeyedHash) {
        keyed = hash
        staleNanosecondsMax = min(staleSecondsMax, 1 << 30) &* 1_000_000_000
        state = .allocate(capacity: 1)
        state.initialize(to: State())
        let usable = byteCount < Self.byteCountMin ? 0 : min(byteCount, 16 << 30)
        var setCount = 1
        while setCount * 2 * Self.wayCount * Self.byteCountPerPlace <= usable { setCount *= 2 }
        setMask = setCount - 1
        places = .allocate(capacity: setCount * Self.wayCount)
        places.initialize(repeating: 0, count: setCount * Self.wayCount)
        capacity = usable == 0 ? 0 : (usable - setCount * Self.wayCount * 8) & ~7
        ring = .allocate(byteCount: max(8, capacity), alignment: 64)
    }

    deinit {
        state.deallocate()
        places.deallocate()
        ring.deallocate()
    }

    /// What has been counted.
    package var figures: AnswerCacheFigures { state.pointee.figures }

    /// The most bytes of an entry, its head and its key included.
    var entryByteCountMax: Int { capacity / Self.entryShare }

    /// The answer under `key` that is good at `nanoseconds`, or is given out though it is stale; nil: there is none.
    func find(_ key: RawSpan, nanoseconds: UInt64) -> CachedAnswer? {
        guard let entry = entry(of: key), nanoseconds < entry.pointee.expires else {
            state.pointee.figures.missCount &+= 1
            return nil
        }
        entry.pointee.isUsed = true
        if entry.pointee.hitCount < .max { entry.pointee.hitCount &+= 1 }
        state.pointee.figures.hitCount &+= 1
        if entry.pointee.isStale { state.pointee.figures.staleCount &+= 1 }
        let secondsLeft = Int32(clamping: (entry.pointee.expires &- nanoseconds) / 1_000_000_000)
        if entry.pointee.boundsTTL, secondsLeft != entry.pointee.ttlBound { boundTTL(of: entry, secondsLeft) }
        return CachedAnswer(
            kind: entry.pointee.kind,
            offset: offset(of: entry) &+ EntryHead.byteCount &+ Int(entry.pointee.keyByteCount),
            byteCount: Int(entry.pointee.recordByteCount),
            secondsLeft: secondsLeft,
            isStale: entry.pointee.isStale,
            isDue: noteDue(entry, nanoseconds)
        )
    }

    /// What is known about `question`, as an outcome for others to keep for as long as it is good here; nil: nothing.
    package func outcome(of question: RecursionQuestion, nanoseconds: UInt64) -> RecursionOutcome? {
        guard question.isCached, let known = find(question.key.span.bytes, nanoseconds: nanoseconds) else { return nil }
        let finding: RecursionOutcome.Finding
        switch known.kind {
        case .found: finding = .found(record: [UInt8](record(of: known)))
        case .notResponsible: finding = .refused(.notResponsible)
        case .notFound, .none: finding = .notFound
        }
        var outcome = RecursionOutcome(question, finding, lifetimeSeconds: UInt64(max(1, known.secondsLeft)))
        outcome.isStale = known.isStale
        return outcome
    }

    /// The record of `answer`. Good until the next entry is written.
    @_lifetime(borrow self)
    func record(of answer: CachedAnswer) -> RawSpan {
        // Safe: `find` has taken offset and length from an entry in the ring.
        let bytes = UnsafeRawBufferPointer(start: ring + answer.offset, count: answer.byteCount).bytes
        return _overrideLifetime(bytes, borrowing: self)
    }

    /// Whether the answer should be asked for again before its time is over: once, and only where it is in use.
    private func noteDue(_ entry: UnsafeMutablePointer<EntryHead>, _ nanoseconds: UInt64) -> Bool {
        guard entry.pointee.kind == .found, !entry.pointee.isStale, !entry.pointee.wasDue else { return false }
        let lifetime = entry.pointee.lifetime
        guard lifetime >= EntryHead.dueLifetimeMin, entry.pointee.hitCount >= EntryHead.dueHitCountMin else {
            return false
        }
        guard entry.pointee.expires &- nanoseconds <= lifetime / 10 else { return false }
        entry.pointee.wasDue = true
        state.pointee.figures.dueCount &+= 1
        return true
    }

    /// Lowers the TTL of the entry's values to what is left of its time: who keeps them further must not begin anew.
    /// Done where they lie, so that it is done once a second however often the entry is used.
    @inline(never)
    private func boundTTL(of entry: UnsafeMutablePointer<EntryHead>, _ seconds: Int32) {
        entry.pointee.ttlBound = seconds
        let start = UnsafeMutableRawPointer(entry) + EntryHead.byteCount + Int(entry.pointee.keyByteCount)
        StoredRecord.boundTTL(
            ofRecordIn: UnsafeMutableRawBufferPointer(start: start, count: Int(entry.pointee.recordByteCount)),
            seconds: seconds
        )
    }

    /// Gives what `key` has out for a short while longer, as nothing newer is to be had; false where it has nothing, or
    /// nothing that may be (reliability case F1).
    package func revive(_ key: RawSpan, nanoseconds: UInt64) -> Bool {
        guard let entry = entry(of: key), entry.pointee.kind == .found else { return false }
        guard nanoseconds >= entry.pointee.expires else { return true }
        guard nanoseconds < entry.pointee.staleUntil else { return false }
        entry.pointee.isStale = true
        entry.pointee.wasDue = false
        entry.pointee.expires = min(
            nanoseconds &+ Self.staleUseSeconds &* 1_000_000_000,
            entry.pointee.staleUntil
        )
        return true
    }

    /// Whether `key` has something whose time is over and that may still be given out.
    func hasStale(_ key: RawSpan, nanoseconds: UInt64) -> Bool {
        guard let entry = entry(of: key), entry.pointee.kind == .found else { return false }
        return nanoseconds < entry.pointee.staleUntil
    }

    /// The living entry of `key`.
    func entry(of key: RawSpan) -> UnsafeMutablePointer<EntryHead>? {
        guard capacity > 0 else { return nil }
        let value = keyed.hash(key)
        let set = places + (Int(truncatingIfNeeded: value) & setMask) &* Self.wayCount
        for way in 0..<Self.wayCount where set[way] != 0 && set[way] >> 32 == value >> 32 {
            let entry = entry(at: set[way])
            if entry.pointee.hash == value, isKey(of: entry, equalTo: key) { return entry }
        }
        return nil
    }

    /// The hash of `key`, by which its set is chosen.
    func hash(of key: RawSpan) -> UInt64 { keyed.hash(key) }

    func entry(at place: UInt64) -> UnsafeMutablePointer<EntryHead> {
        let offset = (Int(place & 0xFFFF_FFFF) &- 1) &* 8
        return (ring + offset).assumingMemoryBound(to: EntryHead.self)
    }

    func offset(of entry: UnsafeMutablePointer<EntryHead>) -> Int { UnsafeMutableRawPointer(entry) - ring }

    private func isKey(of entry: UnsafeMutablePointer<EntryHead>, equalTo key: RawSpan) -> Bool {
        guard Int(entry.pointee.keyByteCount) == key.byteCount else { return false }
        let own = UnsafeRawPointer(entry) + EntryHead.byteCount
        var offset = 0
        while key.byteCount &- offset >= 8 {
            let word = own.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
            guard word == key.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self) else { return false }
            offset &+= 8
        }
        while offset < key.byteCount {
            let byte = own.load(fromByteOffset: offset, as: UInt8.self)
            guard byte == key.unsafeLoad(fromByteOffset: offset, as: UInt8.self) else { return false }
            offset &+= 1
        }
        return true
    }
}

/// Where a cached answer lies, and what it is.
struct CachedAnswer: BitwiseCopyable {
    /// What is known of an identifier.
    enum Kind: UInt8, BitwiseCopyable {
        /// Its entry has gone.
        case none
        /// Its values.
        case found
        /// That there is none.
        case notFound
        /// That nobody answers for it.
        case notResponsible
    }

    var kind: Kind
    var offset: Int
    var byteCount: Int
    /// Whole seconds that it is still given out.
    var secondsLeft: Int32
    var isStale: Bool
    /// Whether it is to be asked for again, so that it is there when its time is over.
    var isDue: Bool
}

/// What a cache has done.
package struct AnswerCacheFigures: Hashable, Sendable {
    /// Look-ups that found an answer.
    package var hitCount: UInt64 = 0
    /// Those of them that found a stale one.
    package var staleCount: UInt64 = 0
    /// Look-ups that found none.
    package var missCount: UInt64 = 0
    /// Answers taken in.
    package var insertionCount: UInt64 = 0
    /// Answers that made room for others before their time was over.
    package var evictionCount: UInt64 = 0
    /// Answers that were not taken in, as they were too long.
    package var overlongCount: UInt64 = 0
    /// Answers in use that were asked for again before their time was over.
    package var dueCount: UInt64 = 0
    /// Answers there are.
    package var entryCount = 0
    /// Bytes they take.
    package var byteCount = 0

    /// Nothing done.
    package init() {}
}
