import Cryptography
import Resolution
import ResolutionProtocol

/// Administration with the sample registry, in memory, with every step taken on this thread, in the order of coming.
final class FuzzNode: @unchecked Sendable {
    // Sendable: ports ask for it; there is one thread.

    /// What was asked, and what came back.
    final class Asked: @unchecked Sendable {
        // Sendable: as above.
        let bytes: [UInt8]
        var answers: [AdministrationAnswer] = []
        var isOver: Bool { answers.last.map { $0.more == nil } ?? false }

        init(_ bytes: [UInt8]) { self.bytes = bytes }
    }

    static let keys = SiteKeys()
    private static let folding = IdentifierFolding(isSuffixCaseSensitive: false)
    private static let ledger = MemoryLedger(slotCount: 4, sourceCount: 16)

    private let store: MemoryStore
    private let administration: Administration
    private let queue = StepQueue()
    private(set) var time = BatchTime(unixSeconds: 1_700_000_000, nanoseconds: 5_000_000_000)
    private var asked: [Asked] = []

    /// `manner`: bits of what the node allows, and whether it has a key. `reporter`: the public key that is registered
    /// for the node of 88.118.7.
    init(
        manner: UInt8,
        elsewhere: (any RemoteRecords)? = nil,
        references: (any ReferenceListing)? = nil,
        reports: (any ReportBook)? = nil,
        reporter: [UInt8]? = nil
    ) {
        store = SampleRegistry.store(Self.folding, reporter: reporter)
        var settings = AdministrationSettings(folding: Self.folding, site: SampleRegistry.site)
        settings.serverAdministrators = [ValueReference(identifier: SampleRegistry.administrator, index: 300)]
        settings.allowsLegacyAlgorithms = manner & 1 != 0
        settings.requiresSessions = manner & 2 != 0
        settings.haveServerAdministratorsFullAccess = manner & 4 != 0
        settings.sessionCountMax = 4
        settings.challengeCountMax = 8
        settings.challengeByteCountMax = 1 << 16
        settings.atomicByteCountMax = 1 << 16
        settings.namesPerMessage = 3
        let queue = queue
        let store = store
        let ports = AdministrationPorts(
            store: store,
            changes: store,
            listing: store,
            prefixRows: { store.prefixRows() },
            publish: { _, done in done() },
            remoteKeys: manner & 16 != 0 ? NoRemoteKeys() : nil,
            references: references,
            elsewhere: elsewhere,
            keyWork: queue,
            post: { queue.steps.append($0) },
            checkpoint: { manner & 32 != 0 },
            reports: reports
        )
        administration = Administration(
            settings: settings,
            ports: ports,
            siteKey: manner & 8 != 0 ? nil : Self.keys?.site,
            responder: Self.responder(store),
            now: time
        )
        run()
    }

    private static func responder(_ store: MemoryStore) -> Responder {
        var settings = ResponderSettings(folding: folding, site: SampleRegistry.site)
        settings.repeatEntryCount = 16
        return Responder(
            settings: settings,
            store: store,
            authority: Authority(rows: store.prefixRows()),
            ledger: ledger,
            worker: 0
        )
    }

    /// Lets a request in; returns it with what has come back so far.
    func take(_ bytes: [UInt8], connection: UInt64, asOperator: Bool = false) -> Asked {
        let asked = Asked(bytes)
        self.asked.append(asked)
        let request = AdministrationRequest(
            bytes: bytes,
            peer: AdministrationPeer(
                source: QuerySource(high: 0, low: 0xFFFF_C000_0201, prefixLength: 128),
                port: 40_000,
                origin: .external,
                connection: connection,
                isSecured: connection > 1
            ),
            received: time
        ) { asked.answers.append($0) }
        if asOperator {
            administration.takeFromOperator(request, now: time)
        } else {
            administration.take(request, now: time)
        }
        run()
        askForMore(asked)
        return asked
    }

    /// A list goes on as long as its reader asks for it.
    private func askForMore(_ asked: Asked) {
        var partCount = 0
        while let more = asked.answers.last?.more, partCount < 1_000 {
            partCount += 1
            more()
            run()
        }
    }

    /// Takes all steps that wait now, and lets answers that are read go on.
    func settle() {
        run()
        for asked in asked { askForMore(asked) }
    }

    func closeConnection(_ number: UInt64) { administration.connectionClosed(number) }

    func pass(seconds: UInt64) {
        time = BatchTime(
            unixSeconds: time.unixSeconds + Int64(seconds),
            nanoseconds: time.nanoseconds + seconds * 1_000_000_000
        )
        administration.tick(now: time)
        run()
    }

    private func run() {
        while !queue.steps.isEmpty { administration.resume(queue.steps.removeFirst(), now: time) }
    }

    /// Whatever waited has been answered by now, once, with messages that can be read, that are answers to their own
    /// requests, and that tell no secret.
    func claimAllAnswered() {
        for _ in 0..<4 { pass(seconds: 100) }
        for asked in asked where (try? Envelope(wire: Array(asked.bytes.prefix(Envelope.byteCount)))) != nil {
            askForMore(asked)
            claim(!asked.answers.isEmpty, "a request is not answered")
            claim(asked.isOver, "an answer does not end")
            for answer in asked.answers.dropLast() { claim(answer.more != nil, "an answer goes on behind its end") }
            for answer in asked.answers where !answer.bytes.isEmpty { claimReadable(answer.bytes, asked) }
        }
    }

    private func claimReadable(_ answer: [UInt8], _ asked: Asked) {
        guard let envelope = try? Envelope(wire: Array(answer.prefix(Envelope.byteCount))) else {
            return claim(false, "an answer has no envelope")
        }
        claim(Int(envelope.messageLength) == answer.count - Envelope.byteCount, "an answer has another length")
        claim(envelope.requestID.wire == Array(asked.bytes[8..<12]), "an answer to another request")
        guard !envelope.flags.contains(.encrypted) else { return }
        claim((try? Message(wire: answer)) != nil, "an answer cannot be read")
        let isSecretKnown = self.asked.contains { $0.bytes.contains(part: SampleRegistry.secret) }
        claim(isSecretKnown || !answer.contains(part: SampleRegistry.secret), "a secret left")
    }
}

/// Steps that wait; work on keys is done when it is asked for.
final class StepQueue: KeyWork, @unchecked Sendable {
    // Sendable: there is one thread.
    var steps: [AdministrationStep] = []

    func run(_ work: @escaping @Sendable () -> AdministrationStep) -> Bool {
        steps.append(work())
        return true
    }
}

/// Other nodes do not answer.
final class NoRemoteKeys: RemoteKeys {
    func values(
        of reference: ValueReference,
        then: @escaping @Sendable (Result<[HandleValue], RemoteKeyFailure>) -> Void
    ) {
        then(.failure(.silent))
    }
}

/// The node's key and a client's, made once for each run.
struct SiteKeys: Sendable {
    let site: PrivateKey
    let client: PrivateKey

    init?() {
        guard let site = try? PrivateKey.generate(.rsa, bitCount: 2_048),
            let client = try? PrivateKey.generate(.rsa, bitCount: 1_024)
        else { return nil }
        self.site = site
        self.client = client
    }
}
