internal import EventLoop
internal import Logging
internal import NodeConfiguration
internal import Resolution
internal import StorageLMDB
internal import Synchronization

/// Reports closed days to the level above, by a thread of its own: neither answers nor writes ever wait for it (F1).
final class NodeReports: Sendable {
    /// How it stands.
    struct Standing: Sendable {
        enum State: String, Sendable {
            /// Nobody is to be reported to.
            case off
            /// The level above knows everything.
            case idle
            case sending
            /// The last attempt failed; it is repeated.
            case failing
        }

        var state = State.off
        /// Why the last attempt failed.
        var refusal: ReportCourier.Refusal?
        var failure: String? { refusal?.text }
        var failureCount: UInt64 = 0
        /// Of these attempts, those that ended before anything was said, as TLS did not come about.
        var unsecuredCount: UInt64 = 0
        /// Whether the level above is spoken to by TLS.
        var isSecured = false
        var sentCount: UInt64 = 0
        /// Rows that the level above did not count, as they are not of this node's prefix.
        var ignoredRowCount: UInt64 = 0
        var waitingDayCount = 0
        var oldestWaitingDay: CountDay?
        /// The last report that was acknowledged.
        var mark: ReportMark?
        /// Who took it.
        var server: SocketAddress?
    }

    /// Without an entry of the ledger, or a failure, it is looked after what waits this often.
    private static let restMilliseconds: UInt64 = 60_000

    private let store: Store
    private let author: LedgerAuthor
    private let logger: Logger
    private let section: Mutex<FederationSection>
    private let state = Mutex(Standing())
    private let pace = Mutex(RetryPace())
    private let work = RepeatedWork()

    /// Reports what `author` writes in the ledger of `store`.
    init(_ store: Store, author: LedgerAuthor, _ section: FederationSection, _ logger: Logger) {
        self.store = store
        self.author = author
        self.logger = logger
        self.section = Mutex(section)
    }

    var standing: Standing { state.withLock { $0 } }

    /// Starts the thread, which lives on after this and ends by `stop`.
    func start() throws(EventLoopError) { try work.start(name: "reports") { [self] in report() } }

    /// Goes by other servers from now on.
    func settle(_ section: FederationSection) {
        self.section.withLock { $0 = section }
        work.poke()
    }

    /// The ledger has another entry.
    func poke() {
        if state.withLock({ $0.refusal == nil }) { work.poke() }
    }

    /// Ends the thread. What it was sending is sent again after the next start.
    func stop() { work.stop() }

    /// Reports what there is; milliseconds until the next time.
    private func report() -> UInt64 {
        do throws(ReportCourier.Refusal) {
            try reportAll()
            pace.withLock { $0.succeed() }
            return Self.restMilliseconds
        } catch {
            var generator = SystemRandomNumberGenerator()
            let milliseconds = pace.withLock { $0.fail(using: &generator) }
            note(error, retryMilliseconds: milliseconds)
            return milliseconds
        }
    }

    /// Reports every day that waits, the oldest first.
    private func reportAll() throws(ReportCourier.Refusal) {
        let section = self.section.withLock { $0 }
        let hosts = section.serversReportedTo
        state.withLock { $0.isSecured = section.isSecured }
        guard !hosts.isEmpty else {
            return state.withLock {
                $0.state = .off
                $0.refusal = nil
            }
        }
        let name = try own { () throws(LedgerError) in try ReportMark.digest(ofServers: hosts.map(\.text)) }
        var outbox = try waiting(for: name)
        guard !outbox.items.isEmpty else { return noteAll() }
        var courier = ReportCourier(try uplink(section), preferring: standing.server)
        while !outbox.items.isEmpty, !work.isEnding {
            state.withLock { if $0.refusal == nil { $0.state = .sending } }
            try report(outbox, by: &courier, above: name)
            // Entries may have been made meanwhile.
            outbox = try waiting(for: name)
        }
        if outbox.items.isEmpty { noteAll() }
    }

    /// The level above knows everything.
    private func noteAll() {
        state.withLock {
            $0.state = .idle
            $0.refusal = nil
        }
    }

    /// By the files as they are at each attempt, so that a renewed one needs no word.
    private func uplink(_ section: FederationSection) throws(ReportCourier.Refusal) -> Uplink {
        do throws(Failure) { return try Uplink(section) } catch {
            throw ReportCourier.Refusal(text: error.line, isUnsecured: true)
        }
    }

