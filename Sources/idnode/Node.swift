internal import Authentication
internal import Console
internal import Cryptography
internal import EventLoop
internal import Glibc
internal import Logging
internal import NodeConfiguration
internal import Resolution
internal import ResolutionProtocol
internal import StorageLMDB
internal import Synchronization
internal import Transport

/// The node put together: the only place that knows every concrete type. Another storage engine is another way to make
/// `store` here.
final class Node: Sendable {
    /// As the node was started.
    let settings: NodeSettings
    /// What it goes by now, and how that changes.
    let reloading: Reloading
    let store: Store
    let transport: NodeTransport
    let tls: NodeTLS
    let logSink = LogSink()
    let logger: Logger
    let startedNanoseconds = SystemClock.monotonicNanoseconds()
    let isDraining = Atomic<Bool>(false)
    /// What was counted before today.
    let pastCounts = PastCounts()
    let writes: WriteState
    /// Computes what takes long, for administration and TLS.
    let keys: KeyThread
    /// What is not resolution; nil where the configuration turns it off.
    let administration: NodeAdministration?

    /// The prefixes as they are kept now; none where they cannot be read.
    var prefixes: [PrefixRow] { (try? store.prefixRows()) ?? [] }

    /// Opens the store and the sockets and starts all threads but the control socket's; throws what a person can mend.
    init(configuration: NodeConfiguration, configurationPath: String) throws(Failure) {
        let settings = NodeSettings(configuration)
        self.settings = settings
        let logger = Self.logger(configuration.log, sink: logSink)
        self.logger = logger
        tls = try NodeTLS(configuration.tls)
        let writes = WriteState()
        self.writes = writes
        let store = try Self.openStore(settings, directory: configuration.node.data, logger: logger, writes: writes)
        self.store = store
        let siteKey = try SiteKey.open(directory: configuration.node.data)
        let listeners = try Self.openListeners(settings, tls: tls, logger: logger)
        let responder = try Self.responderSettings(settings, store: store, plans: listeners.plans, siteKey: siteKey)
        keys = try Self.startKeys()
        administration =
            configuration.administration.isEnabled
            ? try NodeAdministration(
                settings: settings,
                responder: responder,
                store: store,
                siteKey: siteKey,
                keys: keys,
                logger: logger
            ) : nil
        transport = try Self.startTransport(
            settings,
            tls: tls,
            listeners,
            responder,
            administration,
            keys: keys,
            store: store
        )
        administration?.serve(transport)
        administration?.go(by: writes, isReadOnly: configuration.administration.isReadOnly)
        reloading = Reloading(
            path: configurationPath,
            configuration: configuration,
            parts: Self.reloadableParts(
                transport: transport,
                administration: administration?.thread,
                tls: tls,
                writes: writes,
                logSink: logSink
            )
        )
    }

    /// Answers until a signal ends the node; then takes nothing new, finishes what has begun, and returns.
    ///
    /// Throws where the control socket cannot be opened: a node that nobody can ask must not seem to be well.
    func run(until signals: NodeSignals) throws(Failure) {
        let control: ControlServer
        do throws(EventLoopError) {
            control = try openControl()
        } catch {
            finish()
            throw Failure(.cannotControl(error))
        }
        let places = transport.plans.map { "\($0.address)" }.joined(separator: " ")
        logger.notice("ready", metadata: ["listen": "\(places)", "workers": "\(settings.workerCount)"])
        while case .reload = signals.next() {
            reload()
        }
        signals.unblockEnd()
        isDraining.store(true, ordering: .relaxed)
        logger.notice("draining", metadata: ["limit": "\(reloading.configuration.run.drain)"])
        finish()
        control.stop()
    }

    private func finish() {
        transport.drain(withinNanoseconds: reloading.configuration.run.drain.nanoseconds)
        keys.stop()
        administration?.stop()
        store.close()
        logger.notice("ended")
        logSink.waitUntilWritten()
    }

    private func openControl() throws(EventLoopError) -> ControlServer {
        try ControlServer(path: settings.configuration.controlSocketPath) { [self] operation, argument in
            answer(operation, argument)
        }
    }

    /// What the control socket is answered.
    private func answer(_ operation: ControlOperation, _ argument: [UInt8]) -> ControlAnswer {
        switch operation {
        case .status: .text(StatusReport(node: self).json())
        case .metrics: .text(Array(MetricsText(node: self).text().utf8))
        case .counts: counts(of: argument)
        case .reload: reloadOnRequest()
        case .drain: drainOnRequest()
        case .administer: administer(argument)
        case .prefix: changePrefix(argument)
        }
    }

    private func counts(of argument: [UInt8]) -> ControlAnswer {
        let today = CountDay(unixSeconds: SystemClock.coarseRealtimeSeconds())
        let text = String(decoding: argument, as: UTF8.self)
        guard let day = text.isEmpty ? today : CountDay(text: text) else { return .failure("not a day: yyyy-MM-dd") }
        do throws(ChangeLogError) {
            let totals = try store.counts.totals(of: day)
            return .text(CountReport(totals: totals, prefixes: prefixes).wire)
        } catch {
            return .failure("\(error)")
        }
    }

    private func drainOnRequest() -> ControlAnswer {
        NodeSignals.requestEnd()
        return .text(Array("draining".utf8))
    }

