internal import Authentication
internal import ResolutionProtocol

/// An open session (security.md §7).
struct Session: Sendable {
    let key: SessionKey
    /// Who it was set up for; nil: nobody, for good.
    let declared: ValueReference?
    /// Only this address may use it.
    let source: QuerySource
    /// Set once the declared identity has been proven.
    var identity: Identity?
    let idleSecondsMax: UInt64
    var lastUsed: UInt64
    /// Whether the client's key is still to come (mode 2).
    var awaitsKey = false
    /// Counters of the asker's messages that have been seen.
    var seen = CounterWindow()
    /// Counter of our own last message.
    var sentCount: UInt32 = 0
}

/// The sessions, bounded: the one that has idled longest makes room.
struct SessionTable {
    private var sessions: [UInt32: Session] = [:]
    private var order = AgeQueue<UInt32>()
    private let countMax: Int
    /// Sessions that had to go to make room.
    private(set) var evictedCount: UInt64 = 0

    init(countMax: Int) { self.countMax = countMax }

    var count: Int { sessions.count }

    func contains(_ id: UInt32) -> Bool { sessions[id] != nil }

    subscript(_ id: UInt32) -> Session? { sessions[id] }

    /// Session `id`, unless it has idled too long; who comes after that finds none, expired or not yet cleared away.
    mutating func live(_ id: UInt32, seconds: UInt64) -> Session? {
        guard let session = sessions[id] else { return nil }
        guard seconds < session.lastUsed + session.idleSecondsMax else {
            remove(id)
            return nil
        }
        return session
    }

    mutating func insert(_ session: Session, id: UInt32) {
        if sessions.count >= countMax, let oldest = order.first {
            remove(oldest)
            evictedCount += 1
        }
        sessions[id] = session
        order.touch(id)
    }

    mutating func update(_ id: UInt32, _ change: (inout Session) -> Void) {
        guard var session = sessions[id] else { return }
        change(&session)
        sessions[id] = session
    }

    /// Notes that session `id` was used at `seconds`.
    mutating func use(_ id: UInt32, seconds: UInt64) {
        update(id) { $0.lastUsed = seconds }
        order.touch(id)
    }

    mutating func remove(_ id: UInt32) {
        sessions[id] = nil
        order.remove(id)
    }

    /// Ends those that have idled too long, at most `countMax` of them now.
    mutating func expire(seconds: UInt64, countMax: Int = 1_000) {
        for _ in 0..<countMax {
            guard let oldest = order.first, let session = sessions[oldest] else { return }
            guard seconds >= session.lastUsed + session.idleSecondsMax else { return }
            remove(oldest)
        }
    }

    /// Ends every session whose identity, declared or proven, is at one of the folded identifiers `keys`.
    mutating func removeAll(ofIdentities keys: Set<[UInt8]>, folding: IdentifierFolding) {
        let ended = sessions.filter { _, session in
            session.identity.map { keys.contains($0.key) } == true
                || session.declared.map { keys.contains(folding.key(of: $0.identifier)) } == true
        }
        for id in ended.keys { remove(id) }
    }
}