    private func waiting(for above: [UInt8]) throws(ReportCourier.Refusal) -> ReportOutbox {
        do throws(ReportOutbox.Failure) {
            let outbox = try ReportOutbox(store, above: above)
            let mark = try? store.reportMark()
            state.withLock {
                $0.waitingDayCount = outbox.dayCount
                $0.oldestWaitingDay = outbox.oldestDay
                $0.mark = mark
            }
            return outbox
        } catch {
            throw ReportCourier.Refusal(text: "the ledger cannot be read: \(error)")
        }
    }

    private func report(
        _ outbox: ReportOutbox,
        by courier: inout ReportCourier,
        above: [UInt8]
    ) throws(ReportCourier.Refusal) {
        var reported: Set<CountDay> = []
        for item in outbox.items {
            guard !work.isEnding else { return }
            if !reported.contains(item.day) {
                try report(item.day, isNewest: item.day == outbox.newestDay, by: &courier)
                reported.insert(item.day)
            }
            try mark(item, above, server: courier.server)
        }
    }

    /// Reports one day: the newest one with all totals, others with those that have counts of the day.
    private func report(
        _ day: CountDay,
        isNewest: Bool,
        by courier: inout ReportCourier
    ) throws(ReportCourier.Refusal) {
        let found: (rows: [LedgerRow], entry: UInt64)?
        do throws(StoreError) { found = try store.ledgerReport(of: day) } catch {
            throw ReportCourier.Refusal(text: error.messages.english)
        }
        guard let found else { return }
        let rows = isNewest ? found.rows : found.rows.filter { $0.received > 0 || $0.found > 0 }
        let now = SystemClock.coarseRealtimeSeconds()
        let reports = try own { () throws(LedgerError) in
            try ResolutionReport.signed(day: day, entry: found.entry, rows: rows, madeUnixSeconds: now, by: author)
        }
        for signed in reports {
            let ignored = try courier.deliver(signed, of: author.identity)
            state.withLock {
                $0.sentCount += 1
                $0.ignoredRowCount += UInt64(ignored)
            }
        }
    }

    /// Notes that the level above knows the ledger up to `item`.
    private func mark(
        _ item: ReportOutbox.Item,
        _ above: [UInt8],
        server: SocketAddress?
    ) throws(ReportCourier.Refusal) {
        let mark = ReportMark(
            above: above,
            entry: item.entry,
            head: item.head,
            day: item.day,
            acknowledgedUnixSeconds: SystemClock.coarseRealtimeSeconds()
        )
        do throws(StoreError) { try store.setReportMark(mark) } catch {
            throw ReportCourier.Refusal(text: error.messages.english)
        }
        let hadFailed = state.withLock { standing in
            defer {
                standing.mark = mark
                standing.state = .sending
                standing.refusal = nil
                standing.server = server
            }
            return standing.refusal != nil
        }
        let metadata: Logger.Metadata = ["day": "\(item.day.text)", "server": "\(server.map { "\($0)" } ?? "")"]
        if hadFailed { logger.notice("reports: the level above takes them again", metadata: metadata) }
    }

    /// Told once for as long as the reason stays the same.
    private func note(_ refusal: ReportCourier.Refusal, retryMilliseconds: UInt64) {
        let isNew = state.withLock { standing in
            defer {
                standing.state = .failing
                standing.refusal = refusal
                standing.failureCount += 1
                if refusal.isUnsecured { standing.unsecuredCount += 1 }
            }
            return !refusal.isSame(as: standing.refusal)
        }
        guard isNew else { return }
        logger.warning(
            "reports: the level above did not take one; tried again, nothing is lost",
            metadata: ["reason": "\(refusal.text)", "again_milliseconds": "\(retryMilliseconds)"]
        )
    }

    private func own<Value>(_ body: () throws(LedgerError) -> Value) throws(ReportCourier.Refusal) -> Value {
        do throws(LedgerError) { return try body() } catch {
            throw ReportCourier.Refusal(text: "no report can be made: \(error)")
        }
    }
}

extension FederationSection {
    /// Who is told of closed days; none where that is turned off.
    var serversReportedTo: [HostAddress] { isReporting ? above : [] }
}

/// Who is reported to.
struct ReloadableReports: Reloadable {
    let reports: NodeReports?

    func prepare(_ configuration: NodeConfiguration) throws(ReloadRefusal) -> ReloadStep {
        let section = configuration.federation
        return ReloadStep { [reports] in reports?.settle(section) }
    }
}
