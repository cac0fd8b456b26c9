internal import Console
internal import Cryptography
internal import Dispatch
internal import EventLoop
internal import Logging
internal import NodeConfiguration
internal import Resolution
internal import ResolutionProtocol
internal import StorageLMDB
internal import Synchronization
internal import Transport

/// The thread of administration, and what they need of the rest of the node.
final class NodeAdministration: Sendable {
    let thread: AdministrationThread
    private let transport: TransportPlace

    /// Starts the thread. Prefixes reach the workers once `serve` has been called.
    init(
        settings: NodeSettings,
        responder: ResponderSettings,
        store: Store,
        siteKey: PrivateKey,
        keys: KeyThread,
        recursion: NodeRecursion?,
        logger: Logger
    ) throws(Failure) {
        let transport = TransportPlace()
        self.transport = transport
        let place = StepPlace()
        let reports = Node.reportBook(settings.configuration, store)
        let readers = AdministrationReaders(responder: try Self.reader(store), own: try Self.reader(store))
        do throws(EventLoopError) {
            let byteCountMax = settings.administrationByteCountMax
            thread = try AdministrationThread(place: place, inFlightByteCountMax: byteCountMax) { now in
                Administration(
                    settings: settings.administration(responder),
                    ports: Self.ports(
                        store: store,
                        reader: readers.own,
                        transport,
                        recursion,
                        keys,
                        place,
                        reports,
                        logger
                    ),
                    siteKey: siteKey,
                    responder: Self.responder(responder, readers.responder, store, number: settings.workerCount),
                    now: now
                )
            }
        } catch {
            throw Failure(.cannotListen(error))
        }
    }

    /// Has the workers of `transport` go by the prefixes as they change.
    func serve(_ transport: NodeTransport) {
        self.transport.set(transport)
        thread.post { $0.reloadPrefixes() }
    }

    /// Refuses changes while `writes` says so, with its reason.
    func go(by writes: WriteState, isReadOnly: Bool) {
        writes.setReadOnly(isReadOnly)
        writes.observe { [thread] reason in thread.post { $0.readOnlyReason = reason } }
    }

    /// Ends the thread; what it was asked and has not done stays undone.
    func stop() { thread.stop() }

    private static func reader(_ store: Store) throws(Failure) -> LMDBReader {
        do throws(StoreError) { return try store.makeReader() } catch { throw Failure(.store(error)) }
    }

    private static func ports(
        store: Store,
        reader: LMDBReader,
        _ transport: TransportPlace,
        _ recursion: NodeRecursion?,
        _ keys: KeyThread,
        _ place: StepPlace,
        _ reports: (any ReportBook)?,
        _ logger: Logger
    ) -> AdministrationPorts {
        // Who recurses for nobody looks for the keys of its own askers all the same.
        let elsewhere = recursion?.isForAskers == true ? recursion?.records : nil
        var ports = AdministrationPorts(
            store: reader,
            changes: store.log,
            listing: store,
            prefixRows: { try? store.prefixRows() },
            publish: { transport.adopt($0, then: $1) },
            remoteKeys: recursion?.records,
            references: store,
            elsewhere: elsewhere,
            keyWork: AdministrationKeyWork(keys: keys, place: place),
            post: { place.post($0) },
            checkpoint: { store.checkpoint() },
            reports: reports,
            report: { logger.report($0) }
        )
        ports.answers = elsewhere
        return ports
    }

    /// What administration answers public questions with; it counts into pages of its own.
    private static func responder(
        _ settings: ResponderSettings,
        _ reader: LMDBReader,
        _ store: Store,
        number: Int
    ) -> Responder {
        var settings = settings
        settings.hasAdministration = false
        return Responder(
            settings: settings,
            store: reader,
            authority: Authority(rows: []),
            ledger: store.counts,
            worker: number,
            // Administration decides for whom others are asked, and no answer is kept here.
            recursion: RecursionAccess(allowed: [QuerySource(high: 0, low: 0, prefixLength: 0)], cacheByteCount: 0)
        )
    }
}

