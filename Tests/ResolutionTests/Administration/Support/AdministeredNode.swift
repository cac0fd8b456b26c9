import Cryptography
import ResolutionProtocol
import StoreSuite

@testable import Resolution

/// A node as its clients see it, in memory: a responder that defers, and administration behind it. What administration
/// leaves to other threads is done at once and comes back when the present step is over.
final class AdministeredNode {
    let records: MemoryStore
    let changes: GatedChanges
    let keyWork: StepQueue
    let steps = StepQueue()
    private(set) var administration: Administration
    private var front: Responder
    private let published: PublishedAuthority
    private var batch = RequestBatch()
    private var writer = WireWriter(capacity: 4_096, byteCountMax: 4 << 20)
    /// What the node takes the time to be.
    private(set) var now = BatchTime(unixSeconds: 1_700_000_000, nanoseconds: 1_000_000_000_000)
    private(set) var checkpointCount = 0

    init(
        _ registry: AdministeredRegistry = AdministeredRegistry(),
        remoteKeys: (any RemoteKeys)? = nil,
        references: (any ReferenceListing)? = nil,
        elsewhere: (any RemoteRecords)? = nil,
        answers: (any RemoteAnswers)? = nil,
        siteKey: PrivateKey? = nil,
        reports: (any ReportBook)? = nil
    ) {
        let store = MemoryStore(folding: registry.settings.folding)
        registry.fill(store)
        let gated = GatedChanges(store)
        let steps = steps
        let published = PublishedAuthority()
        let checkpoints = Checkpoints()
        var ports = AdministrationPorts(
            store: store,
            changes: gated,
            listing: store,
            prefixRows: { store.prefixRows() },
            publish: { authority, then in
                published.authority = authority
                then()
            },
            remoteKeys: remoteKeys,
            references: references,
            elsewhere: elsewhere,
            keyWork: steps,
            post: { steps.add($0) },
            checkpoint: { checkpoints.ask() },
            reports: reports
        )
        ports.answers = answers
        records = store
        changes = gated
        keyWork = steps
        self.published = published
        self.checkpoints = checkpoints
        var inner = registry.responderSettings
        inner.hasAdministration = false
        let authority = Authority(rows: store.prefixRows())
        administration = Administration(
            settings: registry.settings,
            ports: ports,
            siteKey: siteKey,
            responder: Responder(
                settings: inner,
                store: store,
                authority: authority,
                ledger: registry.ledger,
                worker: 1,
                recursion: RecursionAccess(
                    allowed: [QuerySource(high: 0, low: 0, prefixLength: 0)],
                    cacheByteCount: 0
                )
            ),
            now: now
        )
        front = Responder(
            settings: registry.responderSettings,
            store: store,
            authority: authority,
            ledger: registry.ledger,
            worker: 0
        )
    }

    let checkpoints: Checkpoints

    /// Sends `bytes` as `peer` and returns the messages that came back so far.
    func send(_ bytes: [UInt8], as peer: AdministrationPeer) -> [[UInt8]] {
        let box = AnswerBox()
        send(bytes, as: peer, into: box)
        return box.messages
    }

    /// The same, where answers may come later.
    func send(_ bytes: [UInt8], as peer: AdministrationPeer, into box: AnswerBox) {
        if let authority = published.take() { front.adopt(authority) }
        batch.removeAll()
        writer.removeAll()
        batch.append(
            offset: 0,
            byteCount: bytes.count,
            origin: peer.origin,
            isDatagram: peer.isDatagram,
            source: peer.source,
            port: peer.port
        )
        front.respond(to: &batch, in: bytes.span.bytes, at: now, into: &writer)
        let slot = batch.slots[0]
        guard slot.recipient == .administration else { return box.take(answer(of: slot)) }
        var peer = peer
        peer.isRepeated = slot.isRepeated
        administration.take(
            AdministrationRequest(bytes: bytes, peer: peer, received: now) { box.take($0) },
            now: now
        )
        settle()
    }

    private func answer(of slot: RequestSlot) -> AdministrationAnswer {
        guard slot.answerByteCount > 0 else { return .none }
        let bytes = UnsafeRawBufferPointer(start: writer.address(of: slot.answerOffset), count: slot.answerByteCount)
        return AdministrationAnswer(bytes: Array(bytes), code: slot.responseCode.rawValue)
    }

    /// Does what waits for administration's thread.
    func settle() {
        while let step = steps.next() { administration.resume(step, now: now) }
    }

    /// Lets `seconds` go by, with a tick at each.
    func pass(seconds: Int) {
        for _ in 0..<seconds {
            now = BatchTime(unixSeconds: now.unixSeconds + 1, nanoseconds: now.nanoseconds + 1_000_000_000)
            administration.tick(now: now)
            settle()
        }
    }

    /// Lets the wall clock jump; the monotonic one goes on.
    func jump(seconds: Int64) {
        now = BatchTime(unixSeconds: now.unixSeconds + seconds, nanoseconds: now.nanoseconds)
    }

    func close(_ connection: UInt64) {
        administration.connectionClosed(connection)
    }

    func control(_ bytes: [UInt8]) -> [UInt8] {
        let box = AnswerBox()
        administration.takeFromOperator(
            AdministrationRequest(bytes: bytes, peer: Place.tcp(9_999).peer, received: now) { box.take($0) },
            now: now
        )
        settle()
        return box.messages.last ?? []
    }

    /// The values of `identifier`, as they are stored; nil: there is no such identifier.
    func values(of identifier: String) -> [HandleValue]? {
        var reader = StoredRecordReader(store: records, folding: administration.settings.folding)
        guard case .found(let record) = reader.read(Array(identifier.utf8)) else { return nil }
        return record.values
    }

    var figures: AdministrationFigures { administration.currentFigures }
}

/// What has come back to one request.
final class AnswerBox: @unchecked Sendable {
    // Sendable: a test uses it from its own thread alone.
    private(set) var answers: [AdministrationAnswer] = []

    func take(_ answer: AdministrationAnswer) {
        answers.append(answer)
        answer.more?()
    }

    /// The messages; silence is none.
    var messages: [[UInt8]] { answers.map(\.bytes).filter { !$0.isEmpty } }
    /// Whether it was answered at all, if only by silence.
    var isSettled: Bool { answers.contains { $0.more == nil } }
}

/// How often the store was asked to come to the disk.
final class Checkpoints: @unchecked Sendable {
    // Sendable: a test uses it from its own thread alone.
    private(set) var count = 0
    var succeeds = true

    func ask() -> Bool {
        count += 1
        return succeeds
    }
}

/// The prefixes that workers are to go by.
private final class PublishedAuthority: @unchecked Sendable {
    // Sendable: a test uses it from its own thread alone.
    var authority: Authority?

    func take() -> Authority? {
        defer { authority = nil }
        return authority
    }
}
