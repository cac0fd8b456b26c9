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
    /// What became of each worker's look-ups in the index of hints; none: there is no index.
    let hintCounts: [HintReadCounts]
    let tls: NodeTLS
    let logSink = LogSink()
    let logger: Logger
    let startedNanoseconds = SystemClock.monotonicNanoseconds()
    let isDraining = Atomic<Bool>(false)
    /// What was counted before today.
    let pastCounts = PastCounts()
    let writes: WriteState
    /// The resolution ledger's standing.
    let ledger: NodeLedger
    /// What takes the ledger upward; nil where nobody is to be told.
    let reports: NodeReports?
    /// What keeps this node's site at the level above; nil where nobody wants that.
    let route: NodeRoute?
    /// Computes what takes long, for administration and TLS.
    let keys: KeyThread
    /// What is not resolution; nil where the configuration turns it off.
    let administration: NodeAdministration?
    /// What asks other nodes; nil where the configuration has none asked.
    let recursion: NodeRecursion?

    /// What probes the nodes that prefixes are delegated to; nil where nothing can be delegated.
    let guardian: NodeGuardian?

    /// The prefixes as they are kept now; none where they cannot be read.
    var prefixes: [PrefixRow] { (try? store.prefixRows()) ?? [] }

    /// Opens the store and the sockets and starts all threads but the control socket's; throws what a person can mend.
    init(configuration: NodeConfiguration, configurationPath: String) throws(Failure) {
        let settings = NodeSettings(configuration)
        self.settings = settings
        let logger = Self.logger(configuration.log, sink: logSink)
        self.logger = logger
        try Self.checkFileLimit(settings, logger: logger)
        tls = try NodeTLS(configuration.tls)
        let writes = WriteState()
        self.writes = writes
        let store = try Self.openStore(settings, directory: configuration.node.data, logger: logger)
        self.store = store
        let siteKey = try SiteKey.open(directory: configuration.node.data)
        ledger = NodeLedger(configuration.ledger)
        try Self.keep(ledger, of: store, configuration, siteKey: siteKey, logger: logger)
        reports = try Self.startReports(configuration, ledger, store, logger)
        try Self.startLog(of: store, logger: logger, writes: writes)
        let listeners = try Self.openListeners(settings, tls: tls, logger: logger)
        let responder = try Self.responderSettings(settings, store: store, plans: listeners.plans, siteKey: siteKey)
        route = try Self.route(configuration, responder.site, store, siteKey: siteKey, logger)
        keys = try Self.startKeys()
        recursion =
            settings.asksOtherNodes
            ? try NodeRecursion(settings: settings, responder: responder, store: store) : nil
        administration =
            configuration.administration.isEnabled
            ? try NodeAdministration(
                settings: settings,
                responder: responder,
                store: store,
                siteKey: siteKey,
                keys: keys,
                recursion: recursion,
                logger: logger
            ) : nil
        let readers = try Self.workerReaders(of: store, count: settings.workerCount)
        hintCounts = readers.hintCounts
        transport = try Self.startTransport(
            settings,
            tls: tls,
            listeners,
            responder,
            administration,
            recursion,
            keys: keys,
            store: store,
            logger: logger,
            readers: readers
        )
        guardian =
            configuration.node.role != .recursive
            ? try NodeGuardian(settings: settings, store: store, transport: transport, logger: logger) : nil
        administration?.serve(transport)
        administration?.go(by: writes, isReadOnly: configuration.administration.isReadOnly)
        reloading = Reloading(
            path: configurationPath,
            configuration: configuration,
            parts: Self.reloadableParts(
                transport: transport,
                administration: administration?.thread,
                recursion: recursion,
                guardian: guardian,
                tls: tls,
                writes: writes,
                ledger: ledger,
                reports: reports,
                route: route,
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
        startRoute()
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
        guardian?.thread.stop()
        transport.drain(withinNanoseconds: reloading.configuration.run.drain.nanoseconds)
        keys.stop()
        reports?.stop()
        route?.stop()
        administration?.stop()
        recursion?.thread.stop()
        store.close()
        logger.notice("ended")
        logSink.waitUntilWritten()
    }

    /// Has the level above told where this node is, which answers there now.
    private func startRoute() {
        do throws(EventLoopError) { try route?.start() } catch {
            logger.error("route: cannot be kept", metadata: ["reason": "\(error)"])
        }
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
        case .ledger: ledger(argument)
        case .guardian: .text(GuardianReport(node: self).json())
        case .reports: reports(argument)
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
        logger: Logger
    ) throws(Failure) -> Store {
        do throws(StoreError) {
            let store = try Store.open(directory: directory, options: settings.store)
            if let range = store.mapRange {
                DamageReporter.install(mapAddress: range.address, mapSize: range.byteCount)
            }
            warm(store, settings, logger)
            return store
        } catch {
            throw Failure(.store(error))
        }
    }

    /// Has days closed, where that is wanted.
    private static func keep(
        _ ledger: NodeLedger,
        of store: Store,
        _ configuration: NodeConfiguration,
        siteKey: PrivateKey,
        logger: Logger
    ) throws(Failure) {
        guard configuration.ledger.isEnabled else { return }
        let author = try LedgerKey.author(configuration, store: store, siteKey: siteKey)
        ledger.keep(store, by: author, configuration.ledger, logger)
    }

    private static func startLog(of store: Store, logger: Logger, writes: WriteState) throws(Failure) {
        do throws(StoreError) {
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
        } catch {
            throw Failure(.store(error))
        }
    }

    /// Has the data file brought into memory, if that is wanted: before the writer thread runs, whose sweep waits for
    /// it.
    private static func warm(_ store: Store, _ settings: NodeSettings, _ logger: Logger) {
        guard settings.configuration.storage.warm == .on else { return }
        store.warming.start(
            memoryByteCount: SystemMemory.byteCount(),
            report: { logger.report($0) },
            begun: {
                NamedThread.nameOwn("warming")
                ThreadPace.slow.adopt()
            }
        )
    }

    /// Refuses to start with too few files to serve anybody, and says where there are few (reliability case E2).
    private static func checkFileLimit(_ settings: NodeSettings, logger: Logger) throws(Failure) {
        let (limit, needed) = (settings.fileLimit, settings.fileCountMin)
        guard limit >= needed else { throw Failure(.tooFewFiles(limit: limit, needed: needed)) }
        guard limit < NodeSettings.fileCountFew else { return }
        let connectionCount = settings.connectionCountMax
        logger.warning("file limit low", metadata: ["files": "\(limit)", "connections": "\(connectionCount)"])
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
            let wanted = settings.configuration.udp.receiveBuffer
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
        var responder = settings.responder(folding: store.folding, plans: plans, publicKey: publicKey)
        let known = (try? store.routeMark())?.site
        responder.site = OwnRoute.announced(responder.site, known: known)
        return responder
    }

    private static func startTransport(
        _ settings: NodeSettings,
        tls: NodeTLS,
        _ listeners: OpenListeners,
        _ responder: ResponderSettings,
        _ administration: NodeAdministration?,
        _ recursion: NodeRecursion?,
        keys: KeyThread,
        store: Store,
        logger: Logger,
        readers: WorkerReaders
    ) throws(Failure) -> NodeTransport {
        let authority = Authority(rows: try rows(of: store))
        do throws(EventLoopError) {
            return try NodeTransport(
                settings: settings.transport(tls: tls.context),
                listeners: listeners,
                administration: administration?.thread,
                recursion: recursion?.thread,
                keys: keys,
                withoutDescriptor: { logger.error("no file descriptor for a connection: they wait") }
            ) { worker in
                Responder(
                    settings: responder,
                    store: readers.reader(of: worker),
                    authority: authority,
                    ledger: store.counts,
                    worker: worker,
                    recursion: settings.recursionAccess
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

    /// What became of each one's look-ups in the index of hints.
    var hintCounts: [HintReadCounts] { readers.compactMap(\.hintCounts) }
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
        case .indexGrew(let from, let to): notice("index grew", metadata: ["from": "\(from)", "to": "\(to)"])
        case .indexFull(let count, let capacity):
            warning(
                "index full: answers are right, but slower; raise storage.index_memory_max and restart",
                metadata: ["hints": "\(count)", "capacity": "\(capacity)"]
            )
        case .warmingBegan(let figures):
            notice("warming", metadata: ["file": "\(figures.fileByteCount)", "memory": "\(figures.memoryByteCount)"])
        case .warmingEnded(let figures): report(figures)
        }
    }

    /// Says what warming has come to; that it failed is a warning, as answers are slower for a while.
    private func report(_ figures: WarmingFigures) {
        var metadata: Logger.Metadata = [
            "result": "\(figures.state.rawValue)", "file": "\(figures.fileByteCount)",
            "memory": "\(figures.memoryByteCount)", "read": "\(figures.readByteCount)",
            "resident": "\(figures.residentByteCount)", "milliseconds": "\(figures.nanoseconds / 1_000_000)",
        ]
        if !figures.reason.isEmpty { metadata["reason"] = "\(figures.reason)" }
        log(level: figures.state == .failed ? .warning : .notice, "warming ended", metadata: metadata)
    }
}

extension Store {
    /// Homes the node's own prefix, when a store is made.
    func home(_ prefix: [UInt8]) throws(StoreError) {
        let now = UInt64(max(0, SystemClock.coarseRealtimeSeconds()))
        _ = try setPrefixes([(prefix: prefix, state: .homed)], unixSeconds: now, origin: Array("idnode init".utf8))
    }
}