/// Readers that administration's thread uses alone.
///
/// `@unchecked Sendable`: handed to one thread, once.
private final class AdministrationReaders: @unchecked Sendable {
    let responder: LMDBReader
    let own: LMDBReader

    init(responder: LMDBReader, own: LMDBReader) {
        self.responder = responder
        self.own = own
    }
}

/// The transport, which is made after administration.
private final class TransportPlace: Sendable {
    private let transport = Mutex<NodeTransport?>(nil)

    func set(_ transport: NodeTransport) { self.transport.withLock { $0 = transport } }

    func adopt(_ authority: Authority, then: @escaping @Sendable () -> Void) {
        guard let transport = transport.withLock({ $0 }) else { return then() }
        transport.adopt(authority, then: then)
    }
}

// What the operator asks by the control socket.
extension Node {
    private static let waitSeconds = 10

    /// Carries out a message of the public protocol as the operator, and answers with its bytes.
    func administer(_ message: [UInt8]) -> ControlAnswer {
        guard let administration else { return .failure("administration is off: [administration] enabled = false") }
        let answers = AnswerCollector()
        administration.thread.post { thread in
            thread.takeFromOperator(
                AdministrationRequest(
                    bytes: message,
                    peer: AdministrationPeer(
                        source: QuerySource(high: 0, low: 0, prefixLength: 128),
                        port: 0,
                        origin: .own,
                        connection: .max
                    ),
                    received: thread.now
                ) { answers.take($0) },
                now: thread.now
            )
        }
        guard let bytes = answers.wait(seconds: Self.waitSeconds) else {
            return .failure("no answer within \(Self.waitSeconds) s; the change may yet be made")
        }
        return .text(bytes)
    }

    /// Sets the terms of a prefix, or withdraws it.
    func changePrefix(_ argument: [UInt8]) -> ControlAnswer {
        guard let administration else { return .failure("administration is off: [administration] enabled = false") }
        guard let order = try? PrefixOrder(wire: argument) else { return .failure("unreadable order for a prefix") }
        let outcome = OutcomePlace()
        let now = UInt64(max(0, SystemClock.coarseRealtimeSeconds()))
        administration.thread.post { $0.setPrefix(order.change, unixSeconds: now) { outcome.set($0) } }
        switch outcome.wait(seconds: Self.waitSeconds) {
        case nil: return .failure("no answer within \(Self.waitSeconds) s; the change may yet be made")
        case .failure(let error): return .failure("\(error)")
        case .success(.done(let sequence)): return .text(Array("\(sequence)".utf8))
        case .success(let outcome): return .failure(outcome.reason)
        }
    }
}

extension CommandOutcome {
    /// What the operator is told of an order for a prefix that was not carried out.
    fileprivate var reason: String {
        switch self {
        case .alreadyExists: "exists: the prefix is known here already, or was withdrawn"
        case .absent: "absent: there is no such prefix here"
        case .refused(.prefixInUse): "in use: the prefix still has identifiers"
        default: "refused: \(self)"
        }
    }
}

/// Gathers the messages of an answer.
private final class AnswerCollector: Sendable {
    private let bytes = Mutex<[UInt8]>([])
    private let semaphore = DispatchSemaphore(value: 0)

    func take(_ answer: AdministrationAnswer) {
        bytes.withLock { $0 += answer.bytes }
        if let more = answer.more { more() } else { semaphore.signal() }
    }

    func wait(seconds: Int) -> [UInt8]? {
        semaphore.wait(timeout: .now() + .seconds(seconds)) == .success ? bytes.withLock { $0 } : nil
    }
}

/// Where the outcome of a command comes in.
private final class OutcomePlace: Sendable {
    private let result = Mutex<Result<CommandOutcome, ChangeLogError>?>(nil)
    private let semaphore = DispatchSemaphore(value: 0)

    func set(_ result: Result<CommandOutcome, ChangeLogError>) {
        self.result.withLock { $0 = result }
        semaphore.signal()
    }

    func wait(seconds: Int) -> Result<CommandOutcome, ChangeLogError>? {
        _ = semaphore.wait(timeout: .now() + .seconds(seconds))
        return result.withLock { $0 }
    }
}