    private static func logger(_ section: LogSection, sink: LogSink) -> Logger {
        sink.style = LogStyle(section)
        return Logger(label: "idnode") { _ in NodeLogHandler(sink: sink) }
    }

    private static func openStore(
        _ settings: NodeSettings,
        directory: String,
        logger: Logger,
        writes: WriteState
    ) throws(Failure) -> Store {
        do throws(StoreError) {
            let store = try Store.open(directory: directory, options: settings.store)
            if let range = store.mapRange {
                DamageReporter.install(mapAddress: range.address, mapSize: range.byteCount)
            }
            try store.log.start(
                report: { event in
                    writes.note(event)
                    logger.report(event)
                },
                begun: {
                    NamedThread.nameOwn("writer")
                    let turn = ThreadTurn()
                    return { turn.giveWay() }
                }
            )
            return store
        } catch {
            throw Failure(.store(error))
        }
    }

    private static func startKeys() throws(Failure) -> KeyThread {
        do throws(EventLoopError) { return try KeyThread() } catch { throw Failure(.cannotListen(error)) }
    }

    private static func openListeners(
        _ settings: NodeSettings,
        tls: NodeTLS,
        logger: Logger
    ) throws(Failure) -> OpenListeners {
        do throws(EventLoopError) {
            let listeners = try OpenListeners(settings: settings.transport(tls: tls.context))
            let wanted = BoundSocket.bufferByteCountWanted
            if listeners.receiveBufferByteCount < wanted, listeners.receiveBufferByteCount > 0 {
                let got = "\(listeners.receiveBufferByteCount)"
                logger.warning("receive buffer cut by net.core.rmem_max", metadata: ["bytes": "\(got)"])
            }
            return listeners
        } catch {
            throw Failure(.cannotListen(error))
        }
    }

    private static func responderSettings(
        _ settings: NodeSettings,
        store: Store,
        plans: [ListenerPlan],
        siteKey: PrivateKey
    ) throws(Failure) -> ResponderSettings {
        guard let publicKey = try? siteKey.publicKey.registeredForm() else {
            throw Failure(.notAKey(file: settings.configuration.node.data))
        }
        return settings.responder(folding: store.folding, plans: plans, publicKey: publicKey)
    }

    private static func startTransport(
        _ settings: NodeSettings,
        tls: NodeTLS,
        _ listeners: OpenListeners,
        _ responder: ResponderSettings,
        _ administration: NodeAdministration?,
        keys: KeyThread,
        store: Store
    ) throws(Failure) -> NodeTransport {
        let readers = try workerReaders(of: store, count: settings.workerCount)
        let authority = Authority(rows: try rows(of: store))
        do throws(EventLoopError) {
            return try NodeTransport(
                settings: settings.transport(tls: tls.context),
                listeners: listeners,
                administration: administration?.thread,
                keys: keys
            ) { worker in
                Responder(
                    settings: responder,
                    store: readers.reader(of: worker),
                    authority: authority,
                    ledger: store.counts,
                    worker: worker
                )
            }
        } catch {
            throw Failure(.cannotListen(error))
        }
    }

    private static func rows(of store: Store) throws(Failure) -> [PrefixRow] {
        do throws(StoreError) { return try store.prefixRows() } catch { throw Failure(.store(error)) }
    }

    private static func workerReaders(of store: Store, count: Int) throws(Failure) -> WorkerReaders {
        do throws(StoreError) {
            var readers: [LMDBReader] = []
            for _ in 0..<count { readers.append(try store.makeReader()) }
            return WorkerReaders(readers: readers)
        } catch {
            throw Failure(.store(error))
        }
    }
}

/// One reader for each worker, made before the workers start.
///
/// `@unchecked Sendable`: each is handed to one thread, once, and used there alone.
private final class WorkerReaders: @unchecked Sendable {
    private let readers: [LMDBReader]

    init(readers: [LMDBReader]) { self.readers = readers }

    func reader(of worker: Int) -> LMDBReader { readers[worker] }
}

extension Logger {
    /// Says what the store has to tell.
    func report(_ event: StoreEvent) {
        switch event {
        case .mapFilling(let percent, let used, let map):
            warning("storage map filling", metadata: ["percent": "\(percent)", "used": "\(used)", "map": "\(map)"])
        case .mapGrew(let from, let to): notice("storage map grew", metadata: ["from": "\(from)", "to": "\(to)"])
        case .storageFull: error("storage full: writes are refused until there is room")
        case .storageHasRoom: notice("storage has room again: writes are taken")
        case .failed(let reason):
            critical("storage failed: no writes until a restart", metadata: ["reason": "\(reason)"])
        case .damaged(let report): error("damaged data", metadata: ["where": "\(report)"])
        case .staleReaders(let count): notice("stale readers cleared", metadata: ["count": "\(count)"])
        }
    }
}

extension Store {
    /// Homes the node's own prefix, when a store is made.
    func home(_ prefix: [UInt8]) throws(StoreError) {
        let now = UInt64(max(0, SystemClock.coarseRealtimeSeconds()))
        _ = try setPrefixes([(prefix: prefix, state: .homed)], unixSeconds: now, origin: Array("idnode init".utf8))
    }
}
