internal import Cryptography
internal import EventLoop
internal import Logging
internal import NodeConfiguration
internal import Resolution
internal import ResolutionProtocol
internal import StorageLMDB
internal import Synchronization

/// Keeps this node's site in the record of its prefix at the level above as it is: looked after at the start, at an
/// interval, and when the configuration is read anew. A thread of its own does it, so that nobody waits for it (F1).
final class NodeRoute: Sendable {
    /// How it stands.
    struct Standing: Sendable {
        enum State: String, Sendable {
            /// There is no level above.
            case off
            /// Nothing is known yet.
            case unknown
            /// The level above has this node's site.
            case current
            /// It could not be made sure; it is tried again.
            case failing
        }

        var state = State.off
        var failure: String?
        var failureCount: UInt64 = 0
        /// Times that the level above was given another site.
        var publishedCount: UInt64 = 0
        /// Serial of the site there, and when it was looked at.
        var serial: UInt16?
        var checkedUnixSeconds: Int64 = 0
    }

    private typealias Problem = RouteDialogue.Problem

    private let store: Store
    private let site: SiteInfo
    private let recordName: [UInt8]
    private let key: PrivateKey
    private let logger: Logger
    private let section: Mutex<FederationSection>
    private let state = Mutex(Standing())
    private let pace = Mutex(RetryPace())
    private let work = RepeatedWork()

    /// Keeps `site` in the record `recordName`, as the owner of `key`.
    init(
        _ store: Store,
        site: SiteInfo,
        recordName: [UInt8],
        key: PrivateKey,
        _ section: FederationSection,
        _ logger: Logger
    ) {
        self.store = store
        self.site = site
        self.recordName = recordName
        self.key = key
        self.logger = logger
        self.section = Mutex(section)
    }

    var standing: Standing { state.withLock { $0 } }

    /// Starts the thread: the node answers at its site from now on.
    func start() throws(EventLoopError) {
        try work.start(name: "route") { [self] in look() }
    }

    /// Goes by another section from now on, and looks at once.
    func settle(_ section: FederationSection) {
        self.section.withLock { $0 = section }
        work.poke()
    }

    func stop() { work.stop() }

    /// Looks once; milliseconds until the next time.
    private func look() -> UInt64 {
        let section = section.withLock { $0 }
        let interval = section.routeInterval.nanoseconds / 1_000_000
        guard !section.above.isEmpty else {
            state.withLock {
                $0.state = .off
                $0.failure = nil
            }
            return interval
        }
        state.withLock { if $0.state == .off { $0.state = .unknown } }
        do throws(Problem) {
            try keep(section)
            pace.withLock { $0.succeed() }
            return interval
        } catch {
            var generator = SystemRandomNumberGenerator()
            let milliseconds = pace.withLock { $0.fail(using: &generator) }
            note(error)
            return min(milliseconds, interval)
        }
    }

    /// Asks the servers of the level above in their order, until one has this node's site or says why not.
    private func keep(_ section: FederationSection) throws(Problem) {
        var problems: [Problem] = []
        let above = try Self.name(of: section)
        let uplink = try secured { () throws(Failure) in try Uplink(section) }
        for server in uplink.servers where !work.isEnding {
            do throws(Problem) {
                let security = try secured { () throws(Failure) in try uplink.security(of: server) }
                return try keep(at: server, above, security)
            } catch {
                guard !error.isFinal else { throw error }
                problems.append(error)
            }
        }
        throw Problem(text: problems.map(\.text).joined(separator: "; "))
    }

    private static func name(of section: FederationSection) throws(Problem) -> [UInt8] {
        do throws(LedgerError) {
            return try ReportMark.digest(ofServers: section.above.map(\.text))
        } catch {
            throw Problem(text: "\(error)")
        }
    }

    /// By the files as they are at each attempt; never in plain where they cannot be used (U8).
    private func secured<Value>(_ body: () throws(Failure) -> Value) throws(Problem) -> Value {
        do throws(Failure) { return try body() } catch { throw Problem(text: error.line, isFinal: true) }
    }

