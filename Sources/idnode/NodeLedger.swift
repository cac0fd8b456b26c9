internal import EventLoop
internal import Logging
internal import NodeConfiguration
internal import Resolution
internal import ResolutionProtocol
internal import StorageLMDB
internal import Synchronization

/// What is known of the node's resolution ledger for status, metrics and log lines; told by the writer thread.
final class NodeLedger: Sendable {
    /// How it stands.
    struct Standing: Sendable {
        var isKept = false
        /// The last entry, of whatever kind.
        var last: LedgerHead?
        /// The last entry of a day.
        var lastDay: LedgerHead?
        /// Why no entry can be made; nil: nothing hinders it.
        var failure: String?
        var failureCount: UInt64 = 0
        var sharePercentMax: Int
    }

    /// Heads looked through for the last day's: corrections may follow it.
    private static let lookBackCount: UInt64 = 512

    private let state: Mutex<Standing>
    private let writer = Mutex<LedgerAuthor?>(nil)
    private let observer = Mutex(Observer {})

    /// In a struct: a closure by itself in a mutex is wrapped once more by every access.
    private struct Observer: Sendable {
        let entryWritten: @Sendable () -> Void
    }

    init(_ section: LedgerSection) { state = Mutex(Standing(sharePercentMax: section.sourceShareMax)) }

    var standing: Standing { state.withLock { $0 } }

    /// Who writes it; nil: nobody.
    var author: LedgerAuthor? { writer.withLock { $0 } }

    /// Has `body` called after each entry, from the writer thread.
    func observe(_ body: @escaping @Sendable () -> Void) { observer.withLock { $0 = Observer(entryWritten: body) } }

    /// Has `store` kept a ledger by `author`; called before its writer thread starts.
    func keep(_ store: Store, by author: LedgerAuthor, _ section: LedgerSection, _ logger: Logger) {
        let count = (try? store.ledgerState())?.next ?? 0
        let first = count - min(count, Self.lookBackCount)
        let heads = (try? store.ledgerHeads(from: first, countMax: Int(Self.lookBackCount))) ?? []
        state.withLock { standing in
            standing.isKept = true
            standing.last = heads.last
            standing.lastDay = heads.last { $0.kind == .day }
        }
        writer.withLock { $0 = author }
        let seconds = Int64(clamping: section.closeAfter.nanoseconds / 1_000_000_000)
        store.ledger.keep(by: author, closeAfterSeconds: seconds) { [self] event in note(event, logger) }
    }

    private func note(_ event: LedgerEvent, _ logger: Logger) {
        switch event {
        case .written(let head):
            written(head, logger)
            observer.withLock { $0 }.entryWritten()
        case .failed(let reason):
            state.withLock { standing in
                standing.failure = reason
                standing.failureCount += 1
            }
            logger.error("ledger: no entry can be made; tried again each minute", metadata: ["reason": "\(reason)"])
        }
    }

    private func written(_ head: LedgerHead, _ logger: Logger) {
        let sharePercentMax = state.withLock { standing in
            standing.failure = nil
            standing.last = head
            if head.kind == .day { standing.lastDay = head }
            return standing.sharePercentMax
        }
        logger.notice(
            "ledger entry",
            metadata: [
                "entry": "\(head.sequence)", "kind": "\(head.kind)", "day": "\(head.day.text)",
                "requests": "\(head.added.requests)", "successes": "\(head.added.successes)",
                "successes_so_far": "\(head.cumulative.successes)",
            ]
        )
        guard head.kind == .day, let share = head.largestShare, share.isOver(percent: sharePercentMax) else { return }
        logger.warning(
            "one source network dominates the day",
            metadata: ["day": "\(head.day.text)", "network": "\(share.networkText)", "percent": "\(share.percentText)"]
        )
    }
}

/// The share of which is warned.
struct ReloadableLedger: Reloadable {
    let ledger: NodeLedger

    func prepare(_ configuration: NodeConfiguration) throws(ReloadRefusal) -> ReloadStep {
        let percent = configuration.ledger.sourceShareMax
        return ReloadStep { [ledger] in ledger.warn(over: percent) }
    }
}

extension NodeLedger {
    /// Warns of networks with a greater share than this from now on.
    func warn(over percent: Int) { state.withLock { $0.sharePercentMax = percent } }
}
