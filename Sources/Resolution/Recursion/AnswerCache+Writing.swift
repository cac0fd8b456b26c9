internal import ResolutionProtocol

/// The ring: entries lie from `tail` to `head`, around its end.
extension AnswerCache {
    /// Takes in what `outcome` says, where it may be kept; what was under its key before is gone.
    package func keep(_ outcome: RecursionOutcome, nanoseconds: UInt64) {
        guard outcome.question.isCached, outcome.lifetimeSeconds > 0 else { return }
        let key = outcome.question.key
        let nothing: [UInt8] = []
        switch outcome.finding {
        case .found(let record):
            write(key.span.bytes, .found, record.span.bytes, of: outcome, nanoseconds: nanoseconds)
        case .notFound:
            write(key.span.bytes, .notFound, nothing.span.bytes, of: outcome, nanoseconds: nanoseconds)
        case .refused(.notResponsible):
            write(key.span.bytes, .notResponsible, nothing.span.bytes, of: outcome, nanoseconds: nanoseconds)
        case .refused, .referral, .failed: break
        }
    }

    /// Forgets what is under `key`.
    func forget(_ key: RawSpan) {
        guard let entry = entry(of: key) else { return }
        bury(entry)
    }

    private func write(
        _ key: RawSpan,
        _ kind: CachedAnswer.Kind,
        _ record: RawSpan,
        of outcome: RecursionOutcome,
        nanoseconds: UInt64
    ) {
        forget(key)
        let byteCount = (EntryHead.byteCount + key.byteCount + record.byteCount + 7) & ~7
        guard byteCount <= entryByteCountMax else {
            state.pointee.figures.overlongCount &+= 1
            return
        }
        let hash = hash(of: key)
        let lifetime = min(outcome.lifetimeSeconds, AnswerLifetime.secondsMax) &* 1_000_000_000
        let expires = nanoseconds &+ lifetime
        var head = EntryHead(
            entryByteCount: UInt32(byteCount),
            keyByteCount: UInt32(key.byteCount),
            recordByteCount: UInt32(record.byteCount),
            hash: hash,
            expires: expires,
            staleUntil: outcome.isStale ? expires : expires &+ staleNanosecondsMax,
            lifetime: lifetime,
            kind: kind
        )
        head.isStale = outcome.isStale
        head.boundsTTL = kind == .found && !StoredRecord.isSigned(record)
        let offset = reserve(byteCount, nanoseconds: nanoseconds)
        put(head, key, record, at: offset)
        takePlace(of: hash, offset: offset, nanoseconds: nanoseconds)
        state.pointee.figures.insertionCount &+= 1
    }

    private func put(_ head: EntryHead, _ key: RawSpan, _ record: RawSpan, at offset: Int) {
        let start = ring + offset
        start.storeBytes(of: head, as: EntryHead.self)
        key.withUnsafeBytes { Self.copy($0, to: start + EntryHead.byteCount) }
        record.withUnsafeBytes { Self.copy($0, to: start + EntryHead.byteCount + key.byteCount) }
        state.pointee.head = offset &+ Int(head.entryByteCount)
        state.pointee.count &+= 1
        state.pointee.figures.entryCount &+= 1
        state.pointee.figures.byteCount &+= Int(head.entryByteCount)
    }

    private static func copy(_ bytes: UnsafeRawBufferPointer, to target: UnsafeMutableRawPointer) {
        if let address = bytes.baseAddress { target.copyMemory(from: address, byteCount: bytes.count) }
    }

    /// Enters the entry at `offset` into its set; where that is full, of the entries that were not used, or else of
    /// all, the one whose time is over first goes.
    private func takePlace(of hash: UInt64, offset: Int, nanoseconds: UInt64) {
        let set = places + (Int(truncatingIfNeeded: hash) & setMask) &* Self.wayCount
        var chosen = 0
        var least = (isUsed: true, expires: UInt64.max)
        for way in 0..<Self.wayCount {
            guard set[way] != 0 else {
                chosen = way
                break
            }
            let head = entry(at: set[way])
            let isUsed = head.pointee.isUsed && nanoseconds < head.pointee.expires
            let isBefore = isUsed == least.isUsed ? head.pointee.expires < least.expires : least.isUsed
            if isBefore {
                chosen = way
                least = (isUsed: isUsed, expires: head.pointee.expires)
            }
        }
        if set[chosen] != 0 {
            let victim = entry(at: set[chosen])
            if victim.pointee.expires > nanoseconds { state.pointee.figures.evictionCount &+= 1 }
            bury(victim)
        }
        set[chosen] = hash & ~0xFFFF_FFFF | UInt64(offset / 8 &+ 1)
    }