    private func keep(at server: SocketAddress, _ above: [UInt8], _ security: TLSContext?) throws(Problem) {
        let dialogue = RouteDialogue(server, recordName: recordName, key: key, security: security)
        defer { dialogue.end() }
        if let text = site.whyUnreachable(from: server) { throw dialogue.problem(text) }
        let last = try stored { () throws(StoreError) in try store.routeMark() }
        let known = last.flatMap { $0.above == above ? $0.site : nil }
        let values = try dialogue.values()
        switch OwnRoute(own: site, values: values, known: known) {
        case .current(let site):
            try mark(site, above, known)
            found(site, at: server)
        case .publish(let changed, let site):
            // Noted before: after a lost answer or a crash it is known as this node's own.
            try mark(site, above, known)
            try dialogue.modify(changed, among: values)
            state.withLock { $0.publishedCount += 1 }
            found(site, at: server)
            let metadata: Logger.Metadata = ["server": "\(server)", "serial": "\(site.serialNumber)"]
            logger.notice("route: the level above was given this node's site", metadata: metadata)
        case .superseded(let serial):
            let text = "another site stands there, serial \(serial): set site.serial above it"
            throw dialogue.problem("\(text) to have this node's there")
        case .ambiguous:
            throw dialogue.problem("none of several sites there is this node's: remove those that are not used")
        case .absent:
            throw dialogue.problem("no site stands in the prefix's record: idctl federation join on the level above")
        }
    }

    /// Notes durably that `site` is this node's at the level above.
    private func mark(_ site: SiteInfo, _ above: [UInt8], _ known: SiteInfo?) throws(Problem) {
        guard site != known else { return }
        try stored { () throws(StoreError) in try store.setRouteMark(RouteMark(above: above, site: site)) }
    }

    private func stored<Value>(_ body: () throws(StoreError) -> Value) throws(Problem) -> Value {
        do throws(StoreError) { return try body() } catch { throw Problem(text: error.messages.english, isFinal: true) }
    }

    /// `server` has `site`.
    private func found(_ site: SiteInfo, at server: SocketAddress) {
        let hadFailed = state.withLock { standing in
            defer {
                standing.state = .current
                standing.failure = nil
                standing.serial = site.serialNumber
                standing.checkedUnixSeconds = SystemClock.coarseRealtimeSeconds()
            }
            return standing.failure != nil
        }
        guard hadFailed else { return }
        logger.notice("route: sure again that the level above has this node's site", metadata: ["server": "\(server)"])
    }

    /// Told once for as long as the reason stays the same.
    private func note(_ problem: Problem) {
        let isNew = state.withLock { standing in
            defer {
                standing.state = .failing
                standing.failure = problem.text
                standing.failureCount += 1
            }
            return standing.failure != problem.text
        }
        guard isNew, !work.isEnding else { return }
        logger.warning(
            "route: not sure that the level above has this node's site; tried again",
            metadata: ["reason": "\(problem.text)"]
        )
    }
}

extension SiteInfo {
    /// Why nobody else would come to this site, where `server` has it; nil: they may.
    fileprivate func whyUnreachable(from server: SocketAddress) -> String? {
        guard let own = servers.first, !own.interfaces.isEmpty else {
            return "this node has no address to put there: set site.public_addresses, and a [[listen]] without TLS"
        }
        guard own.isLoopback, !server.isLoopback else { return nil }
        return "this node's address is one of loopback, where nobody reaches it: set site.public_addresses"
    }
}

extension SiteServer {
    /// 127.0.0.0/8 behind twelve zeros, and ::1.
    fileprivate var isLoopback: Bool {
        let isIPv4 = address.prefix(12).allSatisfy { $0 == 0 }
        return isIPv4 && (address.dropFirst(12).first == 127 || address.suffix(4) == [0, 0, 0, 1])
    }
}

extension Node {
    /// What keeps the route upward; nil where that is not wanted.
    static func route(
        _ configuration: NodeConfiguration,
        _ site: SiteInfo,
        _ store: Store,
        siteKey: PrivateKey,
        _ logger: Logger
    ) throws(Failure) -> NodeRoute? {
        let section = configuration.federation
        guard configuration.node.role != .recursive, section.keepsRoute else { return nil }
        let key =
            section.routeKey.isEmpty
            ? try LedgerKey.key(configuration, siteKey: siteKey) : try KeyFile.open(section.routeKey, making: nil)
        let recordName = IdentifierGrammar.prefixRecordName(of: Array(configuration.node.prefix.utf8))
        return NodeRoute(store, site: site, recordName: recordName, key: key, section, logger)
    }
}

/// Where the route is kept.
struct ReloadableRoute: Reloadable {
    let route: NodeRoute?

    func prepare(_ configuration: NodeConfiguration) throws(ReloadRefusal) -> ReloadStep {
        let section = configuration.federation
        return ReloadStep { [route] in route?.settle(section) }
    }
}
