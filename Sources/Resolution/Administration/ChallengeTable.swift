internal import ResolutionProtocol

/// A request that waits for its asker to say who it is (security.md §2).
struct PendingChallenge: Sendable {
    /// The request, to be carried out once the proof is there.
    var call: AdministrationCall
    let nonce: [UInt8]
    /// What was said to the asker: the digest of its request.
    let digest: RequestDigest
    /// The version of the challenge, which the answer's form goes by.
    let version: ProtocolVersion
    /// When it can no longer be answered; seconds of the monotonic clock.
    let expiry: UInt64
}

/// Open challenges, in number, bytes and time bounded; each is answered at most once.
///
/// One that must make room for others is the oldest, of the network that has most of them where one has more than its
/// share: who asks for challenges without end pushes out its own.
struct ChallengeTable {
    /// Why a challenge cannot be answered.
    enum Failure: Error {
        /// Nobody knows it (any more).
        case unknown
        /// It was answered before, or its time is over.
        case expired
    }

    /// Open challenges of one session.
    private static let perSessionMax = 8

    private var pending: [UInt32: PendingChallenge] = [:]
    /// Answered ones, until their time is over: a second answer is told so.
    private var spent: [UInt32: UInt64] = [:]
    private var order = AgeQueue<UInt32>()
    private var spentOrder = AgeQueue<UInt32>()
    private var bySource: [QuerySource: AgeQueue<UInt32>] = [:]
    private var ofSession: [UInt32: [UInt32]] = [:]
    private var byDatagram: [DatagramName: UInt32] = [:]
    private var byteCount = 0
    private let countMax: Int
    private let byteCountMax: Int
    /// Challenges that had to go to make room.
    private(set) var evictedCount: UInt64 = 0

    init(countMax: Int, byteCountMax: Int) {
        self.countMax = max(1, countMax)
        self.byteCountMax = byteCountMax
    }

    var count: Int { pending.count }

    func contains(_ id: UInt32) -> Bool { pending[id] != nil || spent[id] != nil }

    subscript(_ id: UInt32) -> PendingChallenge? { pending[id] }

    /// The challenge that an earlier copy of the same datagram got.
    func id(ofRepeated call: AdministrationCall) -> UInt32? {
        guard let id = byDatagram[DatagramName(call)], pending[id]?.call.content == call.content else { return nil }
        return id
    }

    /// What copies of a datagram have in common.
    private struct DatagramName: Hashable {
        var source: QuerySource
        var port: UInt16
        var requestID: UInt32

        init(_ call: AdministrationCall) {
            source = call.peer.source
            port = call.peer.port
            requestID = call.answerRequestID
        }
    }

    /// Notes that challenge `id` carries the id of `session`: it is found by that.
    mutating func bind(_ id: UInt32, toSession session: UInt32) {
        ofSession[session, default: []].append(id)
        guard let ids = ofSession[session], ids.count > Self.perSessionMax else { return }
        remove(ids[0])
    }

    /// The challenges that an answer under `id` may belong to: the one of that id, which is taken out, or those of the
    /// session.
    mutating func candidates(
        forID id: UInt32,
        session: UInt32?,
        seconds: UInt64
    ) throws(Failure) -> [ChallengeCandidate] {
        guard let session else {
            let taken = try take(id, seconds: seconds)
            return [ChallengeCandidate(id: id, taken: taken, nonce: taken.nonce, digest: taken.digest)]
        }
        let open = (ofSession[session] ?? []).compactMap { id in pending[id].map { (id, $0) } }
        let valid = open.filter { seconds < $0.1.expiry }
        guard !valid.isEmpty else { throw .expired }
        return valid.map { ChallengeCandidate(id: $0.0, taken: nil, nonce: $0.1.nonce, digest: $0.1.digest) }
    }

    /// The challenge that has been answered rightly, which nobody can answer again; nil: somebody has.
    mutating func settle(_ candidate: ChallengeCandidate) -> PendingChallenge? {
        if let taken = candidate.taken { return taken }
        return remove(candidate.id)
    }

    /// Keeps a challenge under `id`.
    mutating func insert(_ challenge: PendingChallenge, id: UInt32) {
        let network = challenge.call.request.peer.source.network
        let shareMax = max(1, countMax / 8)
        if let own = bySource[network], own.count >= shareMax, let oldest = own.first { evict(oldest) }
        while pending.count >= countMax || byteCount + challenge.byteCount > byteCountMax, let oldest = order.first {
            evict(oldest)
        }
        pending[id] = challenge
        if challenge.call.peer.isDatagram { byDatagram[DatagramName(challenge.call)] = id }
        byteCount += challenge.byteCount
        order.touch(id)
        bySource[network, default: AgeQueue()].touch(id)
    }

    private mutating func evict(_ id: UInt32) {
        remove(id)
        evictedCount += 1
    }

    @discardableResult
    private mutating func remove(_ id: UInt32) -> PendingChallenge? {
        guard let challenge = pending.removeValue(forKey: id) else { return nil }
        byteCount -= challenge.byteCount
        order.remove(id)
        if challenge.call.peer.isDatagram { byDatagram[DatagramName(challenge.call)] = nil }
        if let session = challenge.call.session {
            ofSession[session]?.removeAll { $0 == id }
            if ofSession[session]?.isEmpty == true { ofSession[session] = nil }
        }
        let network = challenge.call.request.peer.source.network
        bySource[network]?.remove(id)
        if bySource[network]?.count == 0 { bySource[network] = nil }
        return challenge
    }

    /// Takes the challenge out to be answered, which can be done once.
    mutating func take(_ id: UInt32, seconds: UInt64) throws(Failure) -> PendingChallenge {
        guard let challenge = remove(id) else { throw spent[id] == nil ? .unknown : .expired }
        spend(id, until: challenge.expiry)
        guard seconds < challenge.expiry else { throw .expired }
        return challenge
    }

    private mutating func spend(_ id: UInt32, until expiry: UInt64) {
        if spent.count >= countMax, let oldest = spentOrder.first {
            spent[oldest] = nil
            spentOrder.remove(oldest)
        }
        spent[id] = expiry
        spentOrder.touch(id)
    }

    /// Forgets what nobody can answer any more: what expired a while ago is unknown.
    mutating func expire(seconds: UInt64, countMax: Int = 1_000) {
        for _ in 0..<countMax {
            guard let oldest = order.first, let challenge = pending[oldest], seconds >= challenge.expiry else { break }
            remove(oldest)
            spend(oldest, until: challenge.expiry)
        }
        for _ in 0..<countMax {
            guard let oldest = spentOrder.first, let expiry = spent[oldest], seconds >= expiry + 60 else { break }
            spent[oldest] = nil
            spentOrder.remove(oldest)
        }
    }
}

extension PendingChallenge {
    /// Bytes that it holds, about.
    var byteCount: Int { 2 * call.request.bytes.count + 512 }
}