    /// Takes an entry out of its set; its bytes come back when the tail passes them.
    private func bury(_ entry: UnsafeMutablePointer<EntryHead>) {
        guard entry.pointee.kind != .none else { return }
        if let place = place(of: entry) { place.pointee = 0 }
        entry.pointee.kind = .none
        state.pointee.figures.entryCount &-= 1
        state.pointee.figures.byteCount &-= Int(entry.pointee.entryByteCount)
    }

    private func place(of entry: UnsafeMutablePointer<EntryHead>) -> UnsafeMutablePointer<UInt64>? {
        let hash = entry.pointee.hash
        let word = hash & ~0xFFFF_FFFF | UInt64(offset(of: entry) / 8 &+ 1)
        let set = places + (Int(truncatingIfNeeded: hash) & setMask) &* Self.wayCount
        for way in 0..<Self.wayCount where set[way] == word { return set + way }
        return nil
    }

    /// Room for `byteCount` bytes in one piece, which is less than the ring has.
    private func reserve(_ byteCount: Int, nanoseconds: UInt64) -> Int {
        var rescueCount = 0
        while state.pointee.count > 0 {
            let (head, tail) = (state.pointee.head, state.pointee.tail)
            if head > tail {
                if capacity &- head >= byteCount { return head }
                fill(from: head)
            } else {
                if tail &- head >= byteCount { return head }
                passTail(&rescueCount, nanoseconds)
            }
        }
        state.pointee.head = 0
        state.pointee.tail = 0
        return 0
    }

    /// Makes a dead entry of the end of the ring, which is too short, and goes on at its start.
    private func fill(from head: Int) {
        state.pointee.head = 0
        let byteCount = capacity &- head
        guard byteCount >= EntryHead.byteCount else { return }
        let filling = EntryHead(
            entryByteCount: UInt32(byteCount),
            keyByteCount: 0,
            recordByteCount: 0,
            hash: 0,
            expires: 0,
            staleUntil: 0,
            lifetime: 0,
            kind: .none
        )
        (ring + head).storeBytes(of: filling, as: EntryHead.self)
        state.pointee.count &+= 1
    }

    /// Makes room at the tail: the entry there goes, or, where it was used, is written anew at the head.
    private func passTail(_ rescueCount: inout Int, _ nanoseconds: UInt64) {
        let tail = state.pointee.tail
        guard capacity &- tail >= EntryHead.byteCount else {
            state.pointee.tail = 0
            return
        }
        let entry = (ring + tail).assumingMemoryBound(to: EntryHead.self)
        let byteCount = Int(entry.pointee.entryByteCount)
        let isOfUse = entry.pointee.kind != .none && entry.pointee.isUsed && nanoseconds < entry.pointee.staleUntil
        if isOfUse, rescueCount < Self.rescueCountMax {
            rescueCount &+= 1
            move(entry, byteCount)
        } else {
            if entry.pointee.kind != .none, nanoseconds < entry.pointee.expires {
                state.pointee.figures.evictionCount &+= 1
            }
            bury(entry)
            state.pointee.count &-= 1
        }
        state.pointee.tail = tail &+ byteCount
        if state.pointee.tail == capacity { state.pointee.tail = 0 }
    }

    /// Moves the entry at the tail to the head, which is not behind it; the room between them stays as large.
    private func move(_ entry: UnsafeMutablePointer<EntryHead>, _ byteCount: Int) {
        entry.pointee.isUsed = false
        let head = state.pointee.head
        let place = place(of: entry)
        // The two may overlap; copyMemory allows for that.
        (ring + head).copyMemory(from: UnsafeRawPointer(entry), byteCount: byteCount)
        place?.pointee =
            (ring + head).assumingMemoryBound(to: EntryHead.self).pointee.hash & ~0xFFFF_FFFF
            | UInt64(head / 8 &+ 1)
        state.pointee.head = head &+ byteCount
    }
}
